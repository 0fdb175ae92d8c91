"""A contest on the bench: its rules, agencies and people are known, its entries come as asked."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pytest

from contracts import intake, originality, review
from kernel.testing import Bench, actor
from services.review.service import ReviewService
from tests.service.review import keys
from tests.unit.review.builders import CLOSING, DAY_AFTER, a_contest, marks

ORGANISER = actor("organiser", id="o-1")
SECRETARY = actor("secretary", id="s-1")
CHAIR = actor("judge", "chair", id="j-1")
JUDGES = ("j-1", "j-2", "j-3")
RECOVERY = "thanh-tra"
UNITS = {"j-1": "SNV", "j-2": "STP", "j-3": "STC"}


@dataclass
class Contest:
    """What a test says to review, in few words. Contest HG-2022, entries e-1 and on."""

    bench: Bench
    now: datetime = DAY_AFTER
    officers: tuple[str, ...] = ()

    def register(self, person_id: str, unit_id: str | None = None) -> None:
        self.bench.hear(
            intake.PersonRegistered(
                person_id=person_id, full_name="Nguyễn Văn An", email="an@vd.vn", unit_id=unit_id
            )
        )

    def submit(self, entry_id: str, version: int = 1, unit_id: str | None = None) -> None:
        self.bench.hear(
            intake.EntrySubmitted(
                **self.about(entry_id),
                version=version,
                received_at=CLOSING,
                area="TTHC",
                kind="INDIVIDUAL",
                group="NGUOI_DAN",
                channel="ONLINE",
                documents=(),
                unit_id=unit_id,
            )
        )

    def accept(self, entry_id: str, version: int = 1, unit_id: str | None = None) -> None:
        self.bench.hear(
            intake.EntryAccepted(
                **self.about(entry_id),
                version=version,
                area="TTHC",
                kind="INDIVIDUAL",
                shares=(intake.Share(person_id=f"p-{entry_id}", percent=Decimal(100)),),
                summary=f"Tóm tắt {entry_id}",
                unit_id=unit_id,
            )
        )

    def report(self, entry_id: str, level: str = "CLEAR", version: int = 1) -> str:
        return self.bench.hear(
            originality.OriginalityReported(
                contest_id="HG-2022",
                entry_id=entry_id,
                version=version,
                report_id=f"r-{entry_id}-{version}",
                level=level,
                share=Decimal("0.1"),
                sources=(),
            )
        )

    def rule(self, entry_id: str, ruling: str, version: int = 1) -> str:
        return self.bench.hear(
            originality.OriginalityRuled(
                contest_id="HG-2022",
                entry_id=entry_id,
                report_id=f"r-{entry_id}-{version}",
                ruling=ruling,
                reason="Đã đối chiếu.",
            )
        )

    def enter(self, *entry_ids: str, unit_id: str | None = None) -> None:
        """Bring entries as far as the jury's door."""
        for entry_id in entry_ids:
            self.register(f"p-{entry_id}")
            self.submit(entry_id, unit_id=unit_id)
            self.accept(entry_id, unit_id=unit_id)
            self.report(entry_id)

    def withdraw(self, entry_id: str) -> None:
        self.bench.hear(intake.EntryWithdrawn(**self.about(entry_id), reason="Bận việc"))

    def about(self, entry_id: str) -> dict[str, object]:
        return {
            "contest_id": "HG-2022",
            "entry_id": entry_id,
            "receipt_code": f"H30-220815-{entry_id}",
            "filed_by": f"p-{entry_id}",
            "author_ids": (f"p-{entry_id}",),
            "title": f"Một cửa {entry_id}",
        }

    def seat(self, *judges: str) -> None:
        seats = [
            review.Seat(
                person_id=judge,
                role="CHAIR" if number == 0 else "MEMBER",
                unit_id=UNITS.get(judge),
            )
            for number, judge in enumerate(judges or JUDGES)
        ]
        self.bench.ask(review.SeatJury(contest_id="HG-2022", seats=tuple(seats)), actor=ORGANISER)
        self.give_keys_to(seats[0].person_id, "s-1")

    def give_keys_to(self, *officers: str) -> None:
        """Let officers and the holder of the recovery key register theirs."""
        self.officers = officers
        for holder in (*officers, RECOVERY):
            keys.register(self.bench, holder)

    def opening(self, round_id: str = "SO_KHAO", contest_id: str = "HG-2022") -> review.OpenRound:
        return review.OpenRound(
            contest_id=contest_id, round_id=round_id, officers=self.officers, recovery=RECOVERY
        )

    def open(self, round_id: str = "SO_KHAO", by=SECRETARY) -> review.OpenedRound:
        return self.bench.ask(
            self.opening(round_id),
            actor=by,
            now=self.now,
            reply=review.OpenedRound,
        )

    def give(
        self, judge_id: str, code: str, total: object, round_id: str = "SO_KHAO", **said: str
    ) -> int:
        text = review.SheetText(marks=marks(total), comment="Rõ ràng.")
        return self.bench.ask(
            review.GiveMarks(
                contest_id="HG-2022",
                round_id=round_id,
                code=code,
                **keys.sheet(self.bench, judge_id, text),
                **said,
            ),
            actor=actor("judge", id=judge_id),
            now=self.now,
        )

    def give_all(self, totals: dict[str, object], round_id: str = "SO_KHAO") -> None:
        """Let all judges of each entry agree on its total."""
        for entry_id, judge_ids in self.panels(round_id).items():
            for judge_id in judge_ids:
                self.give(judge_id, self.code(entry_id), totals[entry_id], round_id)

    def unseal(self, round_id: str = "SO_KHAO") -> None:
        """Have both officers give their keys."""
        for officer in self.officers:
            keys.give(self.bench, officer, round_id, self.now)

    def close(self, round_id: str = "SO_KHAO", by=SECRETARY) -> tuple[review.RoundLine, ...]:
        """Close a round; the sheets of one that is sealed still are opened first."""
        if self.show(round_id).state == "OPEN":
            self.unseal(round_id)
        return self.bench.ask(
            review.CloseRound(contest_id="HG-2022", round_id=round_id),
            actor=by,
            now=self.now,
            reply=tuple[review.RoundLine, ...],
        )

    def show(self, round_id: str = "SO_KHAO", by=SECRETARY) -> review.RoundView:
        return self.bench.ask(
            review.ShowRound(contest_id="HG-2022", round_id=round_id),
            actor=by,
            reply=review.RoundView,
        )

    def desk(self, judge_id: str, round_id: str = "SO_KHAO") -> tuple[review.Assignment, ...]:
        lines = self.bench.ask(
            review.ListAssignments(contest_id="HG-2022", round_id=round_id),
            actor=actor("judge", id=judge_id),
            reply=tuple[review.Assignment, ...],
        )
        return tuple(keys.read(line, judge_id) for line in lines)

    def declare(self, judge_id: str, entry: str, by=None) -> None:
        self.bench.ask(
            review.DeclareConflict(
                contest_id="HG-2022", judge_id=judge_id, entry_id=entry, reason="Người thân"
            ),
            actor=by or actor("judge", id=judge_id),
            now=self.now,
        )

    def said(self, kind: type) -> list:
        return [event for event in self.bench.announced if type(event) is kind]

    def panels(self, round_id: str = "SO_KHAO") -> dict[str, tuple[str, ...]]:
        """Return who judges what, as last announced."""
        return {
            event.entry_id: event.judge_ids
            for event in self.said(review.JudgesAssigned)
            if event.round_id == round_id
        }

    def code(self, entry_id: str) -> str:
        return next(
            event.code for event in self.said(review.JudgesAssigned) if event.entry_id == entry_id
        )


@pytest.fixture
def bench(service_bench):
    return service_bench(ReviewService)


@pytest.fixture
def contest(bench):
    opened = intake.ContestOpened(
        contest_id="HG-2022", rules=a_contest(), sha256="0" * 64, opened_at=CLOSING
    )
    bench.hear(opened)
    contest = Contest(bench)
    for judge_id in JUDGES:
        contest.register(judge_id)
    return contest
