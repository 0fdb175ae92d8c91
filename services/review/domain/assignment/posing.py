"""From what is known of judges and entries to a problem, and from its answer to panels.

In problems entries go by their codes, so that a proof can be read, and read blind.
"""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from contracts.rules import Assigning, Round
from kernel.errors import Refused
from services.review.domain.assignment.problem import (
    Answer,
    Demand,
    Desk,
    Priority,
    Problem,
    Witness,
)
from services.review.domain.conflicts import Survey
from services.review.domain.entries import Entry

OUTSIDE_AREA = "OUTSIDE_AREA"


class CannotAssign(Refused):
    """There are not enough judges for some entries; the plan of the round says which and why."""


class NotWorkedOut(Refused):
    """Who judges what could not be worked out in time; keep fewer pairs of judges apart."""

    may_pass = True


class EverybodyMarks(Refused):
    """In this round every judge marks every entry, so no two of them can be kept apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """The panel of an entry in an open round: who sits on it, and who of them has marked."""

    judges: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Field:
    """All that assigning goes by: entries, who is free, judges, pairs apart, rules, and panels.

    `places` are the panels so far, by entry id; without one an entry has none. `needs` is how
    many judges an entry is to have, for those that are to have another number than the rules name.
    """

    entries: Sequence[Entry]
    found: Survey
    desks: Sequence[Desk]
    apart: Collection[tuple[str, str]]
    rules: Round
    seed: str
    places: Mapping[str, Place] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)

    @property
    def assigning(self) -> Assigning:
        """Return the round's rules on assigning."""
        return self.rules.assigning or Assigning()

    @cached_property
    def gone(self) -> tuple[Place, ...]:
        """Return the panels of entries that are no longer in the round."""
        there = {entry.entry_id for entry in self.entries}
        return tuple(place for one, place in self.places.items() if one not in there)

    def problem(self, first: Priority = "fewest_changes") -> Problem:
        """Pose the problem of a round in which every entry has a number of judges."""
        rules = self.assigning
        return Problem(
            judges=tuple(sorted(map(self.limited, self.desks), key=lambda desk: desk.judge_id)),
            entries=tuple(self.demand(one) for one in self.entries if self.needed(one)),
            apart=tuple(sorted(self.apart)),
            expertise=rules.expertise,
            lead=rules.lead,
            first=first,
            seed=self.seed,
        )

    def limited(self, desk: Desk) -> Desk:
        """Return a judge who takes no more than they said, nor than the rules say.

        What they marked of entries that have left the contest since was work all the same.
        """
        carried = sum(desk.judge_id in place.given for place in self.gone)
        limits = [one for one in (desk.most, self.assigning.most_per_judge) if one is not None]
        return Desk(
            judge_id=desk.judge_id,
            areas=desk.areas,
            carried=carried,
            most=min(limits, default=None),
        )

    def needed(self, entry: Entry) -> int:
        """Return how many judges an entry is to have."""
        return self.needs.get(entry.entry_id, self.rules.judges_per_entry or 1)

    def demand(self, entry: Entry) -> Demand:
        """Say what an entry needs."""
        place = self.places.get(entry.entry_id, Place())
        free = set(self.found.free[entry.entry_id])
        return Demand(
            entry_id=entry.code or entry.entry_id,
            area=entry.area,
            needs=self.needed(entry),
            away=tuple(sorted({desk.judge_id for desk in self.desks} - free)),
            has=tuple(sorted(place.judges)),
            fixed=tuple(sorted(place.given)),
        )

    def everybody(self) -> dict[str, tuple[str, ...]]:
        """Seat every free judge on every entry, beside those who have marked it."""
        seats = {desk.judge_id for desk in self.desks}
        if any({one, other} <= seats for one, other in self.apart):
            raise EverybodyMarks
        panels = {}
        for entry in self.entries:
            given = self.places.get(entry.entry_id, Place()).given
            free = seats.intersection(self.found.free[entry.entry_id])
            panels[entry.entry_id] = tuple(sorted(free | given))
        return panels

    def panels(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        """Return the panels of an answer by entry id; raise where there are none."""
        if answer.witnesses:
            raise refusal(answer.witnesses)
        asked = [entry for entry in self.entries if self.needed(entry)]
        if asked and not answer.panels:
            raise NotWorkedOut
        return {entry.entry_id: answer.panels[entry.code or entry.entry_id] for entry in asked}

    def changed(
        self, panels: Mapping[str, Collection[str]]
    ) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Say who left and who came, for every entry whose panel is another."""
        moves = {}
        for entry_id, judges in panels.items():
            before = self.places.get(entry_id, Place()).judges
            left, came = before.difference(judges), frozenset(judges) - before
            if left or came:
                moves[entry_id] = (left, came)
        return moves

    def kept_away(self, entry: Entry) -> dict[str, str]:
        """Say who cannot have an entry and why: conflicts, then areas where they are required."""
        reasons = {
            judge: ground.value for judge, ground in self.found.kept_away[entry.entry_id].items()
        }
        if self.assigning.expertise == "required":
            for desk in self.desks:
                if desk.areas and entry.area not in desk.areas:
                    reasons.setdefault(desk.judge_id, OUTSIDE_AREA)
        return dict(sorted(reasons.items()))


def refusal(witnesses: Sequence[Witness]) -> CannotAssign:
    """Say in one sentence what is short; with branches there is no one count to say."""
    first = witnesses[0]
    if first.split is not None:
        return CannotAssign(
            "With these judges kept apart, not every entry can have its judges; the plan of the"
            " round holds the proof."
        )
    return CannotAssign(
        "{entries} entries need {needed} reviews: the {judges} judges they come down to take"
        " {inside} at most, all others {outside}. Seat other judges or raise their limits; the"
        " plan of the round says more.",
        entries=len(first.entries),
        needed=first.needed,
        judges=len(first.judges),
        inside=first.inside,
        outside=first.outside,
    )


def own_seed(secret: str, round_id: str) -> str:
    """Draw a round's seed from the contest's secret, for nobody to choose."""
    return hmac.digest(secret.encode(), f"{round_id}\nassigning".encode(), "sha256").hex()[:16]
