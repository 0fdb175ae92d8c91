"""Who may sit on a jury together, as a whole or in panels (see `sub_juries`).

Start with `check_jury`; `check_leaving` is for a judge who goes before the work is done.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contracts.rules import JuryRules
from kernel.errors import Refused

USUAL = JuryRules()


class NoChair(Refused):
    """A jury has exactly one chair."""


class SeatTakenTwice(Refused):
    """A person can hold one seat of a jury only."""


class SecretaryMarks(Refused):
    """A secretary of the jury does not mark, in no panel of it."""


class EvenJury(Refused):
    """A jury has an odd number of judges, so that a vote decides; secretaries do not count."""


class WrongJurySize(Refused):
    """The rules say how many judges the jury has."""


class JudgeStillNeeded(Refused):
    """A judge with entries in an open round cannot lose the seat."""


class BelowQuorum(Refused):
    """Too few judges would be left; name who takes the seat."""


class Role(StrEnum):
    """What a member of the jury does. A secretary (thư ký) never marks."""

    CHAIR = "CHAIR"
    DEPUTY = "DEPUTY"
    MEMBER = "MEMBER"
    SECRETARY = "SECRETARY"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the jury, or on one panel of it."""

    person_id: str
    role: Role
    unit_id: str | None = None
    panel_id: str | None = None

    @property
    def marks(self) -> bool:
        """Say whether whoever sits here is a judge."""
        return self.role is not Role.SECRETARY


def check_jury(
    seats: Sequence[Seat],
    size: int | None,
    busy: Collection[str],
    rules: JuryRules = USUAL,
) -> None:
    """Raise what is wrong with a jury; `busy` are judges with entries in an open round."""
    check_seats(seats)
    for panel_id in (None, *sorted({seat.panel_id for seat in seats if seat.panel_id})):
        check_chair([seat for seat in seats if seat.panel_id == panel_id], panel_id)
    check_sizes(seats, size, rules)
    if leaving := sorted(set(busy) - judges_of(seats)):
        raise JudgeStillNeeded(
            "Still judging in an open round: {persons}. Keep their seats until it is closed, or"
            " replace them by a decision.",
            persons=", ".join(leaving),
        )


def check_seats(seats: Sequence[Seat]) -> None:
    """Raise if somebody sits twice in one place, or is a secretary and a judge at once."""
    holders = Counter((seat.person_id, seat.panel_id) for seat in seats)
    if twice := sorted({person for (person, _), held in holders.items() if held > 1}):
        raise SeatTakenTwice("Seated more than once: {persons}.", persons=", ".join(twice))
    secretaries = {seat.person_id for seat in seats if not seat.marks}
    if both := sorted(judges_of(seats) & secretaries):
        raise SecretaryMarks("Secretary and judge at once: {persons}.", persons=", ".join(both))


def judges_of(seats: Iterable[Seat]) -> frozenset[str]:
    """Name those who mark."""
    return frozenset(seat.person_id for seat in seats if seat.marks)


def check_chair(seats: Sequence[Seat], panel_id: str | None) -> None:
    """Raise unless one of those who sit together leads them."""
    chairs = sum(seat.role is Role.CHAIR for seat in seats)
    if chairs == 1:
        return
    if panel_id is None:
        raise NoChair("A jury has exactly one chair; this one has {chairs}.", chairs=chairs)
    raise NoChair(
        "A panel has exactly one chair; the panel {panel} has {chairs}.",
        panel=panel_id,
        chairs=chairs,
    )


def check_sizes(seats: Sequence[Seat], size: int | None, rules: JuryRules) -> None:
    """Count the judges of the whole jury and of every panel."""
    panels = sorted({seat.panel_id for seat in seats if seat.panel_id is not None})
    check_size(len(judges_of(seats)), size, odd=rules.odd and not panels)
    for panel_id in panels:
        seated = {seat.person_id for seat in seats if seat.marks and seat.panel_id == panel_id}
        if rules.panel_size is not None and len(seated) != rules.panel_size:
            raise WrongJurySize(
                "The rules ask for {size} judges on a panel; {panel} has {judges}.",
                size=rules.panel_size,
                panel=panel_id,
                judges=len(seated),
            )
        if rules.odd and len(seated) % 2 == 0:
            raise EvenJury(
                "A panel has an odd number of judges; {panel} has {judges}.",
                panel=panel_id,
                judges=len(seated),
            )


def check_size(judges: int, size: int | None, *, odd: bool = True) -> None:
    """Raise if the number of judges is even, or not the number the rules name."""
    if size is not None and judges != size:
        raise WrongJurySize(
            "The rules ask for {size} judges; this jury has {judges}.", size=size, judges=judges
        )
    if odd and judges % 2 == 0:
        raise EvenJury("A jury has an odd number of judges; this one has {judges}.", judges=judges)


def quorum_of(judges: int, rules: JuryRules) -> int:
    """Return how many of so many judges must be there."""
    return -(-judges * rules.quorum.parts // rules.quorum.of)


def check_leaving(before: Sequence[Seat], after: Sequence[Seat], rules: JuryRules) -> None:
    """Raise unless those who stay can go on: chaired, and enough for the quorum.

    A vote may then be even: until the seat is filled the quorum is what the rules ask for.
    """
    for panel_id in {seat.panel_id for seat in before}:
        stay = [seat for seat in after if seat.panel_id == panel_id]
        check_chair(stay, panel_id)
        seated = sum(seat.marks for seat in before if seat.panel_id == panel_id)
        left = sum(seat.marks for seat in stay)
        if left < (needed := quorum_of(seated, rules)):
            raise BelowQuorum(
                "{left} judges would be left of {seated}; the rules ask for {needed}. Name who"
                " takes the seat.",
                left=left,
                seated=seated,
                needed=needed,
            )
