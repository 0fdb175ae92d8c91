"""Everything the index has under some keys, as of one instant.

One statement asks for buckets, lists, fresh postings and removed texts together: were they asked
for one by one, a text that moves meanwhile would be seen twice or not at all. It is a binary
COPY, because the usual way would spell packed postings out as hexadecimal digits and back. The
keys come out of a sub-select: of an array it sees, the planner weighs every number.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg2.extensions import get_wait_callback, set_wait_callback
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.engine.kernels.postings import KEY_BITS, PADDING, fields, match, spread
from services.originality.store.postings.keys import Channel, Numbers
from services.originality.store.postings.manifest import Manifest, manifest
from services.originality.store.postings.segments import Columns
from services.originality.store.postings.writing import array_of

BUCKET, LIST, FRESH, REMOVED, COUNT = range(5)
Words = NDArray[np.uint64]
NOTHING = np.empty(0, np.int64)

_ASKED = "WITH asked AS MATERIALIZED (SELECT '{keys}'::bigint[] AS keys)"
_BUCKETS = """
SELECT 0::bigint, {segment}::bigint, count(*), 0::bigint,
array_send(array_agg(bucket)) || array_send(array_agg(packed)) FROM posting_bucket
WHERE tenant = %(tenant)s AND segment = {segment}
AND bucket = ANY((SELECT '{buckets}'::integer[])::integer[])
"""
_OTHERS = """
SELECT 1::bigint, segment::bigint, key, texts::bigint, CASE WHEN texts <= {most} THEN packed END
FROM posting_list
WHERE tenant = %(tenant)s AND segment = ANY('{segments}'::integer[])
AND key = ANY((SELECT keys FROM asked)::bigint[])
UNION ALL
SELECT 2::bigint, text_id, key, weight::bigint, NULL FROM posting_fresh
WHERE tenant = %(tenant)s AND channel = {channel}
AND key = ANY((SELECT keys FROM asked)::bigint[])
UNION ALL
SELECT 3::bigint, segment::bigint, count(*), sum(length)::bigint,
string_agg(int8send(text_id), '' ORDER BY text_id)
FROM posting_removed
WHERE tenant = %(tenant)s AND segment = ANY('{segments}'::integer[]) GROUP BY segment
UNION ALL
SELECT 4::bigint, 0::bigint, count(*) FILTER (WHERE is_fresh),
coalesce(sum(length) FILTER (WHERE is_fresh), 0)::bigint,
string_agg(int8send(text_id), '' ORDER BY text_id) FILTER (WHERE NOT is_fresh)
FROM (SELECT text_id, length, coalesce(moved > {version}, true) AS is_fresh
FROM posting_fresh_text WHERE tenant = %(tenant)s AND channel = {channel}) f
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Postings in no order; in place of a key, its place among the asked ones.

    `texts` have the channel at all, `length` is theirs together; `is_too_common` marks asked
    keys that so many texts have that their postings were not even read.
    """

    postings: Columns
    is_too_common: NDArray[np.bool_]
    texts: int
    length: int


def gather(session: Session, channel: Channel, asked: Numbers, most: int) -> Found:
    """Return the postings under these sorted keys, but of none that over `most` texts have."""
    pinned = manifest(session)
    segments = pinned.of(channel)
    copied, rows = copy(session, _statement(pinned, channel, asked, most))
    removed = _removed(copied, rows)
    parts = [_fresh(copied, rows, asked)]
    too_common = np.zeros(len(asked), bool)
    for segment in segments:
        own = rows[rows[:, 1] == segment.segment]
        listed = own[own[:, 0] == LIST]
        unread = listed[:, 5] < 0
        too_common[np.searchsorted(asked, listed[unread, 2])] = True
        found = np.concatenate(
            [
                match(copied, _buckets(copied, own), _array(segment.shape), asked),
                match(copied, listed[~unread], _array((KEY_BITS, *segment.shape[1:])), asked),
            ],
            axis=1,
        )
        found[1] += segment.first
        gone = removed.get(segment.segment, NOTHING)
        parts.append(found[:, ~np.isin(found[1], gone)] if len(gone) else found)
    every = np.concatenate(parts, axis=1)
    counts = rows[rows[:, 0] >= REMOVED]
    signs = np.where(counts[:, 0] == REMOVED, -1, 1)
    return Found(
        Columns(*every),
        too_common,
        sum(each.texts for each in segments) + int((signs * counts[:, 2]).sum()),
        sum(each.length for each in segments) + int((signs * counts[:, 3]).sum()),
    )


def copy(session: Session, query: str) -> tuple[Words, Numbers]:
    """Run a query for four numbers and bytes; return what came, and the rows in it.

    A row is the four numbers, then where its bytes begin and how many they are, -1 for none.
    """
    cursor: Any = session.connection().connection.cursor()
    with BytesIO() as into:
        asked = cursor.mogrify(query, {"tenant": current_tenant.get()}).decode()
        with _at_once():
            cursor.copy_expert(f"COPY ({asked}) TO STDOUT (FORMAT binary)", into)
        into.write(bytes(PADDING - into.tell() % 8))
        words = np.frombuffer(into.getvalue(), np.uint64)
    cursor.close()
    return words, fields(words.view(np.uint8))


@contextmanager
def _at_once() -> Iterator[None]:
    """Let the database be waited for by standing still: COPY cannot be waited for in turns.

    In a service's process psycopg2 is told to let others work meanwhile, and then refuses COPY.
    Nobody else runs before the answer is there, so nobody else meets the change.
    """
    in_turns = get_wait_callback()
    set_wait_callback(None)
    try:
        yield
    finally:
        set_wait_callback(in_turns)


def _statement(pinned: Manifest, channel: Channel, asked: Numbers, most: int) -> str:
    """Return the one statement; all that is written into it are numbers."""
    segments = pinned.of(channel)
    parts = [
        _BUCKETS.format(
            segment=each.segment,
            buckets=array_of(np.unique(asked >> (KEY_BITS - each.buckets))),
        )
        for each in segments
    ]
    others = _OTHERS.format(
        most=most,
        channel=channel.value,
        version=pinned.version,
        segments=array_of(np.array([each.segment for each in segments], np.int64)),
    )
    return _ASKED.format(keys=array_of(asked)) + "UNION ALL".join([*parts, others])


def _buckets(copied: Words, rows: Numbers) -> Numbers:
    """Return a segment's buckets as rows of their own; they come all in one, which is faster."""
    (own,) = rows[rows[:, 0] == BUCKET]
    buckets: Numbers = spread(copied.view(np.uint8), own)
    return buckets


def _fresh(copied: Words, rows: Numbers, asked: Numbers) -> Numbers:
    """Return the fresh postings, but those of texts that a segment we read has already."""
    own = rows[rows[:, 0] == FRESH]
    moved = _numbers(copied, rows[rows[:, 0] == COUNT])
    own = own[~np.isin(own[:, 1], moved)]
    return np.stack([np.searchsorted(asked, own[:, 2]), own[:, 1], own[:, 3]])


def _removed(copied: Words, rows: Numbers) -> Mapping[int, Numbers]:
    """Return the removed texts of each segment."""
    own = rows[rows[:, 0] == REMOVED]
    return {int(row[1]): _numbers(copied, row[None]) for row in own}


def _numbers(copied: Words, rows: Numbers) -> Numbers:
    """Return the numbers in the bytes of a row."""
    written = copied.view(np.uint8)
    parts = [written[row[4] : row[4] + row[5]] for row in rows if row[5] > 0]
    return np.concatenate(parts).view(">i8").astype(np.int64) if parts else NOTHING


def _array(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, np.int64)
