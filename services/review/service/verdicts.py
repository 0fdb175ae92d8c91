"""How verdicts and tables are told to the other services."""

from typing import assert_never

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.aggregation import Mean
from services.review.domain.entries import Entry
from services.review.domain.minutes.facts import AskedAgain
from services.review.domain.panel import CallOthers, LookAgain, Settled, Verdict, Waiting
from services.review.domain.ranking import Line
from services.review.store import RoundInPlay


def announce(work: Work, played: RoundInPlay, entry: Entry, verdict: Verdict) -> None:
    """Tell the other services what a panel decided."""
    match verdict:
        case Waiting() | CallOthers():
            pass
        case LookAgain(judges, spread):
            asked = AskedAgain(entry.code or "", tuple(sorted(judges)), spread)
            store.happen(work, played, asked)
            work.announce(
                review.SecondLookNeeded(
                    contest_id=played.contest_id,
                    round_id=played.round_id,
                    entry_id=entry.entry_id,
                    code=entry.code or "",
                    judge_ids=tuple(sorted(judges)),
                    spread=spread,
                )
            )
        case Settled(mean, criteria):
            work.announce(
                review.EntryScored(
                    contest_id=played.contest_id,
                    round_id=played.round_id,
                    entry_id=entry.entry_id,
                    average=average(mean),
                    criteria={code: average(one) for code, one in criteria.items()},
                )
            )
        case _:
            assert_never(verdict)


def average(mean: Mean) -> review.Average:
    """Say a mean in the words of the contract."""
    return review.Average(total=mean.total, count=mean.count)


def in_words(line: Line, code: str) -> review.RoundLine:
    """Say a line of the table in the words of the contract."""
    return review.RoundLine(
        entry_id=line.entry_id,
        code=code,
        average=average(line.mean),
        criteria={criterion: average(one) for criterion, one in line.criteria.items()},
        score=line.score,
        rank=line.rank,
        advances=line.advances,
        tied_at_cutoff=line.tied_at_cutoff,
        highest=line.highest,
        firsts=line.firsts,
    )
