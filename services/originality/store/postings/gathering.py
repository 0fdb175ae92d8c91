"""Everything the index has under some keys, as of one instant.

One statement asks for buckets, lists, fresh and removed texts together, of all channels:
were they asked for one by one, a text that moves meanwhile would be seen twice or not at all.
What is in memory (`keeping`) is not asked for: a segment in force never changes. The keys come
out of a sub-select: of an array it sees, the planner weighs every number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services.originality.engine.kernels.postings import KEY_BITS, match, meet, spread
from services.originality.store.copying import Words, copy
from services.originality.store.postings.copying import BUCKET, FRESH, LIST, REMOVED
from services.originality.store.postings.keeping import Kept, shelf
from services.originality.store.postings.keys import Channel, Numbers, array_of
from services.originality.store.postings.manifest import Manifest, Segment, manifest
from services.originality.store.postings.segments import Columns

NOTHING = np.empty(0, np.int64)

_ASKED = "asked_{channel} AS MATERIALIZED (SELECT '{keys}'::bigint[] AS keys)"
_BUCKETS = """
SELECT 0::bigint, {segment}::bigint, count(*), 0::bigint,
string_agg(int4send(bucket), '') || string_agg(packed, '') FROM posting_bucket
WHERE tenant = %(tenant)s AND segment = {segment}
AND bucket = ANY((SELECT '{buckets}'::integer[])::integer[])
"""
_LISTS = """
SELECT 1::bigint, segment::bigint, key, texts::bigint, CASE WHEN texts <= {most} THEN packed END
FROM posting_list
WHERE tenant = %(tenant)s AND segment = ANY('{segments}'::integer[])
AND key = ANY((SELECT keys FROM asked_{channel})::bigint[])
"""
_FRESH = """
SELECT 2::bigint, channel::bigint, text_id, length::bigint, packed FROM posting_fresh_text
WHERE tenant = %(tenant)s AND channel = ANY('{channels}'::smallint[])
AND coalesce(moved > {version}, true)
"""
_REMOVED = """
SELECT 3::bigint, segment::bigint, count(*), sum(length)::bigint,
string_agg(int8send(text_id), '' ORDER BY text_id)
FROM posting_removed
WHERE tenant = %(tenant)s AND segment = ANY('{segments}'::integer[]) GROUP BY segment
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


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the one statement brought: see `copy`."""

    words: Words
    rows: Numbers

    def of(self, kind: int, whose: int | None = None) -> Numbers:
        """Return the rows of a kind: of a segment or, of counts, a channel."""
        chosen = self.rows[:, 0] == kind
        own: Numbers = self.rows[chosen if whose is None else chosen & (self.rows[:, 1] == whose)]
        return own

    def numbers(self, rows: Numbers) -> Numbers:
        """Return the numbers in the bytes of rows."""
        written = self.words.view(np.uint8)
        parts = [written[row[4] : row[4] + row[5]] for row in rows if row[5] > 0]
        return np.concatenate(parts).view(">i8").astype(np.int64) if parts else NOTHING


def gather(session: Session, channel: Channel, asked: Numbers, most: int) -> Found:
    """Return the postings under these sorted keys, but of none that over `most` texts have."""
    return gather_each(session, {channel: asked}, most)[channel]


def gather_each(
    session: Session, asked: Mapping[Channel, Numbers], most: int
) -> dict[Channel, Found]:
    """Do so for several channels at once."""
    pinned = manifest(session)
    kept = _kept(session, pinned, asked)
    answer = _Answer(*copy(session, _statement(pinned, asked, most, kept)))
    return {
        channel: _found(answer, channel, pinned.of(channel), kept, keys, most)
        for channel, keys in asked.items()
    }


def _kept(session: Session, pinned: Manifest, asked: Mapping[Channel, Numbers]) -> dict[int, Kept]:
    """Return the segments that are in memory."""
    own = shelf()
    found = {
        each.segment: own.take(session, each, len(keys))
        for channel, keys in asked.items()
        for each in pinned.of(channel)
    }
    return {segment: kept for segment, kept in found.items() if kept is not None}


def _statement(
    pinned: Manifest,
    asked: Mapping[Channel, Numbers],
    most: int,
    kept: Mapping[int, Kept],
) -> str:
    """Return the one statement; all that is written into it are numbers."""
    parts, keys_of = [], []
    for channel, keys in asked.items():
        keys_of.append(_ASKED.format(channel=channel.value, keys=array_of(keys)))
        read = [each for each in pinned.of(channel) if each.segment not in kept]
        parts += [
            _BUCKETS.format(segment=each.segment, buckets=array_of(_buckets(keys, each)))
            for each in read
        ]
        if read:
            parts.append(
                _LISTS.format(most=most, channel=channel.value, segments=_numbers_of(read))
            )
    every = [each for channel in asked for each in pinned.of(channel)]
    channels = array_of(_array(channel.value for channel in asked))
    parts += [
        _FRESH.format(version=pinned.version, channels=channels),
        _REMOVED.format(segments=_numbers_of(every)),
    ]
    return f"WITH {', '.join(keys_of)}" + "UNION ALL".join(parts)


def _found(  # noqa: PLR0913, PLR0917  # what is found depends on all of them
    answer: _Answer,
    channel: Channel,
    segments: Iterable[Segment],
    kept: Mapping[int, Kept],
    asked: Numbers,
    most: int,
) -> Found:
    """Put together what was found of a channel, in memory and by the statement."""
    fresh = answer.of(FRESH, channel.value)
    parts = [meet(answer.words, fresh, asked)]
    too_common = np.zeros(len(asked), bool)
    texts, length = len(fresh), fresh[:, 3].sum()
    for segment in segments:
        found, unread = _in_segment(answer, segment, kept.get(segment.segment), asked, most)
        too_common[np.searchsorted(asked, unread)] = True
        removed = answer.of(REMOVED, segment.segment)
        gone = answer.numbers(removed)
        found[1] += segment.first
        parts.append(found[:, ~np.isin(found[1], gone)] if len(gone) else found)
        texts += segment.texts - removed[:, 2].sum()
        length += segment.length - removed[:, 3].sum()
    every = np.concatenate(parts, axis=1)
    return Found(Columns(*every), too_common, int(texts), int(length))


def _in_segment(
    answer: _Answer, segment: Segment, kept: Kept | None, asked: Numbers, most: int
) -> tuple[Numbers, Numbers]:
    """Return what a segment has under these keys, and which of them too many texts have."""
    shape = _array(segment.shape)
    if kept is not None:
        words, buckets = kept.words, kept.rows(_buckets(asked, segment))
        listed = kept.listed(asked)
        is_unread = listed[:, 3] > most
    else:
        words, listed = answer.words, answer.of(LIST, segment.segment)
        (own,) = answer.of(BUCKET, segment.segment)
        buckets = spread(words, own, shape)
        is_unread = listed[:, 5] < 0
    found = match(words, buckets, shape, asked)
    if len(listed):
        in_lists = _array((KEY_BITS, *segment.shape[1:]))
        more = match(words, listed[~is_unread], in_lists, asked)
        found = np.concatenate([found, more], axis=1)
    return found, listed[is_unread, 2]


def _buckets(asked: Numbers, segment: Segment) -> Numbers:
    """Return the buckets these sorted keys are in, each once."""
    buckets = asked >> (KEY_BITS - segment.buckets)
    once: Numbers = buckets[np.diff(buckets, prepend=-1) != 0]
    return once


def _numbers_of(segments: Iterable[Segment]) -> str:
    return array_of(_array(each.segment for each in segments))


def _array(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, np.int64)
