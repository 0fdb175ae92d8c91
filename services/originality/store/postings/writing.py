"""Texts come into the index and leave it, each in the transaction of whoever says so."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
from sqlalchemy import delete, insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.engine.kernels.postings import WEIGHT_BITS
from services.originality.store.postings.keys import (
    Channel,
    Hashes,
    Numbers,
    Postings,
    array_of,
    postings_of,
)
from services.originality.store.postings.manifest import (
    hold_layout,
    put_in_force,
    share_layout,
)
from services.originality.store.postings.segments import found_segment, unpack_roster
from services.originality.store.postings.tables import (
    FreshTextRow,
    RemovedRow,
)

BULK = 200_000  # postings that are a segment of their own at once

_ROSTERS = text(
    "SELECT r.segment, f.wanted, r.packed FROM"
    " (SELECT s.segment, l.first, array_agg(a.text_id) AS wanted"
    " FROM posting_segment s CROSS JOIN unnest(cast(:texts AS bigint[])) a(text_id)"
    " CROSS JOIN LATERAL (SELECT r.first FROM posting_roster r WHERE r.tenant = :tenant"
    " AND r.segment = s.segment AND r.first <= a.text_id ORDER BY r.first DESC LIMIT 1) l"
    " WHERE s.tenant = :tenant AND s.channel = ANY(:channels) GROUP BY 1, 2) f"
    " JOIN posting_roster r ON r.tenant = :tenant AND r.segment = f.segment AND r.first = f.first"
)


def add(
    session: Session,
    channel: Channel,
    text_id: int,
    hashes: Hashes,
    tfs: Iterable[int] | None = None,
) -> None:
    """Put a text into a channel that does not have it; `tfs` say how often each hash occurs."""
    add_many(session, channel, [postings_of(text_id, hashes, tfs)])


def add_many(session: Session, channel: Channel, texts: Iterable[Postings]) -> None:
    """Put many texts into a channel that has none of them; a great many become a segment.

    `postings_of` makes what is asked for here.
    """
    add_each(session, {channel: texts})


def add_each(session: Session, given: Mapping[Channel, Iterable[Postings]]) -> None:
    """Do so for several channels, but ask the database once."""
    fresh: list[dict[str, Any]] = []
    for channel, texts in given.items():
        own = [each for each in texts if len(each.keys)]
        if sum(len(each.keys) for each in own) >= BULK:
            hold_layout(session)
            put_in_force(session, found_segment(session, channel, own))
        else:
            fresh += [
                {
                    "channel": channel,
                    "text_id": each.text_id,
                    "length": each.length,
                    "moved": None,
                    "packed": each.packed,
                }
                for each in own
            ]
    if fresh:
        session.execute(insert(FreshTextRow), fresh)


def unpack_fresh(packed: bytes) -> tuple[Numbers, Numbers]:
    """Return keys and weights of a fresh text."""
    both = np.frombuffer(packed, "<i8")
    return both >> WEIGHT_BITS, both & ((1 << WEIGHT_BITS) - 1)


def remove(
    session: Session, *text_ids: int, channels: Collection[Channel] = tuple(Channel)
) -> None:
    """Take texts out of channels; whoever searches once we commit no longer finds them there."""
    if not text_ids:
        return
    share_layout(session)
    fresh = (FreshTextRow.tenant == current_tenant.get(), FreshTextRow.text_id.in_(text_ids))
    session.execute(delete(FreshTextRow).where(*fresh))
    removed = [
        {"segment": segment, "text_id": text_id, "length": length}
        for segment, text_id, length in _in_segments(session, text_ids, channels)
    ]
    if removed:
        session.execute(upsert(RemovedRow).on_conflict_do_nothing(), removed)


def _in_segments(
    session: Session, text_ids: Iterable[int], channels: Collection[Channel]
) -> list[tuple[int, int, int]]:
    """Return the segments that have these texts, with number and length of each text.

    Those being merged and those that only older versions read are among them.
    """
    asked = {
        "tenant": current_tenant.get(),
        "channels": [int(each) for each in channels],
        "texts": array_of(np.unique(np.fromiter(text_ids, np.int64))),
    }
    found = []
    for segment, wanted, packed in session.execute(_ROSTERS, asked):
        roster = unpack_roster(packed)
        places = np.flatnonzero(np.isin(roster.texts, wanted))
        found += [(segment, int(roster.texts[at]), int(roster.lengths[at])) for at in places]
    return found
