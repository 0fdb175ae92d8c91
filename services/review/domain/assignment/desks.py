"""What may be said of a judge's knowledge and of how much they take."""

from collections.abc import Sequence

from contracts.review import Seat
from contracts.rules import Rules
from kernel.errors import Refused


class UnknownArea(Refused):
    """The rules of the contest have no such area."""


class NothingToTake(Refused):
    """A judge takes at least one entry; leave the limit out if there is none."""


def check_desks(seats: Sequence[Seat], rules: Rules) -> None:
    """Raise what is wrong with areas and limits of a jury's seats."""
    known = {area.code for area in rules.areas}
    if unknown := sorted({area for seat in seats for area in seat.areas} - known):
        raise UnknownArea("The rules have no area {areas}.", areas=", ".join(unknown))
    if idle := sorted(seat.person_id for seat in seats if seat.most is not None and seat.most < 1):
        raise NothingToTake(
            "At least one entry has to be taken by each of: {persons}. Leave the limit out if"
            " there is none.",
            persons=", ".join(idle),
        )
