"""One judge beside one entry: `Ties.bars` names all that stands between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from contracts.rules import ConflictRules
from services.review.domain.conflicts.grounds import Bar, Ground, Judge, People, Said
from services.review.domain.entries import Entry
from services.review.domain.units import NONE, Post, Units, formerly_held, held


@dataclass(frozen=True, slots=True)
class Ties:
    """All that nearness is judged by, as of the day of `units`."""

    units: Units
    rules: ConflictRules = field(default_factory=ConflictRules)
    people: People = field(default_factory=People)
    said: Said = field(default_factory=Said)

    def between(self, judge: Judge, entry: Entry) -> Ground | None:
        """Name the strongest ground that keeps the judge from the entry, if any does."""
        return next((bar.ground for bar in self.bars(judge, entry) if not bar.excused_by), None)

    def bars(self, judge: Judge, entry: Entry) -> tuple[Bar, ...]:
        """Name every ground, the strongest first, and those the chair has excused."""
        excused = self.said.excused.get((judge.person_id, entry.entry_id), {})
        found = [*self.by_person(judge, entry), *self.by_word(judge, entry)]
        found += self.by_unit(judge, entry.units, entry.posts)
        return tuple(
            Bar(bar.ground, bar.ours, bar.theirs, bar.said_by, excused.get(bar.ground))
            for bar in sorted(found, key=lambda bar: bar.ground.strength)
        )

    def by_person(self, judge: Judge, entry: Entry) -> Iterator[Bar]:
        """Compare persons: an author, an author's co-author, an author nobody knows."""
        who = self.people.one(judge.person_id)
        authors = {self.people.one(author) for author in entry.author_ids}
        if who in authors:
            yield Bar(Ground.AUTHOR)
        if entry.strangers:
            yield Bar(Ground.UNKNOWN_AUTHOR)
        if self.rules.co_authors and self.people.wrote_with.get(who, NONE) & authors:
            yield Bar(Ground.CO_AUTHOR)

    def by_word(self, judge: Judge, entry: Entry) -> Iterator[Bar]:
        """Look up what was declared and pinned."""
        pair = (judge.person_id, entry.entry_id)
        if pin := self.said.apart.get(pair):
            yield Bar(Ground.PINNED, said_by=pin)
        about = [self.said.entries.get(pair)]
        about += [
            self.said.authors.get((judge.person_id, self.people.one(author)))
            for author in sorted(entry.author_ids)
        ]
        if declared := next(filter(None, about), None):
            yield Bar(Ground.DECLARED, said_by=declared)

    def by_unit(
        self, judge: Judge, units: frozenset[str], posts: frozenset[Post] = frozenset()
    ) -> Iterator[Bar]:
        """Compare units, those of today and those that were left not long ago."""
        if self.is_unknown(judge):
            yield Bar(Ground.UNKNOWN_UNIT)
            return
        ours, theirs = self.places(judge.units or NONE, judge.posts), self.places(units, posts)
        if same := ours.now & theirs.now:
            yield Bar(Ground.OWN_UNIT, same, same)
        above, below = ours.above & theirs.now, theirs.above & ours.now
        if above or below:
            yield Bar(Ground.RELATED_UNIT, below or ours.now, above or theirs.now)
        left = ours.former & (theirs.now | theirs.former)
        if joined := left | (theirs.former & ours.now):
            yield Bar(Ground.FORMER_UNIT, joined, joined)

    def is_unknown(self, judge: Judge) -> bool:
        """Say whether nobody has said where a judge belongs on the day."""
        return judge.units is None and not held(judge.posts, self.units.on)

    def places(self, units: frozenset[str], posts: frozenset[Post]) -> "Places":
        """Say where somebody belongs on the day, what is above it, and where they belonged."""
        day = self.units.on
        current = units | held(posts, day)
        former = formerly_held(posts, day, self.rules.former_years)
        return Places(
            self.units.all_now(current),
            self.units.all_above(current, self.rules.units),
            self.units.all_now(former),
        )


@dataclass(frozen=True, slots=True)
class Places:
    """The units on one side of a comparison, as they are on the day."""

    now: frozenset[str]
    above: frozenset[str]
    former: frozenset[str]
