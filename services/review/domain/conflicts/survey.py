"""All judges beside all entries.

`survey` looks up who is near through the units and persons they share instead of comparing
every pair; `check_enough` says whether every entry can have its judges.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kernel.errors import Refused
from services.review.domain.conflicts.grounds import Ground, Judge
from services.review.domain.conflicts.ties import Places, Ties
from services.review.domain.entries import Entry
from services.review.domain.units import NONE, Post

Whereabouts = tuple[frozenset[str], frozenset[Post]]


class NoJury(Refused):
    """Seat a jury first."""


class TooFewJudges(Refused):
    """Some entries have too few judges without a conflict."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Per entry, who is free to judge it and who is kept away on which ground.

    A judge who does not sit for an entry's field is in neither.
    """

    free: Mapping[str, tuple[str, ...]]
    kept_away: Mapping[str, Mapping[str, Ground]]


def survey(entries: Sequence[Entry], judges: Sequence[Judge], ties: Ties) -> Survey:
    """Compare every judge with every entry."""
    index = Index(judges, ties)
    kept_away = {entry.entry_id: index.kept_from(entry) for entry in entries}
    lists: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
    free = {}
    for entry in entries:
        kept = kept_away[entry.entry_id]
        key = (entry.area, frozenset(kept))
        if key not in lists:
            seated = index.seated(entry.area)
            lists[key] = tuple(judge for judge in seated if judge not in kept)
        free[entry.entry_id] = lists[key]
    return Survey(free, kept_away)


@dataclass(slots=True)
class Index:
    """The judges by the units and persons through which an entry may be near them."""

    judges: Sequence[Judge]
    ties: Ties
    by_id: dict[str, Judge] = field(init=False)
    now: dict[str, list[Judge]] = field(init=False)
    above: dict[str, list[Judge]] = field(init=False)
    former: dict[str, list[Judge]] = field(init=False)
    persons: dict[str, list[Judge]] = field(init=False)
    named: dict[str, set[str]] = field(init=False)
    fields: dict[str, dict[str, Judge]] = field(default_factory=dict)
    near: dict[Whereabouts, dict[str, Ground]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index every judge."""
        self.by_id = {judge.person_id: judge for judge in self.judges}
        self.now, self.above, self.former = {}, {}, {}
        self.persons = defaultdict(list)
        self.named = defaultdict(set)
        for judge in self.judges:
            self.persons[self.ties.people.one(judge.person_id)].append(judge)
            if not self.ties.is_unknown(judge):
                places = self.ties.places(judge.units or NONE, judge.posts)
                put(self.now, places.now, judge)
                put(self.above, places.above, judge)
                put(self.former, places.former, judge)
        said = self.ties.said
        for judge_id, entry_id in (*said.entries, *said.apart, *said.excused):
            self.named[entry_id].add(judge_id)
        for judge_id, author in said.authors:
            self.named[author].add(judge_id)

    def seated(self, area: str) -> dict[str, Judge]:
        """Return who sits for a field."""
        if area not in self.fields:
            self.fields[area] = {
                judge.person_id: judge for judge in self.judges if judge.sits_for(area)
            }
        return self.fields[area]

    def kept_from(self, entry: Entry) -> dict[str, Ground]:
        """Return the judges who are kept from an entry, each with the strongest ground."""
        seated = self.seated(entry.area)
        if entry.strangers:
            return {one: self.ties.between(judge, entry) or Ground.UNKNOWN_AUTHOR
                    for one, judge in seated.items()}  # fmt: skip
        kept = {
            judge: ground
            for judge, ground in self.near_to((entry.units, entry.posts)).items()
            if judge in seated
        }
        for judge_id in self.personally_near(entry):
            if judge_id in seated:
                kept.pop(judge_id, None)
                if ground := self.ties.between(seated[judge_id], entry):
                    kept[judge_id] = ground
        return dict(sorted(kept.items()))

    def personally_near(self, entry: Entry) -> set[str]:
        """Name the judges whom something other than a unit brings near an entry."""
        people = self.ties.people
        found = set(self.named.get(entry.entry_id, ()))
        for author in map(people.one, entry.author_ids):
            found |= self.named.get(author, set())
            for person in (author, *people.wrote_with.get(author, ())):
                found |= {judge.person_id for judge in self.persons.get(person, ())}
        return found

    def near_to(self, whereabouts: Whereabouts) -> dict[str, Ground]:
        """Return the judges near units, each with the strongest ground; unknown ones too."""
        if whereabouts not in self.near:
            places = self.ties.places(*whereabouts)
            found = {judge.person_id: Ground.UNKNOWN_UNIT for judge in self.judges
                     if self.ties.is_unknown(judge)}  # fmt: skip
            for judges, ground in self.by_strength(places):
                for judge in judges:
                    found.setdefault(judge.person_id, ground)
            self.near[whereabouts] = found
        return self.near[whereabouts]

    def by_strength(self, theirs: Places) -> Iterator[tuple[Iterable[Judge], Ground]]:
        """Look up the judges near places, on the strongest ground first."""
        for unit in theirs.now:
            yield self.now.get(unit, ()), Ground.OWN_UNIT
        for unit in theirs.now:
            yield self.above.get(unit, ()), Ground.RELATED_UNIT
        for unit in theirs.above:
            yield self.now.get(unit, ()), Ground.RELATED_UNIT
        for unit in theirs.now | theirs.former:
            yield self.former.get(unit, ()), Ground.FORMER_UNIT
        for unit in theirs.former:
            yield self.now.get(unit, ()), Ground.FORMER_UNIT


def put(index: dict[str, list[Judge]], units: Iterable[str], judge: Judge) -> None:
    """Index a judge by units."""
    for unit in units:
        index.setdefault(unit, []).append(judge)


def check_enough(found: Survey, titles: Mapping[str, str], needed: int, *, reveal: bool) -> None:
    """Raise unless every entry has the judges it needs.

    The entries are named as `“title” (free/needed: judge GROUND …)`. Without `reveal` the grounds
    stay out, for they tell a judge whose entry it is.
    """
    short = [entry_id for entry_id, free in found.free.items() if len(free) < needed]
    if short:
        grounds = {
            entry_id: ", ".join(f"{judge} {ground}" for judge, ground in kept.items())
            for entry_id, kept in found.kept_away.items()
        }
        raise TooFewJudges(
            "Too few judges are free of conflicts: {entries}. Seat other judges.",
            entries="; ".join(
                f"“{titles[entry_id]}” ({len(found.free[entry_id])}/{needed}"
                + (f": {grounds[entry_id]})" if reveal else ")")
                for entry_id in short
            ),
        )
