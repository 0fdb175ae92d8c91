"""Units that are renamed, merged and split, and who continues whom on which day.

What was issued keeps its words; what is open goes on under the unit that continues another.
Start with `continuing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kernel.errors import Refused

SuccessionKind = Literal["RENAMED", "MERGED", "SPLIT"]


class SuccessionCycle(Refused):
    """A unit cannot come after itself."""


class SuccessionUnclear(Refused):
    """A unit goes to one other on one day, unless it is split among several."""


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit continues another from a local day on, by a document (căn cứ)."""

    predecessor: str
    successor: str
    on: date
    kind: SuccessionKind
    basis: str


Successions = tuple[Succession, ...]  # in the order they were recorded


def check_successions(links: Successions) -> None:
    """Raise unless every unit has one fate and none comes after itself."""
    for unit in {link.predecessor for link in links}:
        fates = [link for link in links if link.predecessor == unit]
        if len({(link.on, link.kind) for link in fates}) > 1 or (
            len(fates) > 1 and fates[0].kind != "SPLIT"
        ):
            raise SuccessionUnclear(
                "{unit} goes to more than one unit, or on more than one day; only a unit that is"
                " split goes to several, all on one day.",
                unit=unit,
            )
    for unit in {link.predecessor for link in links}:
        if unit in descendants(links, unit):
            raise SuccessionCycle("{unit} would come after itself.", unit=unit)


def descendants(links: Iterable[Succession], unit: str) -> frozenset[str]:
    """Return every unit that comes after another, however late."""
    after: dict[str, set[str]] = {}
    for link in links:
        after.setdefault(link.predecessor, set()).add(link.successor)
    found: set[str] = set()
    waiting = {unit}
    while waiting:
        next_ones = after.get(waiting.pop(), set()) - found
        found |= next_ones
        waiting |= next_ones
    return frozenset(found)


def continuing(links: Successions, unit: str, day: date) -> str:
    """Return the unit that continues another on a day: itself while nobody does.

    Of a unit that was split it is the part recorded first: one unit answers for open work.
    """
    while True:
        link = next((one for one in links if one.predecessor == unit and one.on <= day), None)
        if link is None:
            return unit
        unit = link.successor


def is_succeeded(links: Successions, unit: str, day: date) -> bool:
    """Say whether another unit has taken its place by that day."""
    return any(link.predecessor == unit and link.on <= day for link in links)


def name_on(names: Iterable[tuple[date, str]], day: date) -> str:
    """Return what a unit was called on a day; `names` say since when it is called so.

    Before the first of them it was called as it then came to be known.
    """
    ordered = sorted(names)
    return next((name for since, name in reversed(ordered) if since <= day), ordered[0][1])
