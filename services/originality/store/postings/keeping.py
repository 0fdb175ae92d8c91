"""Segments a process has in memory: they never change, so what is read once stays right.

A segment has a *seal*, given when it is put in force and to no other ever, not even where a
database was set back to what it had been: what is kept under a seal is what any reader finds
under it. Nothing here knows of tenants; who may see a segment reads its seal in the manifest.

Reading a row by its key costs as much as reading some ten in a row. So a segment is kept as soon
as searches have read a tenth of it, and whoever is kept for nothing has cost twice as much as
nobody: at most so many bytes are kept, and what was not asked for longest goes first.
"""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cache

import numpy as np
from sqlalchemy.orm import Session

from kernel.settings import load
from services.originality.engine.kernels.postings import KEY_BITS
from services.originality.settings import OriginalitySettings
from services.originality.store.postings.copying import BUCKET, LIST, Words, copy_part
from services.originality.store.postings.keys import Numbers
from services.originality.store.postings.manifest import Segment

DEARER = 10  # times a row read by its key costs what one read among its neighbours does
STEP = 4_096  # buckets read at once: some 3 MB
NOTED = 1_000  # segments not kept of which is known how much was read
MEGABYTE = 1_000_000
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole segment: `starts` has the byte where each bucket begins, `lists` are rows by key."""

    words: Words
    starts: Numbers
    lists: Numbers

    @property
    def size(self) -> int:
        """Return how many bytes it takes."""
        return self.words.nbytes + self.starts.nbytes + self.lists.nbytes

    def rows(self, asked: Numbers) -> Numbers:
        """Return the rows of these buckets, as `copy` has rows."""
        begin = self.starts[asked]
        there = begin != NOWHERE
        rows = np.zeros((int(there.sum()), 6), np.int64)
        rows[:, 1], rows[:, 2], rows[:, 4] = BUCKET, asked[there], begin[there]
        return rows

    def listed(self, asked: Numbers) -> Numbers:
        """Return the lists of these sorted keys."""
        if not len(self.lists) or not len(asked):
            return self.lists[:0]
        places = np.minimum(np.searchsorted(asked, self.lists[:, 2]), len(asked) - 1)
        found: Numbers = self.lists[asked[places] == self.lists[:, 2]]
        return found


class Shelf:
    """The segments that are kept, `room` bytes of them and no more."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._read: OrderedDict[str, int] = OrderedDict()

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(each.size for each in self._kept.values())

    def take(self, session: Session, segment: Segment, rows: int) -> Kept | None:
        """Return a segment of which so many rows are asked for, if it is kept or worth it."""
        if segment.seal is None or segment.bytes_read > self.room:
            return None
        kept = self._kept.get(segment.seal)
        if kept is None and self._is_worth(segment, rows):
            kept = self._put(segment.seal, read(session, segment))
        if kept is not None and segment.seal in self._kept:
            self._kept.move_to_end(segment.seal)
        return kept

    def _is_worth(self, segment: Segment, rows: int) -> bool:
        """Say whether as much was read of it by now as all of it costs; note what is read now."""
        seal = str(segment.seal)
        read_before = self._read.pop(seal, 0)
        if read_before * DEARER >= 1 << segment.buckets:
            return True
        self._read[seal] = read_before + rows
        if len(self._read) > NOTED:
            self._read.popitem(last=False)
        return False

    def _put(self, seal: str, kept: Kept) -> Kept:
        while self._kept and self.size + kept.size > self.room:
            self._kept.popitem(last=False)
        if kept.size <= self.room:
            self._kept[seal] = kept
        return kept


def read(session: Session, segment: Segment) -> Kept:
    """Read a whole segment, part by part."""
    low = KEY_BITS - segment.buckets
    whole = 1 << segment.buckets
    words, rows, size = [], [], 0
    for first in range(0, whole, STEP):
        last = min(whole, first + STEP)
        copied, own = copy_part(
            session, segment.segment, segment.buckets, first << low, last << low
        )
        own[:, 4] += size
        size += copied.nbytes
        words.append(copied)
        rows.append(own)
    together, every = np.concatenate(words), np.concatenate(rows)
    together.flags.writeable = False  # like what COPY brings: to a kernel it is another type
    buckets, lists = every[every[:, 0] == BUCKET], every[every[:, 0] == LIST]
    starts = np.full(whole, NOWHERE, np.int64)
    starts[buckets[:, 2]] = buckets[:, 4]
    return Kept(together, starts, lists[np.argsort(lists[:, 2], kind="stable")])


@cache
def shelf() -> Shelf:
    """Return what this process keeps."""
    return Shelf(load(OriginalitySettings).index_memory * MEGABYTE)
