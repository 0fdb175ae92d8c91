"""When two initiatives are one told twice, and what becomes of them. Start with `find_twins`.

The same text is a twin, and so is one that shares nearly all its fingerprints: of an original
and its copy with a few words changed, most survive. Both are of the title and the text together.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.originality.domain.verdict import share

# One word in thirty changed leaves 55 to 65 % of both sides' fingerprints in common; texts that
# are told apart by anybody have hardly any, and half a text has half.
ALIKE = Decimal("0.55")
FEWEST = 4  # fingerprints; of shorter texts only the very same are twins


@dataclass(frozen=True, slots=True)
class Told:
    """An initiative as it is told: `digest` tells texts apart, `prints` are its fingerprints."""

    code: str
    title: str
    digest: str
    prints: frozenset[int]


@dataclass(frozen=True, slots=True)
class Shared:
    """What an initiative of the register has in common with one told: fingerprints, or all."""

    code: str
    title: str
    digest: str
    prints: int  # how many it has
    shared: int


@dataclass(frozen=True, slots=True)
class Pair:
    """An initiative and the one it repeats; `place` is that one's among those told, or None."""

    code: str
    title: str
    likeness: Decimal
    place: int | None = None


def likeness(shared: int, one: int, other: int) -> Decimal:
    """Return the share of the fingerprints of both that both have (Jaccard), 0..1."""
    return share(shared, one + other - shared)


def known_twin(told: Told, sharing: Sequence[Shared]) -> Pair | None:
    """Return which of the register it repeats most; one of its own code is itself."""
    pairs = [
        Pair(other.code, other.title, alike)
        for other in sharing
        if other.code != told.code
        and (alike := _alike(told, other.digest, other.prints, other.shared)) >= ALIKE
    ]
    return max(pairs, key=lambda pair: (pair.likeness, pair.code), default=None)


def find_twins(told: Sequence[Told]) -> dict[int, Pair]:
    """Return which of those told repeat an earlier one: place to the one it repeats most."""
    having: dict[int, list[int]] = defaultdict(list)
    first: dict[str, int] = {}
    found: dict[int, Pair] = {}
    for place, one in enumerate(told):
        shared = Counter(other for value in one.prints for other in having[value])
        same = first.setdefault(one.digest, place)
        if same != place:
            shared[same] = len(one.prints)
        alike = {
            other: _alike(one, told[other].digest, len(told[other].prints), count)
            for other, count in shared.items()
        }
        best = max(alike, key=lambda other: (alike[other], -other), default=None)
        if best is not None and alike[best] >= ALIKE:
            found[place] = Pair(told[best].code, told[best].title, alike[best], best)
        for value in one.prints:
            having[value].append(place)
    return found


def _alike(told: Told, digest: str, prints: int, shared: int) -> Decimal:
    """Return how alike two are; 1 for the same text, 0 for too short ones that differ."""
    if told.digest == digest:
        return Decimal(1)
    if min(len(told.prints), prints) < FEWEST:
        return Decimal(0)
    return min(likeness(shared, len(told.prints), prints), Decimal("0.9999"))


@dataclass(frozen=True, slots=True)
class Span:
    """When an initiative was applied, as far as is known."""

    first: date | None
    last: date | None

    def merged(self, other: "Span") -> "Span":
        """Return when either was applied: the earlier known first day, the later known last."""
        first = min((day for day in (self.first, other.first) if day), default=None)
        last = max((day for day in (self.last, other.last) if day), default=None)
        return replace(self, first=first, last=last)


def keeper(place: int, pairs: Mapping[int, Pair]) -> int:
    """Follow twins of twins to the one that is kept."""
    while (pair := pairs.get(place)) is not None and pair.place is not None:
        place = pair.place
    return place
