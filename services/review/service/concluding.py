"""What close_round calls: the table of a round, from its sheets and what lies beside them."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from contracts import review
from contracts.rules import Round, Rules
from kernel.crunch import Crunch
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.aggregation import Mean
from services.review.domain.concluding import Beside, conclude, cut_off
from services.review.domain.entries import Entry
from services.review.domain.panel import Panel
from services.review.domain.ranking import Line, Values, values
from services.review.service.calibrating import severities_counting
from services.review.service.verdicts import in_words


def concluded(  # noqa: PLR0913, PLR0917  # what a table rests on
    work: Work,
    crunch: Crunch,
    contest: store.Contest,
    played: store.RoundInPlay,
    codes: Mapping[str, str],
    panels: Mapping[str, Panel],
) -> tuple[review.RoundLine, ...]:
    """Rank the entries named by `codes` and say who goes on, by the sheets and the votes taken.

    Raises `CouncilVoteNeeded` while equals at the cut-off wait for the council.
    """
    table, beside = ranked(work, crunch, contest, played, {one: panels[one] for one in codes})
    if not rounds.is_last(contest.rules, played.round_id):
        cut_off(played.rules, beside).check_decided(table, codes)
    if beside.severities:
        store.save_severities(work.session, played, beside.severities)
    return tuple(in_words(line, codes[line.entry_id]) for line in table)


def ranked(
    work: Work,
    crunch: Crunch,
    contest: store.Contest,
    played: store.RoundInPlay,
    counted: Mapping[str, Panel],
) -> tuple[tuple[Line, ...], Beside]:
    """Return the table as it stands, and what it rests on beside the sheets."""
    severities = severities_counting(crunch, played, counted)
    beside = replace(beside_sheets(work, contest, played, counted), severities=severities)
    is_last = rounds.is_last(contest.rules, played.round_id)
    return conclude(played.rules, counted, beside, is_last=is_last), beside


def beside_sheets(
    work: Work, contest: store.Contest, played: store.RoundInPlay, among: Collection[str]
) -> Beside:
    """Gather what a table of these entries rests on beside the sheets, severities left aside."""
    entries = store.load_entries(work.session, contest.contest_id, among)
    return Beside(
        earlier=earlier_values(work, contest.contest_id),
        votes=store.load_votes(work, played),
        groups=groups(contest.rules, played.rules, entries),
    )


def earlier_values(work: Work, contest_id: str) -> dict[str, dict[str, Values]]:
    """Return what a chain may name of the rounds that are closed."""
    return {
        round_id: {line.entry_id: values_told(line) for line in one.table}
        for round_id, one in store.load_closed(work.session, contest_id).items()
    }


def values_told(line: review.RoundLine) -> Values:
    """Read what a chain may name off a line of a table; older tables tell less."""
    criteria = {code: Mean(one.total, one.count) for code, one in line.criteria.items()}
    mean = Mean(line.average.total, line.average.count)
    told = values(mean, criteria, line.highest or mean.total, line.firsts or 0)
    unknown = {"highest"} if line.highest is None else set()
    unknown |= {"firsts"} if line.firsts is None else set()
    return {name: value for name, value in told.items() if name not in unknown}


def groups(rules: Rules, one: Round, entries: tuple[Entry, ...]) -> dict[str, str]:
    """Name the area or class of each entry where each is cut off by itself."""
    per = one.advance.per if one.advance else "round"
    if per == "round":
        return {}
    if per == "area":
        return {entry.entry_id: entry.area for entry in entries}
    classes: dict[str | None, str] = {
        kind: each.code for each in rules.entrants.classes for kind in each.kinds
    }
    return {entry.entry_id: classes.get(entry.kind, "") for entry in entries}
