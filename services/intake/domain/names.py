"""Names of files: kept exactly as sent, shown and compared as composed text."""

import re
from unicodedata import category, normalize

from kernel.errors import Refused

MOST_CHARACTERS = 1000

# Marks that turn the direction of writing: `exe.tài liệu` could be made to look like another name.
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class BadFileName(Refused):
    """The file name is empty, too long, a path, or has control characters; rename the file."""


def shown(sent: str) -> str:
    """Return the name as it is shown and compared: NFC, single spaces. Raises `BadFileName`."""
    plain = TURNS.sub("", normalize("NFC", sent))
    name = re.sub(r"\s+", " ", plain).strip()
    is_path = "/" in name or "\\" in name or not name.strip(".")
    # Zl and Zp end lines, Cs are halves of characters that no encoding can write.
    is_hidden = any(category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in sent)
    if is_path or is_hidden or len(sent) > MOST_CHARACTERS:
        raise BadFileName
    return name
