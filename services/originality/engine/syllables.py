"""Which letter sequences are Vietnamese syllables, by rule: onset, rime and tone.

The table is a little generous (it makes some syllables nobody uses): it tells text from what a
broken font or a wrong encoding leaves, not right spelling from wrong.
"""

from functools import cache

import numpy as np

from services.originality.engine.kernels.scanning import Flags, Numbers
from services.originality.engine.words import Words, scan
from services.originality.spelling import SPELT, STOPPED, TONES


@cache
def _syllables() -> Words:
    """Spell every syllable there is, with every tone it may bear."""
    return scan(
        " ".join(
            syllable + tone
            for syllable in SPELT
            for tone in (TONES[2::3] if syllable.endswith(STOPPED) else TONES)
        )
    )


@cache
def _exact() -> Numbers:
    """Return the numbers of all syllables with their marks, rising."""
    return np.unique(_syllables().exact)


@cache
def _bare() -> Numbers:
    """Return the numbers of all syllables without marks, rising."""
    return np.unique(_syllables().bare)


def known(words: Words) -> Flags:
    """Say of every word whether it is a syllable, its marks included."""
    return _among(words.exact, _exact())


def _among(numbers: Numbers, rising: Numbers) -> Flags:
    """Say which numbers are among these."""
    places = np.minimum(rising.searchsorted(numbers), len(rising) - 1)
    return np.asarray(rising[places] == numbers)


def known_share(words: Words) -> float:
    """Return the part of the alphabetic words that are Vietnamese syllables, 0..1.

    A text typed without marks is measured without marks. Legacy fonts (TCVN3, VNI) read as
    Unicode, fonts that lack letters, and other languages all end far below 1.
    """
    alphabetic = words.alphabetic
    if not alphabetic.any():
        return 0.0
    if words.unmarked[alphabetic].mean() > 0.9:
        found = _among(words.bare, _bare())
    else:
        found = known(words)
    return float(found[alphabetic].mean())
