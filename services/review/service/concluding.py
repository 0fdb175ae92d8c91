"""What close_round calls: the table of a round, from its sheets and what lies beside them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Literal

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
) -> tuple[tuple[review.RoundLine, ...], dict[str, Decimal]]:
    """Rank the entries named by `codes` and say who goes on, by the sheets and the votes taken.

    Beside the table: what was taken off each judge's totals where corrected scores count.

    Raises `CouncilVoteNeeded` while equals at the cut-off wait for the council.
    """
    table, beside = ranked(work, crunch, contest, played, {one: panels[one] for one in codes})
    if not rounds.is_last(contest.rules, played.round_id):
        cut_off(played.rules, beside).check_decided(table, codes)
    if beside.severities:
        store.save_severities(work.session, played, beside.severities)
    told = tuple(in_words(line, codes[line.entry_id]) for line in table)
    return told, dict(beside.severities)


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
    entries: tuple[Entry, ...] = ()
    if grouped_by(played.rules) != "round":
        entries = store.load_entries(work.session, contest.contest_id, among)
    return Beside(
        earlier=earlier_values(work, played),
        votes=store.load_votes(work, played),
        groups=groups(contest.rules, played.rules, entries),
    )


def earlier_values(work: Work, played: store.RoundInPlay) -> dict[str, dict[str, Values]]:
    """Return what the chain of a round may name of other rounds that are closed."""
    named = {link.partition(".")[0] for link in played.rules.tie_break} - {played.round_id}
    closed = store.load_closed(work.session, played.contest_id, named)
    return {
        round_id: {line.entry_id: values_told(line) for line in one.table}
        for round_id, one in closed.items()
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
    match grouped_by(one):
        case "round":
            return {}
        case "area":
            return {entry.entry_id: entry.area for entry in entries}
        case "class":
            classes: dict[str | None, str] = {
                kind: each.code for each in rules.entrants.classes for kind in each.kinds
            }
            return {entry.entry_id: classes.get(entry.kind, "") for entry in entries}


def grouped_by(one: Round) -> Literal["round", "area", "class"]:
    """Say what each of is cut off by itself."""
    return one.advance.per if one.advance else "round"
