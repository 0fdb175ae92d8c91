"""A text as words, each with its exact place in the original text. Start with `scan`."""

import re
from dataclasses import dataclass

from services.originality.engine.letters import INVISIBLE, MARKS, fold, is_disguised

# A word begins and ends with something visible; marks and invisible characters may stand inside.
_WORD = re.compile(rf"[^\W_](?:[{INVISIBLE}]*[^\W_{INVISIBLE}]|[{INVISIBLE}]*[{MARKS}])*")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order. `text[starts[n]:ends[n]]` is the n-th as it was written."""

    text: str
    starts: list[int]
    ends: list[int]
    bare: list[str]
    exact: list[str]

    def __len__(self) -> int:
        return len(self.starts)

    def written(self, first: int, last: int) -> str:
        """Return the text from the word `first` up to, not including, the word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def scan(text: str) -> Words:
    """Find the words of a text."""
    starts: list[int] = []
    ends: list[int] = []
    bare: list[str] = []
    exact: list[str] = []
    for found in _WORD.finditer(text):
        start, end = found.span()
        folded = fold(found.group())
        starts.append(start)
        ends.append(end)
        bare.append(folded.bare)
        exact.append(folded.exact)
    return Words(text, starts, ends, bare, exact)


def disguises(words: Words) -> tuple[str, ...]:
    """Name the tricks seen in a text, for the people who read its report."""
    flags = []
    inside = sum(
        1
        for start, end in zip(words.starts, words.ends, strict=True)
        if _INVISIBLE.search(words.text, start, end)
    )
    # One or two come from copying out of a web page; more than that is no accident.
    if inside > 2:
        flags.append("INVISIBLE_CHARACTERS")
    mixed = sum(
        is_disguised(words.text[start:end])
        for start, end in zip(words.starts, words.ends, strict=True)
    )
    if mixed > 2:
        flags.append("REPLACED_LETTERS")
    return tuple(flags)
