"""One text against its candidate sources: what they share, counted in words.

Facts only; what they mean for an entry is decided in the domain.
"""

import zlib
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from services.originality.engine import masks, passages, triples
from services.originality.engine.alignment import Text
from services.originality.engine.kernels import runs
from services.originality.engine.kernels.scanning import Flags, Places
from services.originality.engine.passages import Found, SharedPassage
from services.originality.engine.quotations import (
    COUNTS,
    FORM,
    REASONS,
    excluded,
    reasons,
    repeated,
)
from services.originality.engine.windows import Anchored, Windows, in_both, windows
from services.originality.engine.words import Words, scan

LOOKED_AT = 2  # texts that are remembered from one call to the next
COPIED = 12  # words in a row that what is left out must share to be found elsewhere


class Source(Struct, frozen=True):
    """A text to compare with, as it is or, in place of that, `packed` by zlib.

    `key` is the caller's. `left_out` is what was packed when the text was prepared, if that is
    known.
    """

    key: int
    text: str = ""
    phrases: tuple[str, ...] = ()
    left_out: bytes | None = None
    packed: bytes = b""


class Comparison(Struct, frozen=True):
    """What to compare. `phrases` are texts that repeat everywhere and count for nothing."""

    text: str
    sources: tuple[Source, ...]
    phrases: tuple[str, ...] = ()


class SharedSource(Struct, frozen=True):
    """What one source shares: `matched` words here, of the source's `words` that count.

    `strong` of the matched words stand in strong passages. No source hides another's passages.
    """

    key: int
    matched: int
    words: int
    passages: tuple[SharedPassage, ...]
    strong: int = 0


class LeftOut(Struct, frozen=True):
    """Words in a row that take no part, as a range of code points, and why."""

    start: int
    end: int
    reason: str


class Compared(Struct, frozen=True):
    """The outcome: all words, those left out, those found elsewhere (each once), by source.

    `matched_in_all` also counts the words left out that stand, `COPIED` or more in a row, in one
    of the sources.
    """

    words: int
    excluded: int
    matched: int
    sources: tuple[SharedSource, ...]
    left_out: tuple[LeftOut, ...] = ()
    matched_in_all: int | None = None


def prepare(text: str, phrases: Iterable[str] = ()) -> Text:
    """Return the text as words, with those that count for nothing marked."""
    words, why = looked_at(text)
    return Text(words, (why > COUNTS) | repeated(words, phrases))


@lru_cache(LOOKED_AT)
def looked_at(text: str) -> tuple[Words, NDArray[np.uint8]]:
    """Return the words of a text, and why some count for nothing whatever the contest.

    A text that is handed in is prepared, and a moment later compared.
    """
    words = scan(text)
    return words, reasons(words)


def compare(asked: Comparison) -> Compared:
    """Align the text with every source; the one that shares most comes first."""
    words, why = looked_at(asked.text)
    why = np.where(repeated(words, asked.phrases), np.uint8(FORM), why)
    text = Text(words, why > COUNTS)
    anchored = Anchored.of(text, triples.SOUGHT_STEP)
    told, copied = np.zeros((2, len(words)), np.bool_)
    sources = []
    for candidate in asked.sources:
        there = source_of(candidate.packed or candidate.text)
        same = in_both(text, there.text)
        copied |= _copied(text, same)
        if shared := _shared(anchored, candidate, there, same):
            source, matched = shared
            told |= matched
            sources.append(source)
    return Compared(
        words=len(words),
        excluded=int(text.masked.sum()),
        matched=int(told.sum()),
        sources=tuple(sorted(sources, key=lambda shared: (-shared.matched, shared.key))),
        left_out=_left_out(words, why.tolist()),
        matched_in_all=int((told | copied).sum()),
    )


@lru_cache(100)  # half a megabyte each: what one entry is compared with, the next is, too
def source_of(text: str | bytes) -> Anchored:
    """Return a source as words, with its triples; nothing is left out of it yet."""
    written = text if isinstance(text, str) else zlib.decompress(text).decode()
    return Anchored.of(Text.whole(scan(written)), triples.STEP)


def _left_out(words: Words, why: list[int]) -> tuple[LeftOut, ...]:
    """Return the words that take no part as ranges of the text, one for each reason in a row."""
    found = []
    place = 0
    for reason, row in groupby(why):
        last = place + sum(1 for _ in row)
        if reason != COUNTS:
            start, end = int(words.starts[place]), int(words.ends[last - 1])
            found.append(LeftOut(start, end, REASONS[reason]))
        place = last
    return tuple(found)


def _copied(text: Text, same: Places) -> Flags:
    """Say which of the words left out stand in a source, so many in a row."""
    long = same[same[:, 2] >= COPIED]
    return runs.covered(long, 0, len(text.words)) & text.masked


def _shared(
    anchored: Anchored, candidate: Source, there: Anchored, same: Places
) -> tuple[SharedSource, Flags] | None:
    """Return what a source shares and which words here those are; None if it is nothing."""
    # Where to look does not depend on masks.
    places = windows(anchored, there, same)
    found = passages.passages(anchored.text, there.text, places)
    if not found:
        return None
    # What a source quotes is worked out only now: most candidates share nothing.
    words = there.text.words
    source = Text(words, _left_out_of(candidate, words))
    if _takes_part(source.masked, places, found):
        found = passages.passages(anchored.text, source, places)
    matched = passages.count(found, anchored.text)
    strong = [each for each in found if each.told.tier == "STRONG"]
    shared = SharedSource(
        key=candidate.key,
        matched=int(matched.sum()),
        words=int((~source.masked).sum()),
        passages=tuple(each.told for each in found),
        strong=int(passages.count(strong, anchored.text).sum()),
    )
    return (shared, matched) if found else None


def _left_out_of(candidate: Source, words: Words) -> Flags:
    """Say which words of a source are left out."""
    known = masks.unpack(candidate.left_out, len(words))
    if known is None:
        return excluded(words, candidate.phrases)
    return known | repeated(words, candidate.phrases)


def _takes_part(masked: Flags, places: Windows, found: list[Found]) -> bool:
    """Say whether any of a source's masked words was looked at, or stands in a passage."""
    looked_at = masked if places is None else masked & places[1]
    return bool(looked_at.any()) or any(masked[each.there].any() for each in found)
