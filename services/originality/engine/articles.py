"""Provisions of law quoted at length: runs of Điều, khoản and điểm after a citation.

The run is followed by its numbering, so that it ends where the author goes on in their own words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from services.originality.engine.paragraphs import MARKER, Part

# A document of state: by number (61/2018/NĐ-CP), or a law or code by its name.
CITATION = re.compile(
    r"\b\d{1,5}/(?:\d{4}/)?[A-ZĐ]{2,}\d*(?:-[A-ZĐ]{2,})*\b"
    r"|\b(?:Bộ luật|Luật|Hiến pháp|Pháp lệnh)\s+(?:năm\s+\d{4}|[A-ZÀ-ỸĐ]\w+)"
)
_NAMES = ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh")
_NUMBERED = re.compile(r"/[A-ZĐ]{2}")
# The last words before a quoted provision that begins with a bare number.
_INTRODUCES = re.compile(r"(?:quy định|nêu rõ|ghi rõ|hướng dẫn|trích)[^.\n]{0,160}:\s*$")
_REACH = 2  # paragraphs from the citation to the first article
_UNNUMBERED = 3  # paragraphs without a number that one clause may have in a row
_POINTS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the numbering of a quoted provision stands."""

    clause: int = 0
    point: int = -1
    titled: bool = False  # the last paragraph was a title; what follows may be unnumbered

    def follow(self, written: str) -> Self | None:
        """Return the numbering after this paragraph, or None where it does not fit."""
        mark = MARKER.match(written)
        if mark is None:
            return replace(self, titled=False) if self.titled else None
        if mark["article"]:
            return type(self)(titled=not written.rstrip('”"» ').endswith((".", ";", ":")))
        if mark["named"] or mark["chapter"]:
            return replace(self, titled=mark["chapter"] is not None)
        return self._numbered(mark)

    def _numbered(self, mark: re.Match[str]) -> Self | None:
        """Return the numbering after a clause or a point that is the next one."""
        if mark["clause"] and (self.clause == 0 or int(mark["clause"]) == self.clause + 1):
            return type(self)(clause=int(mark["clause"]))
        point = _POINTS.find(mark["point"] or "-")
        # A clause of several paragraphs may begin its points anew in each.
        if mark["point"] and point in (0, self.point + 1):
            return replace(self, point=point, titled=False)
        return None


def may_cite(text: str) -> bool:
    """Say whether it is worth looking for a citation: most texts have nothing like one."""
    return any(name in text for name in _NAMES) or _NUMBERED.search(text) is not None


def cites(text: str) -> bool:
    """Say whether a document of state is named."""
    return may_cite(text) and CITATION.search(text) is not None


def articles(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs that belong to a quoted provision."""
    written = [part.written.lstrip('“"« ') for part in parts]
    run: _Run | None = None
    cited = -_REACH - 1
    introduced = False
    for number, part in enumerate(parts):
        if run:
            run = _after(run, written[number : number + _UNNUMBERED + 1])
        elif number - cited <= _REACH:
            run = _opened(written[number], introduced=introduced and number - cited == 1)
        if run:
            yield part.start, part.end
        elif cites(written[number]):
            cited = number
            introduced = _INTRODUCES.search(written[number]) is not None


def _after(run: _Run, ahead: Sequence[str]) -> _Run | None:
    """Return the run after the next paragraph; None where the author goes on.

    A clause may have several paragraphs: those without a number belong to the run if the
    numbering is taken up again soon after them.
    """
    if followed := run.follow(ahead[0]):
        return followed
    for later, written in enumerate(ahead):
        if later and _takes_up(run, written):
            return run
        if (mark := MARKER.match(written)) and not mark["dash"]:
            return None
    return None


def _takes_up(run: _Run, written: str) -> bool:
    """Say whether a paragraph is the run's next number, and no heading of the author's own."""
    mark = MARKER.match(written)
    if mark is None or mark["dash"] or mark["chapter"] or run.follow(written) is None:
        return False
    return bool(mark["article"]) or written.rstrip('”"» ').endswith((".", ";", ":"))


def _opened(written: str, *, introduced: bool) -> _Run | None:
    """Return a run if a quoted provision begins with this paragraph.

    A bare number begins one only right after words like "quy định:"; an author's own list of
    measures may stand after a citation as well.
    """
    mark = MARKER.match(written)
    if mark is None:
        return None
    if mark["article"] or mark["named"] or mark["chapter"]:
        return _Run().follow(written)
    if introduced and (mark["clause"] or mark["point"]):
        point = _POINTS.find(mark["point"]) - 1 if mark["point"] else -1
        return _Run(point=point).follow(written)
    return None
