"""Prizes where entries compete in classes, each with prizes of its own. Start with `draw`."""

from collections.abc import Mapping

from contracts.rules import EntryClass, Prize, Rules
from contracts.rules.reckoning import Place
from kernel.errors import Refused
from services.awards.domain.prizes import Council, Drawn, Outcome, Tied, allot
from services.awards.domain.prizes.allotting import NO_AUTHORS, Authors
from services.awards.domain.prizes.siding import add_side_prizes
from services.awards.domain.ranking import Candidate, rank


class NoClass(Refused):
    """An entry belongs to none of the classes of the contest; amend the rules."""


def draw(
    candidates: tuple[Candidate, ...],
    rules: Rules,
    council: Council,
    kinds: Mapping[str, str | None],
    authors: Authors = NO_AUTHORS,
) -> tuple[tuple[Place, ...], Outcome]:
    """Place the candidates and give the prizes, class by class; ranks count within a class.

    `kinds` are the kinds of entries by their id; without classes nobody asks for them. Nor for
    `authors`, but where an author gets the best prize only: among those of a class.
    """
    if not rules.entrants.classes:
        return draw_table(candidates, rules.prizes, rules, council, authors)
    all_places: tuple[Place, ...] = ()
    drawn: list[Outcome] = []
    for code, own in by_class(candidates, rules, kinds).items():
        prizes = tuple(one for one in rules.prizes if one.entry_class == code)
        places, outcome = draw_table(own, prizes, rules, council, authors)
        all_places += places
        drawn.append(outcome)
    return all_places, together(drawn)


def draw_table(
    candidates: tuple[Candidate, ...],
    prizes: tuple[Prize, ...],
    rules: Rules,
    council: Council,
    authors: Authors,
) -> tuple[tuple[Place, ...], Outcome]:
    """Place those who are ranked together and give them one table of prizes, side prizes last."""
    places = rank(candidates, rules, council.votes)
    left = council.left(prizes)
    main = tuple(one for one in left if one.side_by is None)
    outcome = allot(places, main, rules.awarding, authors)
    if isinstance(outcome, Drawn) and len(main) < len(left):
        side = tuple(one for one in left if one.side_by is not None)
        outcome = add_side_prizes(outcome, candidates, places, side, rules, council, authors)
    return places, outcome


def rivals(
    candidates: tuple[Candidate, ...], rules: Rules, kinds: Mapping[str, str | None]
) -> tuple[tuple[Candidate, ...], ...]:
    """Return the candidates who are ranked together: class by class, or all."""
    if not rules.entrants.classes:
        return (candidates,)
    return tuple(by_class(candidates, rules, kinds).values())


def together(outcomes: list[Outcome]) -> Outcome:
    """Join the outcomes of the classes: one unfair tie keeps the whole list from being drawn."""
    ties = tuple(tie for one in outcomes if isinstance(one, Tied) for tie in one.ties)
    if ties:
        return Tied(ties)
    drawn = [one for one in outcomes if isinstance(one, Drawn)]
    return Drawn(
        tuple(line for one in drawn for line in one.lines),
        tuple(passed for one in drawn for passed in one.passed),
    )


def by_class(
    candidates: tuple[Candidate, ...], rules: Rules, kinds: Mapping[str, str | None]
) -> dict[str, tuple[Candidate, ...]]:
    """Sort candidates into the classes, in the order of the rules."""
    sorted_in: dict[str, list[Candidate]] = {one.code: [] for one in rules.entrants.classes}
    for each in candidates:
        sorted_in[class_of(kinds.get(each.entry_id), rules.entrants.classes).code].append(each)
    return {code: tuple(own) for code, own in sorted_in.items()}


def class_of(kind: str | None, classes: tuple[EntryClass, ...]) -> EntryClass:
    """Return the class for a kind of entry. Raises `NoClass`."""
    found = next((one for one in classes if kind in one.kinds), None)
    if found is None:
        raise NoClass("No class of this contest takes {kind} entries.", kind=kind or "?")
    return found
