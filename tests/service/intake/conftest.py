"""A contest on the bench: open, with its units known, and words for what people do to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from contracts import intake, review
from kernel.testing import Bench, actor
from services.intake.domain.documents import KNOWN_TYPES
from services.intake.domain.post import HANDED_OVER
from services.intake.service import IntakeService
from services.intake.store.tables import EntryRow
from tests import files

SOURCE = Path("contests/hau-giang-2022.yaml").read_text()
CONTEST = "HG-CCHC-2022"
ORGANISER = actor("organiser", id="o-1")
SECRETARY = actor("secretary", id="s-1")
CLERK = actor("clerk", id="c-1")
AN = actor("entrant", id="p-an")
BINH = actor("entrant", id="p-binh")
IN_TIME = datetime(2022, 7, 1, 2, tzinfo=UTC)
OPENED = datetime(2022, 6, 25, 2, tzinfo=UTC)
DECLARED = ("BAN_CAM_KET",)
PDF = files.pdf(text="một cửa")


@dataclass
class Contest:
    """What a test asks of intake, in few words."""

    bench: Bench

    def ask(self, message, by=AN, now=IN_TIME, reply=None, **more):
        return self.bench.ask(message, actor=by, now=now, reply=reply, **more)

    def open(self, source: str = SOURCE, by=ORGANISER) -> intake.OpenedContest:
        asked = intake.OpenContest(source=source)
        return self.ask(asked, by, OPENED, intake.OpenedContest)

    def import_units(self, *units: str) -> int:
        agencies = tuple(
            intake.Agency(unit_id=unit, name=f"Đơn vị {unit}", kind="SO_BAN_NGANH")
            for unit in units
        )
        return self.ask(intake.ImportAgencies(agencies=agencies), ORGANISER, OPENED)

    def draft(self, by=AN, **other) -> str:
        asked = {
            "contest_id": CONTEST,
            "kind": "INDIVIDUAL",
            "group": "SO_BAN_NGANH" if other.get("unit_id") else "NGUOI_DAN",
            "title": "Nộp hồ sơ một lần",
            "summary": "Một lần cho mọi thủ tục.",
            "area": "TTHC",
            "authors": (intake.Author(full_name="Nguyễn Văn An", person_id=by.id),),
        }
        return self.ask(intake.DraftEntry(**asked | other), by)

    def attach(
        self, entry_id: str, content: bytes = PDF, kind: str = "pdf", *,
        code: str = "BAN_THUYET_MINH", by=AN, size: int | None = None, digest: str | None = None,
    ) -> intake.Upload:  # fmt: skip
        asked = intake.AttachDocument(
            entry_id=entry_id,
            code=code,
            file_name=f"Thuyết minh.{kind}",
            media_type=KNOWN_TYPES[kind],
            size=len(content) if size is None else size,
            sha256=digest or sha256(content).hexdigest(),
        )
        return self.ask(asked, by, reply=intake.Upload)

    def confirm(self, entry_id: str, upload: intake.Upload, by=AN) -> None:
        asked = intake.ConfirmDocument(entry_id=entry_id, document_id=upload.document_id)
        self.ask(asked, by)

    def upload(self, entry_id: str, content: bytes = PDF, kind: str = "pdf", **other) -> str:
        """Attach, PUT and confirm a document; return its id."""
        upload = self.attach(entry_id, content, kind, **other)
        httpx.put(upload.url, content=content).raise_for_status()
        self.confirm(entry_id, upload, other.get("by", AN))
        return upload.document_id

    def submit(self, entry_id: str, by=AN, now=IN_TIME, declared=DECLARED) -> intake.Submitted:
        asked = intake.SubmitEntry(entry_id=entry_id, declarations=declared)
        return self.ask(asked, by, now, intake.Submitted)

    def enter(self, by=AN, **other) -> str:
        """Hand in a complete entry; return its id."""
        entry_id = self.draft(by, **other)
        self.upload(entry_id, by=by)
        self.submit(entry_id, by)
        return entry_id

    def give_back(self, entry_id: str, by=CLERK, now=IN_TIME, **other) -> datetime:
        asked = intake.ReturnEntry(entry_id=entry_id, request="Bổ sung cam kết", **other)
        return self.ask(asked, by, now, datetime)

    def answer(self, entry_id: str, item: str, by=CLERK, *, ok=True, note="", now=IN_TIME) -> None:
        asked = intake.AnswerChecklist(entry_id=entry_id, item=item, ok=ok, note=note)
        self.ask(asked, by, now)

    def check(self, entry_id: str) -> None:
        """Find everything right that only a person can see; not if nothing is to be checked."""
        is_here = self.reader(entry_id) is SECRETARY
        if is_here and self.show(entry_id, CLERK).state == "SUBMITTED":
            for code in ("DUNG_LINH_VUC", "DU_NOI_DUNG"):
                self.answer(entry_id, f"CHECK.{code}")

    def accept(self, entry_id: str, by=SECRETARY) -> None:
        """Check and accept a dossier."""
        self.check(entry_id)
        self.ask(intake.AcceptEntry(entry_id=entry_id), by)

    def seat(self, *people: str) -> str:
        seats = tuple(review.Seat(person_id=person) for person in people)
        return self.bench.hear(review.JurySeated(contest_id=CONTEST, seats=seats), now=IN_TIME)

    def show(self, entry_id: str, by=None) -> intake.EntryView:
        """Show an entry to the secretary, or while it is a draft to whoever filed it."""
        asked = intake.ShowEntry(entry_id=entry_id)
        return self.ask(asked, by or self.reader(entry_id), reply=intake.EntryView)

    def reader(self, entry_id: str):
        (row,) = self.bench.rows(select(EntryRow).where(EntryRow.entry_id == entry_id))
        is_draft = row.version == 0 and row.channel not in HANDED_OVER
        return actor("entrant", id=row.filed_by) if is_draft else SECRETARY

    def state(self, entry_id: str) -> str:
        return self.show(entry_id).state

    def notes(self, entry_id: str) -> list[tuple[str, str]]:
        return [(line.state, line.note) for line in self.show(entry_id).timeline]

    def said(self, kind: type) -> list:
        return [event for event in self.bench.announced if type(event) is kind]


def member(name: str, share: str, **other) -> intake.Author:
    return intake.Author(full_name=name, share=Decimal(share), **other)


@pytest.fixture
def bench(service_bench):
    return service_bench(IntakeService)


@pytest.fixture
def contest(bench):
    contest = Contest(bench)
    contest.open()
    contest.import_units("SNV", "STP")
    return contest
