"""Who checks copies, how they are shown the copies, and what is said of title and summary."""

from collections import Counter
from decimal import Decimal
from typing import Literal, cast

from contracts import intake
from kernel.database import Work
from services.intake.domain.copies import BlindCopy, CopyState
from services.intake.domain.documents import Document
from services.intake.domain.entries import Entry
from services.intake.service.access import (
    JudgeOfEntries,
    check_may_decide,
    check_may_see,
    is_staff,
    require_here,
)
from services.intake.store import copies, entries, people
from services.intake.store.listing import Wanted


def lines(contest_id: str, work: Work) -> tuple[intake.CopiesLine, ...]:
    """Count the copies of each entry by what became of them, what waits first."""
    require_here(work, contest_id, "secretary", "organiser")
    if not is_staff(work, contest_id):
        raise JudgeOfEntries
    counted: dict[str, Counter[str]] = {}
    for copy in copies.load_all(work.session, contest_id):
        counts = counted.setdefault(copy.entry_id, Counter())
        counts[copy.state] += 1
        if copy.state is CopyState.WAITING:
            counts["unread"] += len(copy.unread)
    found = [
        intake.CopiesLine(
            entry_id=row.entry_id,
            title=row.title,
            receipt_code=row.receipt_code or "",
            waiting=counted[row.entry_id][CopyState.WAITING],
            approved=counted[row.entry_id][CopyState.APPROVED],
            withheld=counted[row.entry_id][CopyState.WITHHELD],
            unread=counted[row.entry_id]["unread"],
        )
        for row in entries.list_entries(work.session, Wanted(contest_id))
        if row.entry_id in counted
    ]
    return tuple(sorted(found, key=lambda line: not line.waiting))


def shown(copy: BlindCopy, document: Document | None, work: Work) -> intake.CopyView:
    """Return a copy as who checks it sees it."""
    decider = people.find_person(work.session, copy.decided_by)
    return intake.CopyView(
        place=copy.place,
        number=copy.number,
        state=cast(Literal["WAITING", "APPROVED", "WITHHELD"], copy.state.value),
        made_at=copy.made_at,
        paper=copy.paper,
        document_id=copy.document_id,
        file_name=document.announced.file_name if document else "",
        pages=copy.pages,
        removed=tuple(
            intake.RemovedWords(page=one.page, kind=one.kind, words=one.words)
            for one in copy.removed
        ),
        unread=copy.unread,
        left_out=dict(copy.left_out),
        problem=copy.problem,
        title=copy.title,
        summary=copy.summary,
        added=copy.wishes.added,
        kept=copy.wishes.kept,
        boxes=tuple(
            intake.BlackBox(
                page=box.page,
                left=Decimal(str(box.left)),
                top=Decimal(str(box.top)),
                right=Decimal(str(box.right)),
                bottom=Decimal(str(box.bottom)),
            )
            for box in copy.wishes.boxes
        ),
        decided_by=copy.decided_by,
        decided_by_name=decider.full_name if decider else "",
        decided_at=copy.decided_at,
        reason=copy.reason,
    )


def checked_entry(entry: Entry, work: Work) -> Entry:
    """Return the entry; raises unless they may check its copies: no judge, no author."""
    check_may_see(entry, work)
    require_here(work, entry.contest_id, "secretary")
    check_may_decide(entry, work)
    return entry


def looked_at(
    asked: intake.RemakeCopy | intake.ApproveCopy | intake.WithholdCopy, work: Work
) -> tuple[Entry, BlindCopy]:
    """Return the entry, held, and the copy that was looked at. Raises `CopyOutdated`."""
    entry = checked_entry(entries.load_entry(work.session, asked.entry_id), work)
    copy = copies.load_copy(work.session, entry.entry_id, entry.version, asked.place)
    copy.check_is(asked.number)
    return entry, copy


def tell_words(copy: BlindCopy, work: Work) -> None:
    """Say what judges may read of title and summary: nothing while nobody has checked it."""
    is_open = copy.state is CopyState.APPROVED
    work.announce(
        intake.EntryBlinded(
            contest_id=copy.contest_id,
            entry_id=copy.entry_id,
            version=copy.version,
            number=copy.number,
            title=copy.title if is_open else "",
            summary=copy.summary if is_open else "",
        )
    )
