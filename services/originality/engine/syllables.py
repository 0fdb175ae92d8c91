"""Which letter sequences are Vietnamese syllables, by rule: onset, rime and tone.

The table is a little generous (it makes some syllables nobody uses): it tells text from what a
broken font or a wrong encoding leaves, not right spelling from wrong.
"""

from functools import cache

import numpy as np

from services.originality.engine.kernels.scanning import Flags
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


def known(words: Words) -> Flags:
    """Say of every word whether it is a syllable, its marks included."""
    return np.isin(words.exact, _syllables().exact)


def known_share(words: Words) -> float:
    """Return the part of the alphabetic words that are Vietnamese syllables, 0..1.

    A text typed without marks is measured without marks. Legacy fonts (TCVN3, VNI) read as
    Unicode, fonts that lack letters, and other languages all end far below 1.
    """
    alphabetic = words.alphabetic
    if not alphabetic.any():
        return 0.0
    if words.unmarked[alphabetic].mean() > 0.9:
        found = np.isin(words.bare, _syllables().bare)
    else:
        found = known(words)
    return float(found[alphabetic].mean())
