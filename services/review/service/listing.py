"""All conflicts of a contest, by entry, with the grounds they rest on."""

from collections import defaultdict

from contracts import review
from kernel.database import Work
from services.review import store
from services.review.domain.conflicts import Bar, Ground, Judge, Ties, survey
from services.review.domain.entries import Entry, Standing
from services.review.service import words

EVERY_JUDGE = "*"


def conflicts(
    work: Work, contest: store.Contest, asked: review.ListConflicts
) -> review.ConflictList:
    """Return a page of the entries that something keeps judges from."""
    judges = {
        judge.person_id: judge
        for judge in store.load_judges(work.session, contest.contest_id)
        if asked.judge_id in (None, judge.person_id)
    }
    ties = store.load_ties(work, contest, list(judges.values()))
    entries = store.with_posts(work.session, wanted(work, asked))
    found = survey(entries, list(judges.values()), ties)
    excused: defaultdict[str, set[str]] = defaultdict(set)
    for judge_id, entry_id in ties.said.excused:
        excused[entry_id].add(judge_id)
    listed: list[review.EntryConflicts] = []
    after = None
    for entry in entries:
        named = {*found.kept_away[entry.entry_id], *excused[entry.entry_id]} & judges.keys()
        lines = lines_of(entry, [judges[one] for one in sorted(named)], ties)
        if not lines:
            continue
        if len(listed) == max(1, asked.most):
            after = listed[-1].entry_id
            break
        listed.append(
            review.EntryConflicts(
                entry_id=entry.entry_id,
                code=entry.code or "",
                title=entry.title,
                area=entry.area,
                free=len(found.free[entry.entry_id]),
                lines=lines,
            )
        )
    return review.ConflictList(
        as_of=ties.units.on, judges=tuple(judges), entries=tuple(listed), after=after
    )


def wanted(work: Work, asked: review.ListConflicts) -> list[Entry]:
    """Return the entries that are asked about and still in the contest."""
    among = None
    if asked.entry_id is not None:
        among = [store.entry_named(work.session, asked.contest_id, asked.entry_id).entry_id]
    return [
        entry
        for entry in store.load_entries(work.session, asked.contest_id, among)
        if entry.entry_id > asked.after and entry.standing is not Standing.OUT
    ]


def lines_of(entry: Entry, judges: list[Judge], ties: Ties) -> tuple[review.ConflictLine, ...]:
    """Say all that keeps these judges from an entry; an unknown author keeps everybody."""
    if entry.strangers:
        return (line(EVERY_JUDGE, Bar(Ground.UNKNOWN_AUTHOR)),)
    return tuple(line(judge.person_id, bar) for judge in judges for bar in ties.bars(judge, entry))


def line(judge_id: str, bar: Bar) -> review.ConflictLine:
    """Say one ground."""
    return review.ConflictLine(
        judge_id=judge_id,
        kind=bar.ground.kind,
        ground=bar.ground.value,
        words=words.of_bar(bar),
        ours=tuple(sorted(bar.ours)),
        theirs=tuple(sorted(bar.theirs)),
        said_by=bar.said_by,
        excused_by=bar.excused_by,
    )
