"""Which words of a text are nobody's own: quotations, the form, headings, the bibliography.

Start with `excluded`. A quotation counts as one only beside the source it is from; quotation
marks alone excuse nothing, or a copier would only have to set them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.articles import CITATION, articles, cites, may_cite
from services.originality.engine.bibliography import bibliography
from services.originality.engine.kernels.scanning import Flags
from services.originality.engine.paragraphs import Part, parts
from services.originality.engine.words import Words, numbers

REASONS = ("", "QUOTATION", "LAW", "BIBLIOGRAPHY", "FORM")
COUNTS, FORM = 0, 4  # the places of no reason, and of what repeats

_HEADINGS = Path(__file__).parents[1] / "data" / "headings.txt"
_LONGEST_VALUE = 12  # words; what is longer after a label is text
_LONGEST_BASIS = 60  # words; what is longer goes on in the author's own
_LONGEST_SENTENCE = 2000  # characters; what has no end by then is not one that renders a law
_NEAR = 300  # characters between a citation and the quotation it introduces
_QUOTED = re.compile(r"“[^“”]{20,8000}”|«[^«»]{20,8000}»|\"[^\"“”]{20,8000}\"")
# A sentence that says itself that it renders a provision.
_RENDERED = re.compile(
    r"(?:Theo|theo|Căn cứ|căn cứ|Tại|tại)\b[^.;\n]{0,60}?"
    r"\b(?:[Đđ]iểm|[Kk]hoản|Điều|điều)\s+\w+[^.;]{0,160}"
)
_NAMED_AFTER = re.compile(rf"\s*[(,][^)\n]{{0,120}}?(?:{CITATION.pattern})")
# An author with a year, or a number of the bibliography, behind a quotation.
_SOURCE_AFTER = re.compile(
    r"\s*(?:\[\d{1,3}(?:[,;][^\]\n]{0,30})?\]|\([^()\n]{2,80}?\b(?:19|20)\d\d\b[^()\n]{0,30}\))"
)
_LONGEST_CITED = 800  # characters between quotation marks with such a source
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\n\s*\n")


def excluded(words: Words, phrases: Iterable[str] = ()) -> Flags:
    """Say of every word whether it is left out of the comparison.

    `phrases` are further texts that every entry of a contest repeats, such as its title.
    """
    return reasons(words, phrases) > COUNTS


def reasons(words: Words, phrases: Iterable[str] = ()) -> NDArray[np.uint8]:
    """Say of every word why it is left out, as a place in `REASONS`; `COUNTS` where it is not."""
    text, told = words.text, parts(words)
    found = {
        "QUOTATION": _quoted(text),
        "LAW": (*_rendered(text), *articles(told)) if may_cite(text) else (),
        "BIBLIOGRAPHY": bibliography(words, told),
        "FORM": _form(words, told),
    }
    why = np.zeros(len(words), np.uint8)
    for reason, spans in found.items():
        for start, end in spans:
            why[words.at(start, end)] = REASONS.index(reason)
    why[repeated(words, phrases)] = FORM
    return why


def repeated(words: Words, phrases: Iterable[str]) -> Flags:
    """Say of every word whether it stands in one of these phrases."""
    marked = np.zeros(len(words), np.bool_)
    for phrase in phrases:
        for first, last in _occurrences(words, numbers(phrase)):
            marked[first:last] = True
    return marked


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands in quotation marks next to the source it is from."""
    for found in _QUOTED.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        short = len(found.group()) <= _LONGEST_CITED
        if (
            cites(before)
            or _NAMED_AFTER.match(text, found.end())
            or (short and _SOURCE_AFTER.match(text, found.end()))
        ):
            yield found.span()


def _rendered(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences that render a provision they cite by article and document."""
    for found in _RENDERED.finditer(text):
        farthest = min(found.end() + _LONGEST_SENTENCE, len(text))
        end = _SENTENCE_END.search(text, found.end(), farthest)
        stop = end.start() if end else farthest
        if CITATION.search(text, found.start(), min(stop, found.end() + 100)):
            yield found.start(), stop


@cache
def _labels() -> frozenset[tuple[int, ...]]:
    """Read the phrases of the form and of headings, as numbers of bare words."""
    lines = _HEADINGS.read_text(encoding="utf-8").splitlines()
    return frozenset(filter(None, (numbers(line) for line in lines if not line.startswith("#"))))


@cache
def _heads() -> frozenset[int]:
    """Return the numbers of the words that labels begin with."""
    return frozenset(label[0] for label in _labels())


@cache
def _longest_label() -> int:
    """Return how many words a label has at most."""
    return max(map(len, _labels()))


def _form(words: Words, told: Iterable[Part]) -> Iterator[tuple[int, int]]:
    """Yield the lines that belong to the form: labels with their value, headings, bases."""
    for part in told:
        if _is_label(words, part) or _is_basis(part.written):
            yield part.start, part.end


def _is_label(words: Words, part: Part) -> bool:
    """Say whether a line is a label of the form, with or without a short value after it."""
    if part.head not in _heads() or part.last - part.opening > _longest_label() + _LONGEST_VALUE:
        return False
    colon = words.text.find(":", part.opens, part.end)
    label = words.at(part.opens, part.end if colon < 0 else colon)
    fits = part.last <= label.stop + _LONGEST_VALUE
    return fits and tuple(words.bare[label].tolist()) in _labels()


def _is_basis(line: str) -> bool:
    """Say whether a line is one of the documents a text rests on (căn cứ)."""
    stated = line.lstrip("-–+• ").startswith("Căn cứ") and cites(line)
    return stated and len(line.split()) <= _LONGEST_BASIS


def _occurrences(words: Words, phrase: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where the words of the phrase stand in a row. Shorter than four, it is no phrase."""
    if len(phrase) < 4:
        return
    sought = np.array(phrase, np.uint64)
    for place in np.flatnonzero(words.bare == sought[0]).tolist():
        if np.array_equal(words.bare[place : place + len(sought)], sought):
            yield place, place + len(sought)
