"""A text as words, each with its exact place in the original text. Start with `scan`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.originality.engine.kernels import scanning
from services.originality.engine.kernels.scanning import Flags, Numbers, Places
from services.originality.engine.letters import FURTHER, LETTERS

# One or two come from copying out of a web page; more than that is no accident.
_ACCIDENTS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text in order. `text[starts[n]:ends[n]]` is the n-th as it was written.

    `bare` numbers a word without marks and disguises, `exact` with its marks, the tone apart from
    its vowel (hoà = hòa), `stems` its first letters alone. `alphabetic` words have no digit,
    `unmarked` ones no Vietnamese mark; `sentences` says whether a word begins one.
    `mixed_scripts` and `unseen` count the words with look-alikes of other scripts among Latin
    letters, and with invisible characters inside.
    """

    text: str
    starts: Places
    ends: Places
    bare: Numbers
    exact: Numbers
    stems: Numbers
    alphabetic: Flags
    unmarked: Flags
    sentences: Flags
    mixed_scripts: int
    unseen: int

    def __len__(self) -> int:
        return len(self.starts)

    def written(self, first: int, last: int) -> str:
        """Return the text from the word `first` up to, not including, the word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def at(self, start: int, end: int) -> slice:
        """Return the words that begin within these offsets."""
        # Of the same type as what is searched, which would else be copied as a whole.
        first, last = self.starts.searchsorted(np.array((start, end), np.int32))
        return slice(int(first), int(last))


def scan(text: str) -> Words:
    """Find the words of a text."""
    return Words(text, *scanning.scan(_points(text), LETTERS, FURTHER))


def _points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text; a lone surrogate is one."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def numbers(phrase: str) -> tuple[int, ...]:
    """Return the bare numbers of a phrase's words, to look it up among others."""
    return tuple(scan(phrase).bare.tolist())


def disguises(words: Words) -> tuple[str, ...]:
    """Name the tricks seen in a text, for the people who read its report."""
    flags = []
    if words.unseen > _ACCIDENTS:
        flags.append("INVISIBLE_CHARACTERS")
    if words.mixed_scripts > _ACCIDENTS:
        flags.append("REPLACED_LETTERS")
    return tuple(flags)
