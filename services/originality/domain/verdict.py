"""What a comparison means. Start with `judge`.

No percentage decides: a report either needs nobody (`CLEAR`) or a person.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Self

from services.originality.domain.entries import Policy

STRONG_WORDS = 100  # words shared with one source that a person has to see, whatever the share
STRONG_PART = Decimal("0.5")  # or this part of a short source, such as a summary in the register
STRONG_PART_WORDS = 40  # of at least so many words
READABLE = Decimal("0.75")  # of the words are Vietnamese syllables; broken text stays below 0.65
SHORTEST = 40  # words; a scan leaves fewer
MOSTLY = Decimal("0.6")  # of the words are quotations and form: what is left proves little


class Level(StrEnum):
    """What has to happen with a report."""

    CLEAR = "CLEAR"
    REVIEW = "REVIEW"
    UNREADABLE = "UNREADABLE"


# Nobody could look whether the pages show what their text says.
NOT_LOOKED_AT = "NOT_LOOKED_AT"
# What hides text, shows another than is compared, or might: never without a person's look.
TRICKS = frozenset({"HIDDEN_TEXT", "IMAGE_OF_TEXT", "TEXT_LAYER_DIFFERS", NOT_LOOKED_AT})
WAITING = "WAITING"  # the problem of a text whose pictures have not been read yet


@dataclass(frozen=True, slots=True)
class Sign:
    """Something about a stretch of a text that a person should know. Offsets are code points."""

    kind: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of the documents. `known_share` of its words are Vietnamese syllables."""

    words: int
    known_share: Decimal
    problem: str | None = None
    flags: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Say whether there is nothing to report yet, as pictures are still to be read."""
        return self.problem == WAITING

    def unlooked(self) -> Self:
        """Return it for a text whose pages could not be looked at: that is no clean bill."""
        return replace(self, flags=tuple(dict.fromkeys((NOT_LOOKED_AT, *self.flags))))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What one source shares with the entry, in words: `matched` of the source's `words`.

    `strong` of them stand in passages that cannot be chance.
    """

    source: int
    matched: int
    words: int
    strong: int = 0

    @property
    def is_strong(self) -> bool:
        """Say whether this alone is a reason for a person to look."""
        of_the_source = Decimal(self.matched) / max(self.words, 1)
        short = self.matched >= STRONG_PART_WORDS and of_the_source >= STRONG_PART
        return self.strong >= STRONG_PART_WORDS or self.matched >= STRONG_WORDS or short


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the entry shares with all its sources. `matched` counts every word once."""

    words: int
    excluded: int
    matched: int
    overlaps: tuple[Overlap, ...] = ()

    def part(self, words: int) -> Decimal:
        """Return so many words as a share of those that count, 0..1."""
        return share(words, self.words - self.excluded)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the report says above its matches. `listed` are the sources it names."""

    level: Level
    share: Decimal
    excluded_share: Decimal
    listed: tuple[int, ...]
    flags: tuple[str, ...]


def share(part: int, whole: int) -> Decimal:
    """Return a part of a whole with four places, 0..1."""
    return (Decimal(part) / max(whole, 1)).quantize(Decimal("0.0001"))


def judge(policy: Policy, reading: Reading, found: Comparison) -> Verdict:
    """Say what the report on a text is.

    Up to `report_above` chance resemblances are not held against anybody: only sources with a
    strong match are named. Above `must_review_above`, with a strong match, or where the text is
    not what its pages show, a person looks.
    """
    total = found.part(found.matched)
    quoted = share(found.excluded, found.words)
    strong = tuple(overlap.source for overlap in found.overlaps if overlap.is_strong)
    flags = reading.flags
    if problem := unreadable(reading):
        return Verdict(Level.UNREADABLE, total, quoted, strong, (problem, *flags))
    if mostly_quoted := quoted > MOSTLY:
        flags = ("MOSTLY_QUOTED", *flags)
    everything = tuple(overlap.source for overlap in found.overlaps)
    is_tricky = mostly_quoted or not TRICKS.isdisjoint(flags)
    needs_somebody = bool(strong) or total > policy.must_review_above or is_tricky
    return Verdict(
        level=Level.REVIEW if needs_somebody else Level.CLEAR,
        share=total,
        excluded_share=quoted,
        listed=everything if needs_somebody or total > policy.report_above else (),
        flags=flags,
    )


def unreadable(reading: Reading) -> str | None:
    """Name why a text cannot be compared, if so; it must never pass for an original one."""
    if reading.problem:
        return reading.problem
    if reading.words < SHORTEST:
        return "NO_TEXT"
    return "NOT_VIETNAMESE" if reading.known_share < READABLE else None
