"""Panels of a jury (tiểu ban), each for some fields and rounds. Start with `fields_of`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.rules import Rules
from kernel.errors import Refused
from services.review.domain.jury import Seat


class UnknownPanel(Refused):
    """A seat is on a panel of the jury, and a panel is for fields and rounds of the rules."""


class FieldWithoutJudges(Refused):
    """Every field has its judges in every round."""


@dataclass(frozen=True, slots=True)
class SubJury:
    """A panel of the jury (tiểu ban) for some fields and rounds; for all where none is named."""

    panel_id: str
    name: str
    areas: frozenset[str] = frozenset()
    rounds: frozenset[str] = frozenset()

    def sits_in(self, round_id: str) -> bool:
        """Say whether it judges in a round."""
        return not self.rounds or round_id in self.rounds


def check_panels(seats: Sequence[Seat], panels: Sequence[SubJury], rules: Rules) -> None:
    """Raise unless panels and rules name the same things, and no field is without judges."""
    if not panels and all(seat.panel_id is None for seat in seats):
        return
    known = {panel.panel_id for panel in panels}
    named = {seat.panel_id for seat in seats if seat.panel_id is not None}
    areas = {area.code for area in rules.areas}
    rounds = {one.id for one in rules.rounds}
    wrong = (named ^ known) | {name for one in panels for name in one.areas - areas}
    wrong |= {name for one in panels for name in one.rounds - rounds}
    if wrong:
        raise UnknownPanel(
            "Not a panel with seats, a field or a round of this contest: {names}.",
            names=", ".join(sorted(wrong)),
        )
    for one in rules.rounds:
        needed = one.judges_per_entry or 1
        for area in rules.areas:
            judges = set(sitting(seats, panels, one.id, area.code))
            if len(judges) < needed:
                raise FieldWithoutJudges(
                    "“{area}” has {judges} judges in the round “{round}”; an entry needs"
                    " {needed}.",
                    area=area.name,
                    judges=len(judges),
                    round=one.name,
                    needed=needed,
                )


def sitting(
    seats: Sequence[Seat], panels: Sequence[SubJury], round_id: str, area: str
) -> Iterator[str]:
    """Name the judges of a field in a round; who is on no panel sits for every field."""
    by_id = {panel.panel_id: panel for panel in panels}
    for seat in seats:
        panel = by_id.get(seat.panel_id or "")
        if seat.marks and (
            panel is None or (panel.sits_in(round_id) and (not panel.areas or area in panel.areas))
        ):
            yield seat.person_id


def fields_of(
    seats: Sequence[Seat], panels: Sequence[SubJury], round_id: str | None
) -> dict[str, frozenset[str] | None]:
    """Return the fields that each judge sits for in a round, or in any; None for every field."""
    by_id = {panel.panel_id: panel for panel in panels}
    found: dict[str, frozenset[str] | None] = {}
    for seat in seats:
        panel = by_id.get(seat.panel_id or "")
        if not seat.marks or (panel and round_id and not panel.sits_in(round_id)):
            continue
        known = found.get(seat.person_id, frozenset())
        areas = panel.areas if panel and panel.areas else None
        found[seat.person_id] = None if known is None or areas is None else known | areas
    return found
