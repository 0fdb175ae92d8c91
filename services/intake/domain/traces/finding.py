"""Where in a text the traces are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from services.intake.domain.traces.folding import Folded, agrees, bare, fold, is_capitalised, sound
from services.intake.domain.traces.identity import Identity, Kind
from services.intake.domain.traces.patterns import alike
from services.intake.domain.traces.spellings import HONORIFICS, Look, Spelling, added, spellings


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A range of a text, in code points, and what is there."""

    start: int
    end: int
    kind: Kind


def find(text: str, identity: Identity) -> tuple[Found, ...]:
    """Return what must be taken out of a text, in order and without overlaps."""
    folded = fold(text)
    found = {
        Found(*span, spelling.kind)
        for spelling in spellings(identity)
        for span in _spans(spelling, text, folded)
    }
    found |= {Found(start, end, kind) for start, end, kind in alike(text)}
    kept = [
        span
        for words in identity.kept
        for spelling in added(words)
        for span in _spans(spelling, text, folded)
    ]
    left = (one for one in found if not _is_within(one, kept))
    return tuple(_merged(left))


def _spans(spelling: Spelling, text: str, folded: Folded) -> Iterator[tuple[int, int]]:
    """Yield where a spelling stands, as whole words."""
    group = 1 if spelling.look is Look.GIVEN else 0
    for match in re.finditer(spelling.pattern, folded.text):
        start, end = folded.span(*match.span(group))
        while end < len(text) and not fold(text[end]).text:  # marks that stand for themselves
            end += 1
        first = folded.span(*match.span())[0]
        if _is_whole(text, first, end) and _is_it(spelling, text[start:end], text[first:start]):
            yield start, end


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a range is not part of a longer word; `NguyenVanAn2024` is three."""
    before, after = text[start - 1 : start], text[end : end + 1]
    joins_before = _same_sort(before, text[start]) and not (
        before.islower() and text[start].isupper()
    )
    last = text[end - 1]
    return not joins_before and not (
        _same_sort(last, after) and not (last.islower() and after.isupper())
    )


def _same_sort(one: str, other: str) -> bool:
    """Say whether two characters are both letters or both digits."""
    return (one.isalpha() and other.isalpha()) or (one.isdigit() and other.isdigit())


def _is_it(spelling: Spelling, said: str, before: str) -> bool:
    """Look at the original letters where those of the pattern are not enough."""
    match spelling.look:
        case Look.NOTHING:
            is_it = True
        case Look.EXACT:
            is_it = said == spelling.words
        case Look.ACCOUNT:
            is_it = said.isascii()
        case Look.CAPITALS:
            is_it = is_capitalised(said) and _marks_agree(said, spelling.words)
        case Look.GIVEN:
            is_it = _is_title(before) and is_capitalised(said) and agrees(said, spelling.words)
        case _:
            assert_never(spelling.look)
    return is_it


def _is_title(before: str) -> bool:
    """Say whether what stands before a given name is a title, with its marks."""
    title = before.strip(" .:\n\t").lower()
    return any(sound(title) == sound(one) for one in HONORIFICS)


def _marks_agree(said: str, words: str) -> bool:
    """Say whether marks speak against it; of initials only the letters are there."""
    return bare(said) != bare(words) or agrees(said, words)


def _is_within(one: Found, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in ranges)


def _merged(found: Iterable[Found]) -> Iterator[Found]:
    """Join what overlaps; the joined range is of the kind that begins first and is longest."""
    held: Found | None = None
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if held is None:
            held = one
        elif one.start < held.end:
            held = Found(held.start, max(held.end, one.end), held.kind)
        else:
            yield held
            held = one
    if held is not None:
        yield held
