"""Who holds the keys of a round where its rules say so: two officers, and who keeps the reserve.

The rules name each by their seat on the jury or by their id. Start with `officers_of`.
"""

from collections.abc import Iterable, Sequence

from contracts.rules import Round
from kernel.errors import Refused
from services.review.domain.jury import Role, Seat
from services.review.domain.sealed import OfficersNeeded

SEATS = frozenset(role.value for role in Role)


class OfficersOfTheRules(Refused):
    """The rules of this round say who holds its keys; name them, or nobody."""


class NotAnOfficer(Refused):
    """The rules of every round still to open name who holds its keys, and you are none of them."""


def able(named: str, seats: Iterable[Seat]) -> frozenset[str]:
    """Return who is meant by a seat of the jury, nobody while it is empty, or by an id."""
    if named in SEATS:
        return frozenset(seat.person_id for seat in seats if seat.role.value == named)
    return frozenset({named})


def officers_of(rules: Round, seats: Sequence[Seat], asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the officers a round is to be sealed for: those asked for, if the rules allow them.

    Without any asked for they are those of the rules; none where the rules name none either.
    """
    if not rules.officers:
        return asked
    pools = [able(one, seats) for one in rules.officers]
    if not asked:
        if any(len(pool) != 1 for pool in pools):
            raise OfficersNeeded(
                "Name the two officers whose keys together open the sheets; named are:"
                " {officers}.",
                officers=", ".join(rules.officers),
            )
        return tuple(person for pool in pools for person in pool)
    orders = (asked, asked[::-1])
    if not any(fits(order, pools) for order in orders):
        raise OfficersOfTheRules
    return asked


def fits(asked: Sequence[str], pools: Sequence[frozenset[str]]) -> bool:
    """Say whether each is who the rules mean in that place."""
    return len(asked) == len(pools) and all(
        person in pool for person, pool in zip(asked, pools, strict=True)
    )


def recovery_of(rules: Round, asked: str | None) -> str | None:
    """Return who keeps the reserve key: whom the rules name, or who is asked for."""
    if rules.recovery is not None and asked not in (None, rules.recovery):
        raise OfficersOfTheRules
    return rules.recovery or asked


def check_registering(person_id: str, waiting: Iterable[tuple[Round, Sequence[Seat]]]) -> None:
    """Raise where no round still to open may be sealed for this person's key.

    `waiting` are those rounds, each with the jury's seats. One that names nobody is open to all,
    and so is a seat that nobody holds yet.
    """
    rounds = list(waiting)
    for rules, seats in rounds:
        pools = [able(one, seats) for one in rules.officers]
        free = not pools or not all(pools)
        if free or person_id == rules.recovery or any(person_id in pool for pool in pools):
            return
    if rounds:
        raise NotAnOfficer
