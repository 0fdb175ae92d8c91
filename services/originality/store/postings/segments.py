"""How postings become the rows of a segment, and what a segment's texts are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.engine.kernels.postings import KEY_BITS, pack
from services.originality.store.postings.keys import Channel, Numbers, Postings, array_of
from services.originality.store.postings.manifest import Segment
from services.originality.store.postings.tables import (
    ListRow,
    RosterRow,
    SegmentRow,
)

BUCKET = 128  # postings, give or take half an octave: fewer take more room, more more time
FEWEST_BUCKETS = 10  # bits: what a key has beyond them fits into 32
MANY = 400  # texts of one key that no longer go into a bucket
LIST_PART = 1_000  # texts in one row of a list
ROSTER_PART = 800  # texts in one row of a roster
BUCKETS_AT_ONCE = 10_000  # written by one statement: some 7 MB

_SIGNED = 63  # bits of a number that has a sign
# All bytes in one value and cut up there: a parameter for each row costs more than the row.
_WRITE = text(
    "INSERT INTO posting_bucket (tenant, segment, bucket, packed)"
    " SELECT :tenant, :segment, b, substring(cast(:packed AS bytea) FROM start FOR size)"
    " FROM unnest(cast(:buckets AS integer[]), cast(:starts AS integer[]),"
    " cast(:sizes AS integer[])) AS w(b, start, size)"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Postings as three arrays side by side."""

    keys: Numbers
    texts: Numbers
    weights: Numbers

    @classmethod
    def in_order(cls, keys: Numbers, texts: Numbers, weights: Numbers) -> Self:
        """Sort them by key, then by text."""
        first = int(texts.min(initial=0))
        width = (int(texts.max(initial=0)) - first).bit_length()
        if KEY_BITS + width >= _SIGNED:
            order = np.lexsort((texts, keys))
            return cls(keys[order], texts[order], weights[order])
        both = (keys << width) | (texts - first)
        if weights.any():
            order = np.argsort(both)
            return cls(keys[order], texts[order], weights[order])
        # All of a posting is in its one number, and numbers alone are sorted ten times as fast.
        both.sort()
        return cls(both >> width, (both & ((1 << width) - 1)) + first, weights)

    def only(self, chosen: np.ndarray[Any, Any] | slice) -> "Columns":
        """Return some of them, by a mask or a slice."""
        return Columns(self.keys[chosen], self.texts[chosen], self.weights[chosen])


@dataclass(frozen=True, slots=True)
class Roster:
    """A segment's texts: their numbers, rising, and lengths."""

    texts: Numbers
    lengths: Numbers

    def without(self, gone: Iterable[int]) -> "Roster":
        """Return it without some texts."""
        stays = np.isin(self.texts, np.fromiter(gone, np.int64), invert=True)
        return Roster(self.texts[stays], self.lengths[stays])

    @classmethod
    def joined(cls, rosters: Sequence["Roster"]) -> Self:
        """Return all of them in one."""
        texts = np.concatenate([each.texts for each in rosters])
        lengths = np.concatenate([each.lengths for each in rosters])
        order = np.argsort(texts)
        return cls(texts[order], lengths[order])


def open_segment(session: Session, channel: Channel, roster: Roster, postings: int) -> SegmentRow:
    """Begin a segment of these texts, not in force yet, for so many postings or fewer.

    Its own count of them starts at 0 and grows with `fill`.
    """
    row = SegmentRow(
        channel=channel,
        born=None,
        gone=None,
        buckets=max(FEWEST_BUCKETS, round(log2(max(1, postings) / BUCKET))),
        width=int(roster.texts[-1] - roster.texts[0]).bit_length() if len(roster.texts) else 0,
        first=int(roster.texts[0]) if len(roster.texts) else 0,
        texts=len(roster.texts),
        length=int(roster.lengths.sum()),
        postings=0,
        sources=[],
        parts=0,
        built=0,
    )
    session.add(row)
    session.flush()
    _write_roster(session, row.segment, roster)
    return row


def found_segment(session: Session, channel: Channel, texts: Sequence[Postings]) -> SegmentRow:
    """Make a whole segment of these texts, not in force yet."""
    keys = np.concatenate([each.keys for each in texts])
    numbers = np.repeat([each.text_id for each in texts], [len(each.keys) for each in texts])
    postings = Columns.in_order(keys, numbers, np.concatenate([each.weights for each in texts]))
    roster = Roster(
        np.array([each.text_id for each in texts], np.int64),
        np.array([each.length for each in texts], np.int64),
    )
    row = open_segment(session, channel, Roster.joined([roster]), len(keys))
    fill(session, row, postings)
    return row


def fill(session: Session, row: SegmentRow, postings: Columns) -> None:
    """Write postings into a segment; all those of a bucket come in one call."""
    if not len(postings.keys):
        return
    ends = _ends(postings.keys)
    texts_of_key = np.diff(ends, prepend=0)
    postings = replace(postings, texts=postings.texts - row.first)
    few = postings
    if texts_of_key.max() > MANY:
        is_many = np.repeat(texts_of_key > MANY, texts_of_key)
        few = postings.only(~is_many)
        _fill_lists(session, row, postings.only(is_many))
    _fill_buckets(session, row, few)
    row.postings += len(postings.keys)
    session.flush()


def _fill_buckets(session: Session, row: SegmentRow, postings: Columns) -> None:
    """Write the postings of keys that few texts have."""
    buckets = postings.keys >> (KEY_BITS - row.buckets)
    ends = _ends(buckets)
    for first in range(0, len(ends), BUCKETS_AT_ONCE):
        own = ends[first : first + BUCKETS_AT_ONCE]
        begin = int(ends[first - 1]) if first else 0
        here = postings.only(slice(begin, int(own[-1])))
        packed, stops = _packed(here, own - begin, row, row.buckets)
        starts = np.append(0, stops[:-1])
        asked = {
            "tenant": current_tenant.get(),
            "segment": row.segment,
            "packed": packed[: stops[-1]].tobytes(),
            "buckets": array_of(buckets[own - 1]),
            "starts": array_of(starts + 1),
            "sizes": array_of(stops - starts),
        }
        session.execute(_WRITE, asked)


def _fill_lists(session: Session, row: SegmentRow, postings: Columns) -> None:
    """Write the postings of keys that very many texts have."""
    sizes = np.diff(_ends(postings.keys), prepend=0)
    heads = np.cumsum(sizes) - sizes
    place = np.arange(len(postings.keys)) - np.repeat(heads, sizes)
    parts = place // LIST_PART
    ends = np.unique(np.concatenate([_ends(postings.keys), _ends(parts)]))
    texts = np.repeat(sizes, sizes)
    packed, stops = _packed(postings, ends, row, KEY_BITS)
    firsts, starts = np.append(0, ends[:-1]), np.append(0, stops[:-1])
    rows = [
        {
            "tenant": current_tenant.get(),
            "segment": row.segment,
            "key": int(postings.keys[first]),
            "part": int(parts[first]),
            "texts": int(texts[first]),
            "packed": packed[start:stop].tobytes(),
        }
        for first, start, stop in zip(firsts, starts, stops, strict=True)
    ]
    session.execute(insert(ListRow), rows)


def _ends(sorted_numbers: Numbers) -> Numbers:
    """Return where each run of equal numbers ends."""
    if not len(sorted_numbers):
        return sorted_numbers
    return np.append(np.flatnonzero(np.diff(sorted_numbers)) + 1, len(sorted_numbers))


def _packed(
    postings: Columns, ends: Numbers, row: SegmentRow, bucket_bits: int
) -> tuple[NDArray[np.uint8], Numbers]:
    """Return the bytes of buckets whose postings end there, and where the bytes of each end."""
    shape = np.array([bucket_bits, row.width, Channel(row.channel).weight_bits], np.int64)
    return pack(postings.keys, postings.texts, postings.weights, ends, shape)


def _write_roster(session: Session, segment: int, roster: Roster) -> None:
    rows = []
    for first in range(0, len(roster.texts), ROSTER_PART):
        texts = roster.texts[first : first + ROSTER_PART]
        lengths = roster.lengths[first : first + ROSTER_PART]
        packed = np.concatenate([texts, lengths]).astype("<u4").tobytes()
        rows.append({"segment": segment, "first": int(texts[0]), "packed": packed})
    if rows:
        session.execute(insert(RosterRow), rows)


def read_roster(session: Session, segment: Segment | SegmentRow) -> Roster:
    """Return the texts of a segment, removed ones too."""
    query = select(RosterRow.packed).where(
        RosterRow.tenant == current_tenant.get(), RosterRow.segment == segment.segment
    )
    parts = [unpack_roster(packed) for packed in session.scalars(query.order_by(RosterRow.first))]
    return Roster.joined(parts or [Roster(np.empty(0, np.int64), np.empty(0, np.int64))])


def unpack_roster(packed: bytes) -> Roster:
    """Read one row of a roster."""
    both = np.frombuffer(packed, "<u4").astype(np.int64)
    return Roster(both[: len(both) // 2], both[len(both) // 2 :])
