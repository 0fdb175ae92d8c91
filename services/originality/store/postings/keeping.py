"""Segments a process has in memory: they never change, so what is read once stays right.

A segment has a *seal*, given when it is put in force and to no other ever, not even where a
database was set back to what it had been: what is kept under a seal is what any reader finds
under it. Nothing here knows of tenants; who may see a segment reads its seal in the manifest.

Reading a row by its key costs as much as reading some ten in a row. So a segment is kept as soon
as searches have read a tenth of it: if nobody asks for it again, it has cost twice what it had
to. About so many bytes are kept and no more. To make room, what was not asked for meanwhile goes,
the longest unasked first; if all was asked for, it stays and the newcomer is read row by row.
"""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cache

import numpy as np
from sqlalchemy.orm import Session

from kernel.settings import load
from services.originality.engine.kernels.postings import KEY_BITS
from services.originality.settings import OriginalitySettings
from services.originality.store.copying import Words
from services.originality.store.postings.copying import BUCKET, LIST, copy_part
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
    """The segments that are kept, about `room` bytes of them; see above for `dearer`."""

    def __init__(self, room: int, dearer: int = DEARER) -> None:
        self.room, self.dearer = room, dearer
        self._now = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()  # last asked for last
        self._used: dict[str, int] = {}
        self._noted: OrderedDict[str, tuple[int, int]] = OrderedDict()  # since when, rows

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(each.size for each in self._kept.values())

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the seals of what is kept, last asked for last."""
        return tuple(self._kept)

    def take(self, session: Session, segment: Segment, rows: int) -> Kept | None:
        """Return a segment of which so many rows are asked for, if it is kept or worth it."""
        self._now += 1
        seal = segment.seal
        if seal is None or segment.bytes_read > self.room:
            return None
        if seal not in self._kept:
            since, before = self._noted.pop(seal, (self._now, 0))
            if before * self.dearer < 1 << segment.buckets:
                self._note(seal, since, before + rows)
                return None
            if not self._make_room(segment.bytes_read, since):
                return None
            self._kept[seal] = read(session, segment)
        self._kept.move_to_end(seal)
        self._used[seal] = self._now
        return self._kept[seal]

    def _note(self, seal: str, since: int, rows: int) -> None:
        self._noted[seal] = since, rows
        if len(self._noted) > NOTED:
            self._noted.popitem(last=False)

    def _make_room(self, wanted: int, since: int) -> bool:
        """Drop what was not asked for since then until so many bytes are free; say if they are."""
        free, gone = self.room - self.size, []
        for seal, kept in self._kept.items():
            if free >= wanted or self._used[seal] >= since:
                break
            free += kept.size
            gone.append(seal)
        if free < wanted:
            return False
        for seal in gone:
            del self._kept[seal], self._used[seal]
        return True


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
