"""A text while it is being read: what is written to it, and marks that keep their places.

`Pen` writes a `Draft`; `Draft.rewritten` changes its letters and moves every mark along;
`Draft.finished` makes it an answer.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple, Self
from unicodedata import is_normalized, normalize

from services.originality.extraction.documents import (
    HIDDEN_TEXT,
    Extracted,
    Problem,
    Sign,
    Span,
)
from services.originality.extraction.reader.limits import CHARACTERS

MARGIN = "MARGIN"  # a mark that is no sign: nobody need look at it
TELLING = 20  # characters; less hidden text than this is a slip of a word processor
MOST_SIGNS = 200  # of one kind; whoever hides more is known well enough


class TooLong(Exception):
    """The text is longer than one that can be compared."""


class Edit(NamedTuple):
    """Letters that take the place of a range."""

    start: int
    end: int
    letters: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, where its pages begin, and marks on it in the order of their places."""

    text: str = ""
    pages: tuple[int, ...] = ()
    marks: tuple[Sign, ...] = ()

    def marked(self, marks: Iterable[Sign]) -> Self:
        """Return it with more marks."""
        ordered = sorted((*self.marks, *marks), key=lambda mark: (mark.start, mark.end, mark.kind))
        return replace(self, marks=tuple(ordered))

    def ranges(self, kind: str) -> tuple[Span, ...]:
        """Return where marks of a kind are, joined where nothing but blanks is between."""
        joined = self._joined(kind, alike=False)
        return tuple(Span(mark.start, mark.end) for mark in joined if mark.start < mark.end)

    def _joined(self, kind: str, *, alike: bool) -> list[Sign]:
        """Return marks of a kind; neighbours are one, with `alike` only if their details are."""
        joined: list[Sign] = []
        for mark in self.marks:
            if mark.kind != kind:
                continue
            last = joined[-1] if joined else None
            follows = last is not None and not self.text[last.end : mark.start].strip()
            if last and follows and (last.detail == mark.detail or not alike):
                end = max(last.end, mark.end)
                joined[-1] = Sign(kind, last.start, end, last.detail)
            else:
                joined.append(mark)
        return joined

    def rewritten(self, edits: Iterable[Edit]) -> Self:
        """Return it with these edits made, which ascend; places inside an edit go to its ends."""
        made = list(edits)
        if not made:
            return self
        parts: list[str] = []
        last = 0
        for edit in made:
            parts += (self.text[last : edit.start], edit.letters)
            last = edit.end
        grown = (len(edit.letters) - (edit.end - edit.start) for edit in made)
        shifts = [0, *accumulate(grown)]
        starts = [edit.start for edit in made]

        def moved(place: int) -> int:
            number = bisect_right(starts, place)
            if number == 0:
                return place
            edit, before = made[number - 1], shifts[number - 1]
            if place >= edit.end:
                return place + shifts[number]
            return edit.start + before + min(place - edit.start, len(edit.letters))

        return replace(
            self,
            text="".join([*parts, self.text[last:]]),
            pages=tuple(map(moved, self.pages)),
            marks=tuple(
                Sign(mark.kind, moved(mark.start), moved(mark.end), mark.detail)
                for mark in self.marks
            ),
        )

    def converted(self, change: Callable[[str], str], within: Iterable[Span] = ()) -> Self:
        """Return it with a change of letters made on every piece between two places.

        With `within`, only on what is in these ranges, which ascend.
        """
        spans = list(within) or [Span(0, len(self.text))]
        places = {*self.pages, *(place for span in spans for place in span)}
        places |= {place for mark in self.marks for place in (mark.start, mark.end)}
        starts = [span.start for span in spans]

        def is_within(place: int) -> bool:
            number = bisect_right(starts, place)
            return number > 0 and place < spans[number - 1].end

        edits = (
            Edit(start, end, change(self.text[start:end]))
            for start, end in pairwise(sorted(places))
            if is_within(start)
        )
        return self.rewritten(e for e in edits if e.letters != self.text[e.start : e.end])

    def parts(self) -> list["Draft"]:
        """Return its pages, each a draft that begins at 0."""
        ends = (*self.pages, len(self.text))[1:]
        return [self._part(start, end) for start, end in zip(self.pages, ends, strict=True)]

    def _part(self, start: int, end: int) -> "Draft":
        marks = (
            Sign(m.kind, max(m.start, start) - start, min(m.end, end) - start, m.detail)
            for m in self.marks
            if m.start < end and m.end > start
        )
        return Draft(self.text[start:end], (0,), tuple(marks))

    def composed(self) -> Self:
        """Return it in NFC, and without NUL, which no database keeps.

        A letter and its diacritic stay apart only where a mark or a page begins between them.
        """
        if is_normalized("NFC", self.text) and "\0" not in self.text:
            return self
        return self.converted(lambda piece: normalize("NFC", piece.replace("\0", "")))

    def finished(self, problem: Problem | None = None) -> Extracted:
        """Return the answer."""
        return Extracted(
            text=self.text,
            pages=self.pages,
            hidden=self.ranges(HIDDEN_TEXT),
            margins=self.ranges(MARGIN),
            signs=tuple(self._signs()),
            problem=problem or (None if self.text.strip() else "NO_TEXT"),
        )

    def _signs(self) -> Iterable[Sign]:
        """Yield the marks that a person is to see, in whole stretches."""
        kinds = sorted({mark.kind for mark in self.marks} - {MARGIN})
        for kind in kinds:
            joined = self._joined(kind, alike=True)
            length = sum(len(self.text[sign.start : sign.end].strip()) for sign in joined)
            if kind != HIDDEN_TEXT or length >= TELLING:
                yield from joined[:MOST_SIGNS]


def bound(pages: Iterable[Draft]) -> Draft:
    """Return one draft of pages, one a line below another; an empty page begins with the next."""
    parts: list[str] = []
    starts: list[int] = []
    marks: list[Sign] = []
    length = 0
    for page in pages:
        starts.append(length)
        marks += (Sign(m.kind, m.start + length, m.end + length, m.detail) for m in page.marks)
        if text := page.text.rstrip():
            parts += (text, "\n")
            length += len(text) + 1
        if length > CHARACTERS:
            raise TooLong
    text = "".join(parts[:-1])  # the last line's end parts nothing
    end = len(text)
    begun = tuple(min(start, end) for start in starts)
    kept = (mark for mark in marks if mark.start < end)
    return Draft(text, begun).marked(
        Sign(mark.kind, mark.start, min(mark.end, end), mark.detail) for mark in kept
    )


class Pen:
    """Writes a draft from its beginning to its end."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.pages: list[int] = []
        self.marks: list[Sign] = []

    def write(self, letters: str, hidden: str = "") -> None:
        """Write letters; `hidden` says how a reader is kept from seeing them."""
        if not letters:
            return
        start = self.length
        self.parts.append(letters)
        self.length += len(letters)
        if self.length > CHARACTERS:
            raise TooLong
        if hidden:
            last = self.marks[-1] if self.marks else None
            if last and (last.kind, last.end, last.detail) == (HIDDEN_TEXT, start, hidden):
                self.marks[-1] = Sign(HIDDEN_TEXT, last.start, self.length, hidden)
            else:
                self.mark(HIDDEN_TEXT, start, hidden)

    def mark(self, kind: str, start: int, detail: str = "") -> None:
        """Mark what was written since `start`."""
        self.marks.append(Sign(kind, start, self.length, detail))

    def turn(self) -> None:
        """Begin a page."""
        if not self.pages or self.pages[-1] != self.length:
            self.pages.append(self.length)

    def part(self, gap: str = "\n\n") -> None:
        """Part what was written from what comes, unless it begins here."""
        if self.length and not self.parts[-1].endswith(gap):
            self.write(gap)

    def draft(self) -> Draft:
        """Return what was written."""
        text = "".join(self.parts)
        end = len(text.rstrip())
        marks = (m for m in self.marks if m.start < end or m.start == m.end == 0)
        kept = tuple(Sign(m.kind, m.start, min(m.end, end), m.detail) for m in marks)
        pages = tuple(min(page, end) for page in self.pages)
        return Draft(text[:end], pages).marked(kept)
