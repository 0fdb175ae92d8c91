"""What follows from a panel's verdict: others are called, some look again, or it stands."""

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.assignment import calling
from services.review.domain.entries import Entry
from services.review.domain.minutes.facts import AskedAgain
from services.review.domain.panel import CallOthers, LookAgain, Panel, Verdict
from services.review.service.surveying import gather
from services.review.service.verdicts import announce


def follow(
    work: Work, played: store.RoundInPlay, entry: Entry, panel: Panel, verdict: Verdict
) -> None:
    """Write down and announce what a panel decided, calling other judges where it wants them."""
    if isinstance(verdict, CallOthers):
        called = others(work, played, entry, panel, everybody=verdict.everybody)
        panel = panel.call(called)
        if called:
            what = AskedAgain(entry.code or "", tuple(called), verdict.spread, called=True)
            store.happen(work, played, what)
            came = (frozenset[str](), frozenset(called))
            store.reseat(work.session, played, {entry.entry_id: came})
            work.announce(
                review.JudgesAssigned(
                    contest_id=played.contest_id,
                    round_id=played.round_id,
                    entry_id=entry.entry_id,
                    code=entry.code or "",
                    judge_ids=tuple(sorted(panel.judge_ids)),
                )
            )
        else:
            announce(work, played, entry, LookAgain(panel.asked, verdict.spread))
    else:
        announce(work, played, entry, verdict)
    if panel.asked or panel.called:
        store.save_verdict(work.session, played, entry.entry_id, panel)


def others(
    work: Work, played: store.RoundInPlay, entry: Entry, panel: Panel, *, everybody: bool
) -> tuple[str, ...]:
    """Choose who is called: every judge free to mark the entry, or the least busy of them."""
    contest = store.load_contest(work.session, played.contest_id)
    field = gather(work, contest, played.rules, [entry])
    loads = store.loads(work.session, played)
    return calling.others(field, entry, panel.judge_ids, loads, everybody=everybody)
