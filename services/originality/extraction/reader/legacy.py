"""Vietnamese written in the encodings from before Unicode: TCVN3 (ABC), VNI, VISCII, VPS.

`by_font` trusts the font that a run of text names; `converted` tells by the text itself.
"""

import re
from functools import lru_cache

import viparse

from services.originality.extraction.documents import LEGACY_ENCODING, Sign, Span
from services.originality.extraction.reader.draft import Draft
from services.originality.extraction.reader.vietnamese import READABLE, known_share, sample

ENCODINGS = ("tcvn3", "vni", "viscii", "vps")
BETTER = 0.2  # of the words more are syllables afterwards: never by chance
# Letters and signs up to ÿ that Vietnamese does not write: what the old encodings look like.
_STRANGE = re.compile(r"[\x80-\x9f¡-¦ª¬®-¯²-¶¸-º¼-¿ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ]")
_LEAST = 5
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_SUBSET = re.compile(r"^[A-Z]{6}\+")


def by_font(letters: str, font: str | None) -> tuple[str, str]:
    """Return letters of a legacy font in Unicode with their encoding's name; others as they are.

    Fonts of TCVN3 whose name ends in H show small letters as capitals.
    """
    encoding = _encoding_of(font) if font else ""
    if not encoding:
        return letters, ""
    text = _fixed(letters, encoding)
    if encoding == "tcvn3" and font and font.rstrip().endswith("H"):
        text = text.upper()
    return text, encoding if text != letters else ""


@lru_cache(maxsize=256)
def _encoding_of(font: str) -> str:
    name = _SUBSET.sub("", font).upper()
    if name.startswith(".VN"):
        return "tcvn3"
    return "vni" if name.startswith("VNI") else ""


def _fixed(letters: str, encoding: str) -> str:
    """Convert, leaving alone the blanks around that the converter would tidy away."""
    text = letters.strip()
    if not text:
        return letters
    start = letters.index(text[0])
    fixed: str = viparse.fix(text, encoding=encoding)
    return letters[:start] + fixed + letters[start + len(text) :]


def converted(draft: Draft) -> Draft:
    """Return the draft in Unicode, its converted paragraphs marked.

    A paragraph is converted if it reads better afterwards, in the encoding that suits all that
    read badly. What nothing helps stays as it is, for a person to see.
    """
    if len(_STRANGE.findall(draft.text)) < _LEAST:
        return draft
    blocks = [found for found in _BLOCK.finditer(draft.text) if _STRANGE.search(found.group())]
    bad = [block for block in blocks if known_share(block.group()) < READABLE]
    if not bad:
        return draft
    encoding = _encoding_for("\n".join(block.group() for block in bad))
    if not encoding:
        return draft
    spans = [
        Span(*block.span())
        for block in bad
        if known_share(block.group()) < known_share(_fixed(block.group(), encoding))
    ]
    marked = draft.marked(Sign(LEGACY_ENCODING, *span, encoding) for span in spans)
    return marked.converted(lambda piece: _fixed(piece, encoding), spans) if spans else draft


def _encoding_for(text: str) -> str:
    """Return the encoding that makes most sense of a text, none if none makes any."""
    looked_at = sample(text)
    before = known_share(looked_at)
    shares = {name: known_share(_fixed(looked_at, name)) for name in ENCODINGS}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= max(READABLE, before + BETTER) else ""
