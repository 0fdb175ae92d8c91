"""How an explanation is put together from what is stored."""

from dataclasses import replace

from msgspec import structs

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.aggregation import Mean
from services.review.domain.entries import Entry
from services.review.domain.explaining import Told, explain
from services.review.domain.explaining.words import told
from services.review.domain.ranking import Line
from services.review.service.concluding import beside_sheets


def explained(work: Work, contest: store.Contest, entry: Entry) -> review.Explanation:
    """Explain an entry's place in every closed round it was in, in the order of the rules."""
    closed = store.load_closed(work.session, contest.contest_id)
    found = []
    for rule in contest.rules.rounds:
        if rule.id not in closed:
            continue
        one = round_told(work, contest, closed[rule.id])
        if (line := one.line(entry.entry_id)) is not None:
            own = [entry.entry_id]
            given = store.load_history(work.session, closed[rule.id], own)[entry.entry_id]
            found.append(explain(one, line, given))
    explanation = review.Explanation(
        entry_id=entry.entry_id,
        code=entry.code or "",
        title=entry.title,
        rounds=tuple(found),
    )
    return structs.replace(explanation, text=told(explanation, contest.rules.timezone))


def round_told(work: Work, contest: store.Contest, played: store.RoundInPlay) -> Told:
    """Read a closed round with all that its table rests on."""
    in_it = {line.entry_id for line in played.table}
    return Told(
        rules=played.rules,
        table=tuple(line_from(line) for line in played.table),
        codes={line.entry_id: line.code for line in played.table},
        beside=replace(beside_sheets(work, contest, played, in_it), severities=played.severities),
        is_last=rounds.is_last(contest.rules, played.round_id),
    )


def line_from(line: review.RoundLine) -> Line:
    """Read a line of a stored table."""
    return Line(
        line.entry_id,
        Mean(line.average.total, line.average.count),
        {code: Mean(one.total, one.count) for code, one in line.criteria.items()},
        line.score,
        line.rank,
        line.advances,
        line.tied_at_cutoff,
        line.highest or line.average.total,
        line.firsts or 0,
    )
