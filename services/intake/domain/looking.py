"""Words as they are looked for, with accents or without; the same in Python and in PostgreSQL."""

import re
from unicodedata import combining, normalize

_ACCENTED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def plain(text: str) -> str:
    """Return a text without accents and capitals; `đ` no decomposition takes apart."""
    apart = normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(sign for sign in apart if not combining(sign))


# What `translate` of PostgreSQL is told, which needs no extension and no locale.
ACCENTED = _ACCENTED + _ACCENTED.upper()
BARE = plain(_ACCENTED) * 2


def words_of(text: str) -> tuple[str, ...]:
    """Return the words looked for, each as a pattern of LIKE in which nothing else is special."""
    found = re.findall(r"[^\s]+", plain(text))
    return tuple("%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in found)
