"""A text cut into pieces that are each shown alike: its passages, what was left out, the rest.

Passages of several sources may overlap; nothing of them is hidden. Start with `paint`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.originality import Excluded, Match

# Of passages that overlap the surest colours the text.
SUREST = ("VERBATIM", "EDITED", "REWORDED")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage in one of the texts, as a range: number `passage` of source `match`, from 1."""

    start: int
    end: int
    match: int
    passage: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text shown alike. `marks` cover it, `begins` are those among them that begin with it.

    `left_out` is why it took no part in the comparison; `after_gap` says that text is missing
    before it.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    left_out: str | None = None
    begins_left_out: bool = False
    after_gap: bool = False

    @property
    def kind(self) -> str | None:
        """Return the kind that colours it, or None outside of passages."""
        return min((mark.kind for mark in self.marks), key=SUREST.index, default=None)

    @property
    def sources(self) -> list[int]:
        """Return the numbers of all sources that have it."""
        return sorted({mark.match for mark in self.marks})


Part = tuple[int, str]  # an offset and the text that stands there


def kind_of(kind: str | None) -> str:
    """Return how a passage is shown; older reports do not say what it is."""
    return kind or "EDITED"


def marks_here(matches: Sequence[Match]) -> list[Mark]:
    """Return the passages of all sources as places in the entry's text."""
    return [
        Mark(passage.start, passage.end, number, place, kind_of(passage.kind))
        for number, match in enumerate(matches, start=1)
        for place, passage in enumerate(match.passages, start=1)
    ]


def marks_there(number: int, match: Match) -> list[Mark]:
    """Return the passages of one source as places in its own text."""
    return [
        Mark(passage.source_start, passage.source_end, number, place, kind_of(passage.kind))
        for place, passage in enumerate(match.passages, start=1)
    ]


def patchwork(parts: Iterable[Part]) -> list[Part]:
    """Put parts that touch or overlap together, the first offset first."""
    joined: list[Part] = []
    for start, text in sorted(parts):
        if joined and start <= joined[-1][0] + len(joined[-1][1]):
            before, first = joined[-1][1], joined[-1][0]
            joined[-1] = first, before + text[len(before) - (start - first) :]
            if start + len(text) <= first + len(before):
                joined[-1] = first, before
        else:
            joined.append((start, text))
    return joined


def paint(
    parts: Sequence[Part], marks: Sequence[Mark], excluded: Sequence[Excluded]
) -> list[Piece]:
    """Cut the parts of a text where something begins or ends."""
    return [piece for offset, text in parts for piece in _painted(offset, text, marks, excluded)]


def _ranges(found: Sequence[Mark] | Sequence[Excluded]) -> list[tuple[int, int]]:
    """Return where each begins and ends."""
    return [(one.start, one.end) for one in found]


def _painted(
    offset: int, text: str, marks: Sequence[Mark], excluded: Sequence[Excluded]
) -> list[Piece]:
    """Cut one part."""
    last = offset + len(text)
    edges = {offset, last}
    for start, end in (*_ranges(marks), *_ranges(excluded)):
        edges |= {min(max(start, offset), last), min(max(end, offset), last)}
    row = sorted(edges)
    pieces = []
    for start, end in pairwise(row):
        covering = tuple(mark for mark in marks if mark.start < end and start < mark.end)
        out = next((one for one in excluded if one.start < end and start < one.end), None)
        pieces.append(
            Piece(
                text=text[start - offset : end - offset],
                marks=covering,
                begins=tuple(mark for mark in covering if max(mark.start, offset) == start),
                left_out=out.reason if out else None,
                begins_left_out=out is not None and max(out.start, offset) == start,
                after_gap=start == offset and offset > 0,
            )
        )
    return pieces
