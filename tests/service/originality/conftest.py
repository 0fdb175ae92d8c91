"""A contest on the bench, with intake's real bucket to put descriptions into."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import msgspec
import pytest

from contracts import intake, originality
from contracts.rules import Rules
from kernel.objects import Bucket
from kernel.settings import KernelSettings, load
from kernel.testing import TENANT, Bench, actor
from services.originality.engine.warm import warm
from services.originality.service import OriginalityService
from tests.unit.originality.builders import some_round, some_rules

SECRETARY = actor("secretary", id="s-1")
CHAIR = actor("judge", "chair", id="c-1")
ORGANISER = actor("organiser", id="o-1")
MORNING = datetime(2022, 8, 1, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Contest:
    """What a test says to originality, in few words. Contest HG-2022, entries e-1 and on."""

    bench: Bench
    files: Bucket
    rules: Rules

    def open(self, **novelty: object) -> None:
        rules = msgspec.structs.replace(
            self.rules, novelty=msgspec.structs.replace(self.rules.novelty, **novelty)
        )
        self.bench.hear(
            intake.ContestOpened(
                contest_id=rules.id, rules=rules, sha256="0" * 64, opened_at=MORNING
            )
        )

    def open_blind(self, round_id: str) -> None:
        """Amend the rules: this round is judged by codes."""
        rounds = (some_round(round_id),)
        self.bench.hear(
            intake.ContestAmended(
                contest_id=self.rules.id,
                number=1,
                rules=msgspec.structs.replace(self.rules, rounds=rounds),
                sha256="1" * 64,
                reason="Chấm theo mã phách",
            )
        )

    def amend(self, **novelty: object) -> None:
        """Change what the fixture has opened the contest with."""
        told = {"cutoff": date(2022, 6, 30)} | novelty
        rules = msgspec.structs.replace(
            self.rules, novelty=msgspec.structs.replace(self.rules.novelty, **told)
        )
        self.bench.hear(
            intake.ContestAmended(
                contest_id=rules.id,
                number=1,
                reason="Kéo dài",
                rules=rules,
                sha256="1" * 64,
            )
        )

    def upload(self, body: bytes, code: str, media_type: str) -> intake.DocumentRef:
        digest = sha256(body).hexdigest()
        key = f"originality-tests/{digest}"
        self.files.put(key, body, media_type)
        return intake.DocumentRef(
            document_id=digest[:8],
            code=code,
            key=key,
            sha256=digest,
            media_type=media_type,
            size=len(body),
        )

    def submit(
        self,
        entry_id: str,
        text: str | bytes,
        *,
        hour: int | None = None,
        version: int = 1,
        code: str = "BAN_THUYET_MINH",
        media_type: str = "text/plain",
        id: str | None = None,  # noqa: A002
        tenant: str = TENANT,
        unit_id: str | None = None,
    ) -> str:
        """Hand an entry in so many hours after the morning, e-3 after three if not said."""
        body = text.encode() if isinstance(text, str) else text
        hours = int(entry_id.removeprefix("e-")) if hour is None else hour
        return self.bench.hear(
            intake.EntrySubmitted(
                **self.about(entry_id),
                version=version,
                received_at=MORNING + timedelta(hours=hours),
                area="TTHC",
                kind="INDIVIDUAL",
                group="NGUOI_DAN",
                channel="ONLINE",
                documents=(self.upload(body, code, media_type),),
                unit_id=unit_id,
            ),
            id=id,
            tenant=tenant,
        )

    def about(self, entry_id: str) -> dict[str, object]:
        return {
            "contest_id": self.rules.id,
            "entry_id": entry_id,
            "receipt_code": f"H30-220801-{entry_id}",
            "filed_by": "p-1",
            "author_ids": ("p-1",),
            "title": f"Sáng kiến {entry_id}",
        }

    def withdraw(self, entry_id: str) -> None:
        self.bench.hear(intake.EntryWithdrawn(**self.about(entry_id)))

    def disqualify(self, entry_id: str) -> None:
        self.bench.hear(intake.EntryDisqualified(**self.about(entry_id), reason="Ban Giám khảo"))

    def know(self, code: str, text: str, *, applied_on: date | None = None) -> int:
        known = originality.KnownInitiative(
            code=code,
            title=f"Mô hình {code}",
            text=text,
            applied_at="Sở Nội vụ tỉnh Hậu Giang",
            applied_on=applied_on,
        )
        return self.bench.ask(
            originality.ImportInitiatives(register="TINH", initiatives=(known,)), actor=ORGANISER
        )

    def report(self, entry_id: str) -> originality.Report:
        return self.bench.ask(
            originality.ReadReport(entry_id=entry_id), actor=SECRETARY, reply=originality.Report
        )

    def rule(self, entry_id: str, ruling: str = "ORIGINAL", **others: object) -> None:
        asked = {"report_id": self.report(entry_id).report_id, "reason": "Khác giải pháp"}
        self.bench.ask(
            originality.RuleOnReport(entry_id=entry_id, ruling=ruling, **(asked | others)),
            actor=SECRETARY,
        )

    @property
    def told(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return entry, level and sources of what was announced, in order."""
        return [
            (said.entry_id, said.level, said.sources)
            for said in self.bench.announced
            if isinstance(said, originality.OriginalityReported)
        ]


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Compile the engine's loops once, before a child needs them within its time."""
    warm()


@pytest.fixture
def bench(service_bench) -> Bench:
    return service_bench(OriginalityService)


@pytest.fixture
def contest(bench, servers) -> Contest:
    files = Bucket()
    files.connect(load(KernelSettings, servers.env("intake")))
    unopened = Contest(bench, files, some_rules())
    unopened.open(cutoff=date(2022, 6, 30))
    return unopened


@pytest.fixture
def unopened(contest) -> Contest:
    """Return a contest whose rules originality has not heard of."""
    return replace(contest, rules=msgspec.structs.replace(contest.rules, id="HG-2024"))
