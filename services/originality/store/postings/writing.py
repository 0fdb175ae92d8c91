"""Texts come into the index and leave it, each in the transaction of whoever says so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

import numpy as np
from sqlalchemy import delete, insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.store.postings.keys import (
    WEIGHT_BITS,
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

_ADD = text(
    "INSERT INTO posting_fresh (tenant, channel, key, text_id, weight)"
    " SELECT :tenant, c, k, t, w FROM unnest(cast(:channels AS smallint[]),"
    " cast(:keys AS bigint[]), cast(:texts AS bigint[]), cast(:weights AS integer[]))"
    " AS p(c, k, t, w)"
)
_DROP = text(
    "DELETE FROM posting_fresh f"
    " USING unnest(cast(:keys AS bigint[]), cast(:texts AS bigint[])) AS p(key, text_id)"
    " WHERE f.tenant = :tenant AND f.channel = :channel"
    " AND f.key = p.key AND f.text_id = p.text_id"
)
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
    fresh: list[tuple[Channel, Postings]] = []
    for channel, texts in given.items():
        own = [each for each in texts if len(each.keys)]
        if sum(len(each.keys) for each in own) >= BULK:
            hold_layout(session)
            put_in_force(session, found_segment(session, channel, own))
        else:
            fresh += [(channel, each) for each in own]
    if fresh:
        _add_fresh(session, fresh)


def _add_fresh(session: Session, texts: Sequence[tuple[Channel, Postings]]) -> None:
    rows = [
        {
            "channel": channel,
            "text_id": each.text_id,
            "length": each.length,
            "moved": None,
            "packed": each.packed,
        }
        for channel, each in texts
    ]
    session.execute(insert(FreshTextRow), rows)
    many = [len(each.keys) for _, each in texts]
    channels = np.repeat([channel.value for channel, _ in texts], many)
    keys = np.concatenate([each.keys for _, each in texts])
    numbers = np.repeat([each.text_id for _, each in texts], many)
    weights = np.concatenate([each.weights for _, each in texts])
    # In the order of the table's key: neighbours in it are neighbours on the page.
    order = np.lexsort((numbers, keys, channels))
    session.execute(
        _ADD,
        {
            "tenant": current_tenant.get(),
            "channels": array_of(channels[order]),
            "keys": array_of(keys[order]),
            "texts": array_of(numbers[order]),
            "weights": array_of(weights[order]),
        },
    )


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
    gone = (
        delete(FreshTextRow)
        .where(FreshTextRow.tenant == current_tenant.get(), FreshTextRow.text_id.in_(text_ids))
        .returning(FreshTextRow.channel, FreshTextRow.text_id, FreshTextRow.packed)
    )
    drop_fresh(session, session.execute(gone).all())
    removed = [
        {"segment": segment, "text_id": text_id, "length": length}
        for segment, text_id, length in _in_segments(session, text_ids, channels)
    ]
    if removed:
        session.execute(upsert(RemovedRow).on_conflict_do_nothing(), removed)


def drop_fresh(session: Session, texts: Iterable[tuple[int, int, bytes]]) -> None:
    """Delete the fresh postings of texts: channel, number and packed postings of each."""
    for channel, rows in groupby(sorted(texts), key=lambda row: row[0]):
        unpacked = [(text_id, unpack_fresh(packed)[0]) for _, text_id, packed in rows]
        keys = np.concatenate([keys for _, keys in unpacked])
        numbers = np.repeat(
            [text_id for text_id, _ in unpacked], [len(keys) for _, keys in unpacked]
        )
        session.execute(
            _DROP,
            {
                "tenant": current_tenant.get(),
                "channel": channel,
                "keys": array_of(keys),
                "texts": array_of(numbers),
            },
        )


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
