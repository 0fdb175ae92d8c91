"""Which words of a text are nobody's own: quotations of law, the form, headings.

Start with `excluded`. A quotation counts as one of law only beside a citation of the document
it is from; quotation marks alone excuse nothing, or a copier would only have to set them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from services.originality.engine.articles import CITATION, articles
from services.originality.engine.paragraphs import MARKER, Paragraph, paragraphs
from services.originality.engine.words import Words, scan

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
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\n\s*\n")


def excluded(words: Words, phrases: Iterable[str] = ()) -> list[bool]:
    """Say of every word whether it is left out of the comparison.

    `phrases` are further texts that every entry of a contest repeats, such as its title.
    """
    return [reason is not None for reason in reasons(words, phrases)]


def reasons(words: Words, phrases: Iterable[str] = ()) -> list[str | None]:
    """Say of every word why it is left out of the comparison, or None where it counts."""
    text = words.text
    parts = list(paragraphs(text))
    masked: list[str | None] = [None] * len(words)
    for reason, spans in (
        ("QUOTATION", _quoted(text)),
        ("LAW", (*_rendered(text), *articles(text, parts))),
        ("FORM", _form(text, parts)),
    ):
        for start, end in spans:
            first = bisect_left(words.starts, start)
            last = bisect_left(words.starts, end)
            masked[first:last] = [reason] * (last - first)
    for phrase in phrases:
        for first, last in _occurrences(words.bare, scan(phrase).bare):
            masked[first:last] = ["FORM"] * (last - first)
    return masked


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands in quotation marks next to the citation of a document."""
    for found in _QUOTED.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if CITATION.search(before) or _NAMED_AFTER.match(text, found.end()):
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
def _labels() -> frozenset[tuple[str, ...]]:
    """Read the phrases of the form and of headings, as bare words."""
    lines = _HEADINGS.read_text(encoding="utf-8").splitlines()
    return frozenset(tuple(scan(line).bare) for line in lines if not line.startswith("#"))


def _form(text: str, parts: Iterable[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the lines that belong to the form: labels with their value, headings, bases."""
    for part in parts:
        written = text[part.start : part.end]
        marker = MARKER.match(written)
        line = written[marker.end() :] if marker else written
        label = tuple(scan(line.split(":", 1)[0]).bare)
        fits = len(scan(line)) <= len(label) + _LONGEST_VALUE
        if (fits and label in _labels()) or _is_basis(written):
            yield part.start, part.end


def _is_basis(line: str) -> bool:
    """Say whether a line is one of the documents a text rests on (căn cứ)."""
    stated = line.lstrip("-–+• ").startswith("Căn cứ") and CITATION.search(line) is not None
    return stated and len(line.split()) <= _LONGEST_BASIS


def _occurrences(words: Sequence[str], phrase: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where the words of the phrase stand in a row. Shorter than four, it is no phrase."""
    if len(phrase) < 4:
        return
    for place, word in enumerate(words):
        if word == phrase[0] and words[place : place + len(phrase)] == phrase:
            yield place, place + len(phrase)
