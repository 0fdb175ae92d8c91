"""Who may sit on a jury together."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Refused


class NoChair(Refused):
    """A jury has exactly one chair."""


class SeatTakenTwice(Refused):
    """A person can hold one seat of a jury only."""


class EvenJury(Refused):
    """A jury has an odd number of judges, so that a vote decides; secretaries do not count."""


class WrongJurySize(Refused):
    """The rules say how many judges the jury has."""


class JudgeStillNeeded(Refused):
    """A judge with entries in an open round cannot lose the seat."""


class Role(StrEnum):
    """What a member of the jury does. A secretary (thư ký) never marks."""

    CHAIR = "CHAIR"
    MEMBER = "MEMBER"
    SECRETARY = "SECRETARY"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the jury."""

    person_id: str
    role: Role
    unit_id: str | None = None

    @property
    def marks(self) -> bool:
        """Say whether whoever sits here is a judge."""
        return self.role is not Role.SECRETARY


def check_jury(seats: Sequence[Seat], size: int | None, busy: Collection[str]) -> None:
    """Raise what is wrong with a jury; `busy` are judges with entries in an open round."""
    holders = Counter(seat.person_id for seat in seats)
    if twice := sorted(person for person, held in holders.items() if held > 1):
        raise SeatTakenTwice("Seated more than once: {persons}.", persons=", ".join(twice))
    chairs = sum(seat.role is Role.CHAIR for seat in seats)
    if chairs != 1:
        raise NoChair("A jury has exactly one chair; this one has {chairs}.", chairs=chairs)
    judges = {seat.person_id for seat in seats if seat.marks}
    check_size(len(judges), size)
    if leaving := sorted(set(busy) - judges):
        raise JudgeStillNeeded(
            "Still judging in an open round: {persons}. Keep their seats until it is closed.",
            persons=", ".join(leaving),
        )


def check_size(judges: int, size: int | None) -> None:
    """Raise if the number of judges is even, or not the number the rules name."""
    if size is not None and judges != size:
        raise WrongJurySize(
            "The rules ask for {size} judges; this jury has {judges}.", size=size, judges=judges
        )
    if judges % 2 == 0:
        raise EvenJury("A jury has an odd number of judges; this one has {judges}.", judges=judges)
