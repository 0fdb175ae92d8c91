"""Few and large segments out of many small ones, in the background, a step a transaction.

`merge` takes one step of the first kind there is something to do of:

    sweep   delete what no version that somebody still reads has
    flush   pack the fresh texts into a segment
    build   merge the next range of keys of the segments that are being merged
    plan    choose segments to merge, and begin

Every step leaves the index whole, so that it may end anywhere, in any way, and be gone on with
by anybody. One transaction at a time merges a channel of a tenant; others find it busy and leave.
"""

from math import ceil, log2
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.store.postings.keys import Channel, Postings
from services.originality.store.postings.manifest import (
    oldest_read,
    put_in_force,
    try_channel,
    try_layout,
)
from services.originality.store.postings.parts import merged, removed, segments_of
from services.originality.store.postings.policy import Standing, due
from services.originality.store.postings.segments import (
    Roster,
    fill,
    found_segment,
    open_segment,
    read_roster,
)
from services.originality.store.postings.tables import (
    FreshTextRow,
    ListRow,
    RemovedRow,
    RosterRow,
    SegmentRow,
)
from services.originality.store.postings.writing import unpack_fresh

STEP = 250_000  # postings merged in one transaction: a tenth of a second
FLUSH = 200_000  # fresh postings that become a segment
FLUSH_MOST = 1_000_000
SWEEP_TEXTS = 500
SWEEP_BUCKETS = 20_000

_FLUSHED = text(
    "SELECT text_id, length, packed FROM (SELECT text_id, length, packed,"
    " sum(octet_length(packed)) OVER (ORDER BY text_id) AS size FROM posting_fresh_text"
    " WHERE tenant = :tenant AND channel = :channel AND moved IS NULL) f"
    " WHERE size <= :most ORDER BY text_id"
)
_SWEPT = text(
    "DELETE FROM posting_fresh_text f USING (SELECT text_id FROM posting_fresh_text"
    " WHERE tenant = :tenant AND channel = :channel AND moved <= :oldest"
    " ORDER BY text_id LIMIT :most FOR UPDATE SKIP LOCKED) m"
    " WHERE f.tenant = :tenant AND f.channel = :channel AND f.text_id = m.text_id"
)
_SWEPT_BUCKETS = text(
    "DELETE FROM posting_bucket WHERE tenant = :tenant AND segment = :segment AND bucket IN"
    " (SELECT bucket FROM posting_bucket WHERE tenant = :tenant AND segment = :segment"
    " ORDER BY bucket LIMIT :most)"
)


def merge(session: Session, channel: Channel) -> bool:
    """Take one step; say whether there was one to take."""
    if not try_channel(session, channel):
        return False
    return any(step(session, channel) for step in STEPS)


def _sweep_texts(session: Session, channel: Channel) -> bool:
    """Delete fresh texts that are in a segment by now, for everybody who reads."""
    asked = {
        "tenant": current_tenant.get(),
        "channel": channel,
        "oldest": oldest_read(session),
        "most": SWEEP_TEXTS,
    }
    swept: Any = session.execute(_SWEPT, asked)
    return bool(swept.rowcount)


def _sweep_segment(session: Session, channel: Channel) -> bool:
    """Delete some of a segment that was merged into another, for everybody who reads."""
    gone = segments_of(channel).where(SegmentRow.gone <= oldest_read(session))
    row = session.scalar(gone.limit(1))
    if row is None:
        return False
    asked = {"tenant": current_tenant.get(), "segment": row.segment, "most": SWEEP_BUCKETS}
    swept: Any = session.execute(_SWEPT_BUCKETS, asked)
    if swept.rowcount:
        return True
    # Whoever removes a text must not find the roster and then leave a mark beside nothing.
    if not try_layout(session):
        return False
    for table in (ListRow, RosterRow, RemovedRow, SegmentRow):
        ours = (table.tenant == current_tenant.get(), table.segment == row.segment)
        session.execute(delete(table).where(*ours))
    return True


def _flush(session: Session, channel: Channel) -> bool:
    """Pack the fresh texts into a segment once there are enough."""
    fresh = (
        FreshTextRow.tenant == current_tenant.get(),
        FreshTextRow.channel == channel,
        FreshTextRow.moved.is_(None),
    )
    size = session.scalar(select(func.sum(func.octet_length(FreshTextRow.packed))).where(*fresh))
    if (size or 0) < 8 * FLUSH or not try_layout(session):
        return False
    asked = {"tenant": current_tenant.get(), "channel": channel, "most": 8 * FLUSH_MOST}
    texts = [
        Postings(text_id, *unpack_fresh(packed), length)
        for text_id, length, packed in session.execute(_FLUSHED, asked)
    ]
    row = found_segment(session, channel, texts)
    put_in_force(session, row)
    flushed = update(FreshTextRow).where(
        *fresh, FreshTextRow.text_id.in_([each.text_id for each in texts])
    )
    session.execute(flushed.values(moved=row.born))
    return True


def _build(session: Session, channel: Channel) -> bool:
    """Merge the next part of the segment that is being made; put it in force after the last."""
    row = session.scalar(segments_of(channel).where(SegmentRow.born.is_(None)).limit(1))
    if row is None:
        return False
    if row.built < row.parts:
        fill(session, row, merged(session, row))
        row.built += 1
        session.flush()
        return True
    if not try_layout(session):
        return False
    put_in_force(session, row)
    replaced = update(SegmentRow).where(
        SegmentRow.tenant == current_tenant.get(), SegmentRow.segment.in_(row.sources)
    )
    session.execute(replaced.values(gone=row.born))
    session.flush()
    return True


def _plan(session: Session, channel: Channel) -> bool:
    """Begin to merge the segments that are due."""
    in_force = [row for row in session.scalars(segments_of(channel)) if row.gone is None]
    gone = removed(session, [row.segment for row in in_force])
    chosen = due(
        [
            Standing(row.segment, row.postings, row.texts, len(gone.get(row.segment, [])))
            for row in in_force
        ]
    )
    if not chosen or not try_layout(session):
        return False
    sources = [row for row in in_force if row.segment in chosen]
    gone = removed(session, chosen)  # once more: nobody removes any now
    roster = Roster.joined(
        [read_roster(session, row).without(gone.get(row.segment, [])) for row in sources]
    )
    postings = sum(row.postings for row in sources)
    row = open_segment(session, channel, roster, postings)
    row.sources = list(chosen)
    row.parts = 1 << min(row.buckets, max(0, ceil(log2(max(1, postings) / STEP))))
    session.flush()
    return True


STEPS = (_sweep_texts, _sweep_segment, _flush, _build, _plan)
