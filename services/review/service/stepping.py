"""What is told of an entry that judges stand down from. Start with `Step.take`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.assignment.mending import Move
from services.review.domain.conflicts import Kind
from services.review.domain.entries import Entry
from services.review.domain.minutes.facts import StoodDown
from services.review.domain.missing import Ground, Why
from services.review.service import words
from services.review.service.panelling import assigned, hand_on
from services.review.store.jury_tables import VacancyRow


@dataclass(frozen=True, slots=True)
class Leaving:
    """A judge to be taken off an entry, why, and who is to step in if they may."""

    entry: Entry
    judge_id: str
    why: Why
    preferred: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Name entry and judge."""
        return self.entry.entry_id, self.judge_id


@dataclass(slots=True)
class Step:
    """Tells, entry by entry, who stood down, who stepped in and which places stay empty.

    `keeps_places` is off where the entry counts without those who leave: no place is left then.
    `untaken` are the entries where nobody stepped in for somebody, missed or not.
    """

    work: Work
    played: store.RoundInPlay
    empty: Sequence[VacancyRow]
    leaving: Sequence[Leaving]
    sheets: Mapping[tuple[str, str], int]
    keeps_places: bool = True
    short: set[str] = field(default_factory=set)
    untaken: set[str] = field(default_factory=set)

    def take(self, entry: Entry, left: frozenset[str], came: frozenset[str]) -> Move:
        """Tell what became of an entry; those who came take the places in order."""
        leaving = [one for one in self.leaving if one.entry.entry_id == entry.entry_id]
        named = {one.preferred for one in leaving} & came
        takers = [*sorted(came - named), *sorted(filter(None, named))]
        self.fill_empty(entry, takers)
        for one in leaving:
            self.stand_down(one, takers, is_last=one is leaving[-1])
        hand_on(self.work, self.played, entry, left, takers)
        self.work.session.flush()
        assigned(self.work, self.played, entry)
        return left.union(one.judge_id for one in leaving), came

    def fill_empty(self, entry: Entry, takers: list[str]) -> None:
        """Let some who came have the places that stood empty, the oldest first."""
        for vacancy in self.empty:
            if vacancy.entry_id == entry.entry_id and takers:
                taker = takers.pop(0)
                vacancy.filled_at = self.work.now
                line = words.stepped_in(entry.code or "", vacancy.judge_id, taker)
                store.note(self.work, line, self.played, entry.code, taker)

    def stand_down(self, one: Leaving, takers: list[str], *, is_last: bool) -> None:
        """Tell that a judge is off an entry, and who steps in or that nobody does."""
        entry, sheets = one.entry, self.sheets[one.pair]
        taker = one.preferred if one.preferred in takers else next(iter(takers), None)
        if taker is not None:
            takers.remove(taker)
        about: dict[str, Any] = {
            "contest_id": self.played.contest_id,
            "round_id": self.played.round_id,
            "entry_id": entry.entry_id,
        }
        self.work.announce(
            review.JudgeStoodDown(
                **about,
                judge_id=one.judge_id,
                **of_ground(one.why.ground),
                reason=one.why.reason,
                minutes=one.why.minutes,
                sheets=sheets,
                substitute_id=taker,
            )
        )
        what = StoodDown(
            code=entry.code or "",
            judge_id=one.judge_id,
            cause=one.why.ground,
            reason=one.why.reason,
            minutes=one.why.minutes,
            sheets=sheets,
            substitute=taker,
        )
        store.happen(self.work, self.played, what)
        line = words.stood_down(what.code, one.judge_id, one.why, sheets, taker)
        store.note(self.work, line, self.played, entry.code, one.judge_id)
        if taker is not None:
            return
        self.untaken.add(entry.entry_id)
        if self.is_short(entry, is_last=is_last):
            self.short.add(entry.entry_id)
            store.add_vacancy(self.work, self.played, entry.entry_id, one.judge_id)
            self.work.announce(review.SubstituteSought(**about, code=entry.code or ""))

    def is_short(self, entry: Entry, *, is_last: bool) -> bool:
        """Say whether a place left is missed; where all free judges mark, only the last is."""
        if not self.keeps_places:
            return False
        if self.played.rules.judges_per_entry is not None:
            return True
        panel = store.load_panel(self.work.session, self.played, entry.entry_id)
        return is_last and not panel.judge_ids


def of_ground(ground: Ground) -> dict[str, Any]:
    """Say a ground in the words of the contract: a conflict by its kind."""
    if ground in get_args(Kind):
        return {"ground": "CONFLICT", "kind": ground}
    return {"ground": ground}
