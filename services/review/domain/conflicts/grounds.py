"""What can stand between a judge and an entry, and what was said about it by whom.

Three kinds are kept apart: what is *found* is computed afresh from who and where people are;
what is *declared* stands until whoever said it, or the chair, takes it back; what is *pinned*
stands until the chair lifts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from services.review.domain.units import Post

Kind = Literal["FOUND", "DECLARED", "PINNED"]


class Ground(StrEnum):
    """Why a judge is kept from an entry, the strongest first."""

    AUTHOR = "AUTHOR"
    UNKNOWN_AUTHOR = "UNKNOWN_AUTHOR"  # an author nobody has registered
    UNKNOWN_UNIT = "UNKNOWN_UNIT"  # a judge of whom nobody has said where they belong
    PINNED = "PINNED"
    DECLARED = "DECLARED"
    CO_AUTHOR = "CO_AUTHOR"  # has written an entry with an author
    OWN_UNIT = "OWN_UNIT"
    RELATED_UNIT = "RELATED_UNIT"  # a unit above or below, as far as the rules reach
    FORMER_UNIT = "FORMER_UNIT"  # a unit one of them has left

    @property
    def kind(self) -> Kind:
        """Say which of the three kinds it is."""
        return SAID.get(self, "FOUND")

    @property
    def strength(self) -> int:
        """Return its place among the grounds; the strongest has the least."""
        return STRENGTH[self]


SAID: Mapping[Ground, Kind] = {Ground.DECLARED: "DECLARED", Ground.PINNED: "PINNED"}
STRENGTH: Mapping[Ground, int] = {ground: place for place, ground in enumerate(Ground)}
# What the chair may state to be no obstacle. Of nobody's own entry can that be said, and what
# is unknown becomes known by registering people, not by a word of the chair.
EXCUSABLE = frozenset({Ground.CO_AUTHOR, Ground.OWN_UNIT, Ground.RELATED_UNIT, Ground.FORMER_UNIT})


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge and where they belong.

    `units` is None where nobody said: neither the seat names a unit nor is the person
    registered; then only a post they hold tells where they belong, one that ended does not. An
    empty set is somebody known to be outside every unit. `posts` are dated; `areas` are the
    fields they sit for, None for every field.
    """

    person_id: str
    units: frozenset[str] | None
    posts: frozenset[Post] = frozenset()
    areas: frozenset[str] | None = None

    def sits_for(self, area: str) -> bool:
        """Say whether entries of a field come before this judge."""
        return self.areas is None or area in self.areas


@dataclass(frozen=True, slots=True)
class Bar:
    """One ground that keeps a judge from an entry, and what it rests on.

    `ours` and `theirs` are the units on the judge's and the entry's side as they are today.
    `said_by` is the id of the declaration or of the pin; `excused_by` that of a pin by which
    the chair has stated that this ground is no obstacle.
    """

    ground: Ground
    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    said_by: str | None = None
    excused_by: str | None = None


Pair = tuple[str, str]  # a judge and an entry, or a judge and an author


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is declared and pinned now, each with its id.

    `entries` and `authors` are declared, about an entry or about a person wherever they are an
    author; `apart` and `excused` are pinned by the chair.
    """

    entries: Mapping[Pair, str] = field(default_factory=dict)
    authors: Mapping[Pair, str] = field(default_factory=dict)
    apart: Mapping[Pair, str] = field(default_factory=dict)
    excused: Mapping[Pair, Mapping[Ground, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class People:
    """Who is who, and who has written with whom.

    `same` gives every id of somebody known under several the one that stands for all of them.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    wrote_with: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def one(self, person_id: str) -> str:
        """Return the id that stands for a person."""
        return self.same.get(person_id, person_id)


def identities(pairs: list[Pair]) -> dict[str, str]:
    """Join ids that are said to be one person's; the least of them stands for all."""
    same: dict[str, str] = {}

    def root(one: str) -> str:
        while (parent := same.get(one, one)) != one:
            one = parent
        return one

    for left, right in pairs:
        first, second = sorted((root(left), root(right)))
        same[left] = same[right] = same[second] = same[first] = first
    return {one: root(one) for one in same}
