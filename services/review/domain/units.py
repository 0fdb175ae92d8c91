"""Which unit stands above which, and which continues which, on a day.

Units are renamed, merged and split; what was said of one holds for those that continue it. Start
with `Units.now`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Reach = Literal["OWN", "ADJACENT", "CHAIN"]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Succession:
    """One unit continues another from a local day on."""

    predecessor: str
    successor: str
    on: date


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody's place in a unit, both days included; None where no day is known."""

    unit: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """The units as of a day: `parents` names the one directly above each."""

    parents: Mapping[str, str]
    successions: Sequence[Succession] = ()
    on: date = date.max
    _now: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _above: dict[tuple[str, str], frozenset[str]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _next: dict[str, set[str]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index the successions that have come about."""
        for link in self.successions:
            if link.on <= self.on:
                self._next.setdefault(link.predecessor, set()).add(link.successor)

    def now(self, unit: str) -> frozenset[str]:
        """Return what a unit has become: itself while nobody continues it.

        Of a unit that was split it is every part: which one somebody went to is not known.
        """
        if unit not in self._now:
            after = reachable([unit], self._next)
            ends = frozenset(one for one in after if not self._next.get(one))
            self._now[unit] = ends or after
        return self._now[unit]

    def all_now(self, units: Iterable[str]) -> frozenset[str]:
        """Return what several units have become."""
        return NONE.union(*(self.now(unit) for unit in units))

    def above(self, unit: str, reach: Reach) -> frozenset[str]:
        """Return the units above what a unit has become: none, the next, or the whole chain."""
        if reach == "OWN":
            return NONE
        if (unit, reach) not in self._above:
            chain = self._step(self.now(unit))
            while reach == "CHAIN" and (further := self._step(chain) - chain):
                chain |= further
            self._above[unit, reach] = chain
        return self._above[unit, reach]

    def all_above(self, units: Iterable[str], reach: Reach) -> frozenset[str]:
        """Return the units above any of several."""
        return NONE.union(*(self.above(unit, reach) for unit in units))

    def _step(self, units: frozenset[str]) -> frozenset[str]:
        return self.all_now(self.parents[unit] for unit in units if unit in self.parents)


def reachable(begin: Iterable[str], following: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return everything that can be reached, the beginning too."""
    found = set(begin)
    waiting = list(found)
    while waiting:
        for one in following.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return frozenset(found)


def held(posts: Iterable[Post], day: date) -> frozenset[str]:
    """Return the units somebody belongs to on a day."""
    return frozenset(
        post.unit
        for post in posts
        if (post.since is None or post.since <= day) and (post.until is None or post.until >= day)
    )


def formerly_held(posts: Iterable[Post], day: date, years: int) -> frozenset[str]:
    """Return the units somebody has left within so many years before a day."""
    since = years_before(day, years)
    return frozenset(
        post.unit for post in posts if post.until is not None and since <= post.until < day
    )


def years_before(day: date, years: int) -> date:
    """Return the same day of an earlier year; of 29 February it is the day before 1 March."""
    year = max(day.year - years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
