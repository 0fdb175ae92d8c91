"""Side prizes (giải phụ): for entries that the table of prizes left without one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contracts.rules import Prize, Rules
from contracts.rules.awarding import BY_COUNCIL
from contracts.rules.reckoning import Merit, Place, placed
from services.awards.domain.prizes.allotting import (
    Authors,
    Drawn,
    Line,
    Outcome,
    allot,
)
from services.awards.domain.prizes.council import Council
from services.awards.domain.prizes.refusals import NotForASidePrize
from services.awards.domain.ranking import Candidate, exact


def add_side_prizes(  # noqa: PLR0913, PLR0917  # what one table of prizes rests on
    drawn: Drawn,
    candidates: Sequence[Candidate],
    places: Sequence[Place],
    prizes: Sequence[Prize],
    rules: Rules,
    council: Council,
    authors: Authors,
) -> Outcome:
    """Give the side prizes to those without a prize: by their value, or as the council names.

    A line keeps the final score and rank. Raises `NotForASidePrize`.
    """
    ranked = {place.entry_id: place for place in places}
    by_id = {each.entry_id: each for each in candidates}
    lines, passed = list(drawn.lines), list(drawn.passed)
    for prize in prizes:
        without = {entry for entry in ranked if entry not in {line.entry_id for line in lines}}
        if prize.side_by == BY_COUNCIL:
            lines += named(prize, council, ranked, without)
            if rules.awarding.per_author == "best":
                check_authors(prize, lines, authors)
            continue
        outcome = allot(
            by_value(prize, [by_id[entry] for entry in sorted(without)], rules, council),
            (prize,),
            rules.awarding,
            authors,
            holders(lines, authors),
        )
        if not isinstance(outcome, Drawn):
            return outcome
        for line in outcome.lines:
            place = ranked[line.entry_id]
            lines.append(replace(line, score=place.score, rank=place.rank))
        known = {one.entry_id for one in passed}
        passed += [one for one in outcome.passed if one.entry_id not in known]
    winners = {line.entry_id for line in lines}
    return Drawn(tuple(lines), tuple(one for one in passed if one.entry_id not in winners))


def by_value(
    prize: Prize, left: Sequence[Candidate], rules: Rules, council: Council
) -> tuple[Place, ...]:
    """Place entries by the one value a side prize goes by."""
    round_id, part = (prize.side_by or "").split(".", 1)
    merits = {each.entry_id: Merit(exact(each, round_id, part)) for each in left}
    return tuple(placed(merits, rules.final_rounding, council.votes)) if merits else ()


def named(
    prize: Prize, council: Council, ranked: Mapping[str, Place], without: set[str]
) -> list[Line]:
    """Return a line for each entry the council named."""
    entries = dict.fromkeys(council.chosen.get(prize.code, ()))
    if wrong := [entry for entry in entries if entry not in without]:
        raise NotForASidePrize(
            "{prize} goes to ranked entries that have no other prize; these are not such: "
            "{entries}. Name others.",
            prize=prize.name,
            entries=", ".join(wrong),
        )
    best = sorted(entries, key=lambda entry: (ranked[entry].rank, entry))
    return [Line(one, prize.code, ranked[one].score, ranked[one].rank) for one in best]


def check_authors(prize: Prize, lines: Sequence[Line], authors: Authors) -> None:
    """Raise if an author who gets the best prize alone would have another by being named."""
    held = holders(lines, authors)
    again = [
        line.entry_id
        for line in lines
        if any(held[author] != line.entry_id for author in authors.get(line.entry_id, ()))
    ]
    if again:
        raise NotForASidePrize(
            "By the rules an author gets the best prize alone; an author of these has one: "
            "{entries}. Name others for {prize}.",
            prize=prize.name,
            entries=", ".join(again),
        )


def holders(lines: Sequence[Line], authors: Authors) -> dict[str, str]:
    """Return the authors who hold a prize, with the entry that won it."""
    held: dict[str, str] = {}
    for line in lines:
        for author in authors.get(line.entry_id, frozenset()):
            held.setdefault(author, line.entry_id)
    return held
