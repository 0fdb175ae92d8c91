"""How places become prizes. Start with `allot`; pure, and the same whatever the input order.

A prize goes to at most `count` entries that reach its minimum score, and may stay unawarded. A
tie that only a guess could break is never guessed: it is reported, unless the rules share the
prize among equals.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, groupby

from contracts.rules import Awarding, Prize
from contracts.rules.reckoning import Place

Authors = Mapping[str, frozenset[str]]  # the authors of entries, by the entry's id
NO_AUTHORS: Authors = {}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that gets a prize; where it is shared, `parts` of its money in `of`."""

    entry_id: str
    prize: str
    score: Decimal
    rank: int
    parts: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry good enough for a prize whose author holds a better one, with the entry `by`."""

    entry_id: str
    by: str


@dataclass(frozen=True, slots=True)
class Tied:
    """These groups of entries stand across the edge of a prize and nothing parts them."""

    ties: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The prizes are given, best first; `passed` names who was passed over, and for whom."""

    lines: tuple[Line, ...]
    passed: tuple[Passed, ...] = ()


Outcome = Tied | Drawn


def allot(
    places: Sequence[Place],
    prizes: Sequence[Prize],
    awarding: Awarding = Awarding(),  # noqa: B008  # a frozen value
    authors: Authors = NO_AUTHORS,
    holders: Mapping[str, str] = {},  # never changed
) -> Outcome:
    """Give the prizes, best first, to the best placed who reach their minimum score.

    `holders` are authors who hold a prize already, with the entry that won it.
    """
    ordered = sorted(places, key=lambda place: (place.rank, place.entry_id))
    groups = [list(equals) for _, equals in groupby(ordered, key=lambda place: place.rank)]
    giving = Giving(groups, awarding, authors, dict(holders))
    for prize in prizes:
        giving.give(prize)
    if giving.tied:
        by_rank = {group[0].rank: group for group in groups_of(ordered)}
        return Tied(
            tuple(tuple(place.entry_id for place in by_rank[rank]) for rank in sorted(giving.tied))
        )
    given = giving.given
    return Drawn(
        tuple(given[place.entry_id] for place in ordered if place.entry_id in given),
        tuple(
            Passed(place.entry_id, giving.passed[place.entry_id])
            for place in ordered
            if place.entry_id in giving.passed
        ),
    )


def vacated(outcome: Outcome, entries: Collection[str]) -> Outcome:
    """Leave vacant what these entries would get, as their prizes were taken back."""
    if isinstance(outcome, Tied):
        return outcome
    return Drawn(
        tuple(line for line in outcome.lines if line.entry_id not in entries),
        tuple(one for one in outcome.passed if one.entry_id not in entries),
    )


def groups_of(ordered: Sequence[Place]) -> Iterator[tuple[Place, ...]]:
    """Return those of equal rank together."""
    for _, equals in groupby(ordered, key=lambda place: place.rank):
        yield tuple(equals)


@dataclass(slots=True)
class Giving:
    """The giving of one table's prizes, as far as it has come.

    `waiting` are the groups of equals without a prize, best first; `over` is how many more got a
    prize than there were, where that leaves fewer of the next; `tied` are ranks nothing parts.
    """

    waiting: list[list[Place]]
    awarding: Awarding
    authors: Authors
    holders: dict[str, str]
    given: dict[str, Line] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    tied: set[int] = field(default_factory=set)
    over: int = 0

    def give(self, prize: Prize) -> None:
        """Give one kind of prize to whoever is next, as long as there are any left of it."""
        room = max(prize.count - self.over, 0)
        self.over = max(self.over - prize.count, 0)
        while room and self.waiting:
            if self.waiting[0][0].score < prize.min_score:
                return
            if not (equals := self.free(self.waiting[0])):
                del self.waiting[0]
                continue
            if self.is_one_authors(equals):
                # Which of their own entries wins is nobody's to guess, nor who gets what after it.
                self.tied.add(equals[0].rank)
                self.waiting.clear()
                return
            room -= self.hand_out(prize, equals, room)

    def hand_out(self, prize: Prize, equals: list[Place], room: int) -> int:
        """Give a prize to a group of equals; return how much room that takes."""
        if len(equals) <= room or prize.shared != "never":
            del self.waiting[0]
            if (beyond := len(equals) - room) > 0 and self.awarding.after_share == "fewer":
                self.over += beyond
            splits = beyond > 0 and prize.shared == "split"
            parts, of = (room, len(equals)) if splits else (1, 1)
            self.record(prize, equals, parts, of)
            return min(room, len(equals))
        self.tied.add(equals[0].rank)
        self.record(prize, equals[:room])
        self.waiting[0] = equals[room:]
        if self.awarding.per_author == "best":
            self.waiting.clear()  # what follows depends on who of them wins
        return room

    def record(self, prize: Prize, winners: Sequence[Place], parts: int = 1, of: int = 1) -> None:
        """Write down who got a prize."""
        for place in winners:
            self.given[place.entry_id] = Line(
                place.entry_id, prize.code, place.score, place.rank, parts, of
            )
            for author in self.authors.get(place.entry_id, frozenset()):
                self.holders.setdefault(author, place.entry_id)

    def free(self, equals: list[Place]) -> list[Place]:
        """Leave out those whose author holds a better prize, where the rules say so."""
        if self.awarding.per_author == "every":
            return equals
        for place in equals:
            held = self.authors.get(place.entry_id, frozenset()) & self.holders.keys()
            if held:
                self.passed[place.entry_id] = self.holders[min(held)]
        return [place for place in equals if place.entry_id not in self.passed]

    def is_one_authors(self, equals: list[Place]) -> bool:
        """Say whether two of these equals have an author in common who may win but once."""
        if self.awarding.per_author == "every":
            return False
        of = [self.authors.get(place.entry_id, frozenset()) for place in equals]
        return any(one & other for one, other in combinations(of, 2))
