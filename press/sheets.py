"""What comes off the press, and what goes on it: characters there is a shape for."""

import re
from hashlib import sha256

from msgspec import Struct


class Sheet(Struct, frozen=True, kw_only=True):
    """A printed file and its SHA-256 in hex."""

    content: bytes
    sha256: str


class Printed(Struct, frozen=True, kw_only=True):
    """The same paper in both formats."""

    pdf: Sheet
    docx: Sheet


def sheet(content: bytes) -> Sheet:
    """Put a checksum beside the content."""
    return Sheet(content=content, sha256=sha256(content).hexdigest())


def in_letters(part: object, letters: frozenset[str]) -> object:
    """Return a part of a paper without what the font has no shape for.

    A picture or a control character in one title must not keep all papers from being printed:
    PDF/A allows no character without a shape, Word none that XML has no place for.
    """
    match part:
        case str():
            return re.sub(" {2,}", " ", "".join(each for each in part if each in letters)).strip()
        case list() | tuple():
            return [in_letters(each, letters) for each in part]
        case dict():
            return {name: in_letters(each, letters) for name, each in part.items()}
        case _:
            return part
