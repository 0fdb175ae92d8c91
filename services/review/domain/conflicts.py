"""Which judges stand too near an entry to mark it (xung đột lợi ích).

`Ties.between` compares one judge with one entry; `survey` compares all of them, and
`check_enough` says whether every entry can have its judges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Refused
from services.review.domain.entries import Entry


class NoJury(Refused):
    """Seat a jury first."""


class TooFewJudges(Refused):
    """Some entries have too few judges without a conflict."""


class NoJudgeLeft(Refused):
    """Nobody is left to take this judge's place on the entry; seat another judge first."""


class Ground(StrEnum):
    """Why a judge is kept from an entry."""

    AUTHOR = "AUTHOR"
    DECLARED = "DECLARED"
    OWN_UNIT = "OWN_UNIT"
    RELATED_UNIT = "RELATED_UNIT"  # the unit directly above or below
    UNKNOWN_UNIT = "UNKNOWN_UNIT"


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge and where they belong.

    `units` is None where nobody said: neither the seat names a unit nor is the person
    registered. An empty set is somebody known to be outside every unit.
    """

    person_id: str
    units: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known about nearness: units' parents, and declared (judge, entry) pairs."""

    parents: Mapping[str, str]
    declared: frozenset[tuple[str, str]] = frozenset()

    def between(self, judge: Judge, entry: Entry) -> Ground | None:
        """Name the strongest ground that keeps the judge from the entry, if any does."""
        if judge.person_id in entry.author_ids:
            return Ground.AUTHOR
        if (judge.person_id, entry.entry_id) in self.declared:
            return Ground.DECLARED
        return self.by_unit(judge.units, entry.units)

    def by_unit(self, judges: frozenset[str] | None, entries: frozenset[str]) -> Ground | None:
        """Compare units; an unknown judge is kept from every entry that has a unit."""
        if judges is None:
            return Ground.UNKNOWN_UNIT if entries else None
        if judges & entries:
            return Ground.OWN_UNIT
        above = {self.parents.get(unit) for unit in judges} & entries
        below = {self.parents.get(unit) for unit in entries} & judges
        return Ground.RELATED_UNIT if above or below else None


@dataclass(frozen=True, slots=True)
class Survey:
    """Per entry, who is free to judge it and who is kept away on which ground."""

    free: Mapping[str, tuple[str, ...]]
    kept_away: Mapping[str, Mapping[str, Ground]]


def survey(entries: Sequence[Entry], judges: Sequence[Judge], ties: Ties) -> Survey:
    """Compare every judge with every entry."""
    kept_away = {
        entry.entry_id: {
            judge.person_id: ground
            for judge in judges
            if (ground := ties.between(judge, entry)) is not None
        }
        for entry in entries
    }
    everybody = [judge.person_id for judge in judges]
    free = {
        entry_id: tuple(judge for judge in everybody if judge not in kept)
        for entry_id, kept in kept_away.items()
    }
    return Survey(free, kept_away)


def check_enough(found: Survey, titles: Mapping[str, str], needed: int, *, reveal: bool) -> None:
    """Raise unless every entry has the judges it needs.

    The entries are named as `“title” (free/needed: judge GROUND …)`. Without `reveal` the grounds
    stay out, for they tell a judge whose entry it is.
    """
    short = [entry_id for entry_id, free in found.free.items() if len(free) < needed]
    if short:
        grounds = {
            entry_id: ", ".join(f"{judge} {ground}" for judge, ground in kept.items())
            for entry_id, kept in found.kept_away.items()
        }
        raise TooFewJudges(
            "Too few judges are free of conflicts: {entries}. Seat other judges.",
            entries="; ".join(
                f"“{titles[entry_id]}” ({len(found.free[entry_id])}/{needed}"
                + (f": {grounds[entry_id]})" if reveal else ")")
                for entry_id in short
            ),
        )
