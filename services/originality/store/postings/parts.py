"""What segments hold, part by part, as a merge reads them."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.engine.kernels.postings import KEY_BITS, unpack
from services.originality.store.postings.copying import BUCKET, LIST, copy_part
from services.originality.store.postings.keys import Channel
from services.originality.store.postings.segments import Columns
from services.originality.store.postings.tables import RemovedRow, SegmentRow


def segments_of(channel: Channel) -> Any:  # noqa: ANN401
    """Select a channel's segments, as they are now."""
    query = select(SegmentRow).where(
        SegmentRow.tenant == current_tenant.get(), SegmentRow.channel == channel
    )
    query = query.order_by(SegmentRow.segment)
    return query.execution_options(populate_existing=True)


def removed(session: Session, segments: Iterable[int]) -> dict[int, list[int]]:
    """Return the removed texts of each of these segments."""
    query = select(RemovedRow.segment, func.array_agg(RemovedRow.text_id)).where(
        RemovedRow.tenant == current_tenant.get(), RemovedRow.segment.in_(list(segments))
    )
    found = session.execute(query.group_by(RemovedRow.segment))
    return {segment: list(texts) for segment, texts in found}


def merged(session: Session, row: SegmentRow) -> Columns:
    """Return the next part of the sources' postings, without those of texts removed by now.

    What is removed later is marked in the new segment too: its roster has the text.
    """
    shift = KEY_BITS - (row.parts - 1).bit_length()
    low, high = row.built << shift, (row.built + 1) << shift
    gone = removed(session, row.sources)
    parts = []
    for source in session.scalars(segments_of(Channel(row.channel))):
        if source.segment not in row.sources:
            continue
        found = _part(session, source, low, high)
        stays = (found[0] >= low) & (found[0] < high)
        stays &= ~np.isin(found[1], gone.get(source.segment, []))
        parts.append(found[:, stays])
    return Columns.in_order(*np.concatenate(parts, axis=1))


def _part(session: Session, source: SegmentRow, low: int, high: int) -> Any:  # noqa: ANN401
    """Return keys, texts and weights of a source: all from `low` to `high`, and some more."""
    copied, rows = copy_part(session, source.segment, source.buckets, low, high)
    weight_bits = Channel(source.channel).weight_bits
    shapes = {
        BUCKET: (source.buckets, source.width, weight_bits),
        LIST: (KEY_BITS, source.width, weight_bits),
    }
    found = np.concatenate(
        [
            unpack(copied, rows[rows[:, 0] == kind], np.array(shape, np.int64))
            for kind, shape in shapes.items()
        ],
        axis=1,
    )
    found[1] += source.first
    return found
