"""One text against its candidate sources: what they share, counted in words.

Facts only; what they mean for an entry is decided in the domain.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from services.originality.engine.alignment import Aligned, Text, align
from services.originality.engine.quotations import excluded, reasons
from services.originality.engine.words import Words, scan

LEAST = 30  # words shared with one source; below that, offices simply write alike


class Source(Struct, frozen=True):
    """A text to compare with. `key` is the caller's."""

    key: int
    text: str
    phrases: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """What to compare. `phrases` are texts that repeat everywhere and count for nothing."""

    text: str
    sources: tuple[Source, ...]
    phrases: tuple[str, ...] = ()


class SharedPassage(Struct, frozen=True):
    """The same words in two places, as code-point ranges; `words` of which `exact` to the mark."""

    start: int
    end: int
    source_start: int
    source_end: int
    words: int
    exact: int
    shared: int = 0


class SharedSource(Struct, frozen=True):
    """What one source shares: `matched` words here, of the source's `words` that count."""

    key: int
    matched: int
    words: int
    passages: tuple[SharedPassage, ...]


class LeftOut(Struct, frozen=True):
    """Words in a row that take no part, as a range of code points, and why."""

    start: int
    end: int
    reason: str


class Compared(Struct, frozen=True):
    """The outcome: all words, those left out, those found elsewhere (each once), by source.

    `matched_in_all` counts what would be found elsewhere were nothing left out.
    """

    words: int
    excluded: int
    matched: int
    sources: tuple[SharedSource, ...]
    left_out: tuple[LeftOut, ...] = ()
    matched_in_all: int | None = None


def prepare(text: str, phrases: Iterable[str] = ()) -> Text:
    """Return the text as words, with those that count for nothing marked."""
    words = scan(text)
    return Text(words, excluded(words, phrases))


def compare(asked: Comparison) -> Compared:
    """Align the text with every source; the one that shares most comes first."""
    text = prepare(asked.text, asked.phrases)
    told: set[int] = set()
    in_all: set[int] = set()
    sources = []
    for candidate in asked.sources:
        source = prepare(candidate.text, candidate.phrases)
        passages = align(text, source)
        matched = _counted(passages, text)
        if len(matched) >= LEAST:
            told |= matched
            sources.append(_shared_source(candidate.key, passages, text, source))
        in_all |= _in_all(text, source)
    return Compared(
        words=len(text.words),
        excluded=sum(text.masked),
        matched=len(told),
        sources=tuple(sorted(sources, key=lambda shared: (-shared.matched, shared.key))),
        left_out=left_out(text.words, reasons(text.words, asked.phrases)),
        matched_in_all=len(in_all | told),
    )


def left_out(words: Words, why: Sequence[str | None]) -> tuple[LeftOut, ...]:
    """Return the words that take no part as ranges of the text, one for each reason in a row."""
    found = []
    place = 0
    for reason, row in groupby(why):
        last = place + sum(1 for _ in row)
        if reason is not None:
            found.append(LeftOut(words.starts[place], words.ends[last - 1], reason))
        place = last
    return tuple(found)


def _in_all(text: Text, source: Text) -> frozenset[int]:
    """Return the words shared with a source were nothing left out in either."""
    here, there = (Text(one.words, [False] * len(one.words)) for one in (text, source))
    matched = _counted(align(here, there), here)
    return matched if len(matched) >= LEAST else frozenset()


def _counted(passages: Iterable[Aligned], text: Text) -> frozenset[int]:
    """Return the words inside the passages, changed ones too, that are not left out."""
    return frozenset(
        place
        for passage in passages
        for place in range(passage.first, passage.last)
        if not text.masked[place]
    )


def _shared_source(key: int, passages: list[Aligned], text: Text, source: Text) -> SharedSource:
    """Tell word numbers as places in the texts."""
    here, there = text.words, source.words
    return SharedSource(
        key=key,
        matched=len(_counted(passages, text)),
        words=len(there) - sum(source.masked),
        passages=tuple(
            SharedPassage(
                start=here.starts[passage.first],
                end=here.ends[passage.last - 1],
                source_start=there.starts[passage.source_first],
                source_end=there.ends[passage.source_last - 1],
                words=passage.last - passage.first,
                exact=passage.exact,
                shared=len(passage.shared),
            )
            for passage in passages
        ),
    )
