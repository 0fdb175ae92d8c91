"""Documents that are a ZIP of XML: opening one without letting it do anything.

Nothing is unpacked further than `UNPACKED`, whatever its header says, and no XML may define
entities: a word processor writes none, and every known trick on XML parsers needs them.
"""

import re
import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from services.originality.extraction.reader.limits import UNPACKED

Node = Any  # lxml has no types

MOST_PARTS = 4000
_NUMBER = re.compile(r"\d+")
# libxml2 reports a tag it has met too deep or a text too long by itself: huge_tree is off.
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    collect_ids=False,
)


class Unsafe(Exception):
    """The document is made to harm whoever opens it."""


class Broken(Exception):
    """The document is not what it says it is."""


class Package:
    """The parts of a document, by name."""

    def __init__(self, body: bytes) -> None:
        try:
            self.archive = ZipFile(BytesIO(body))
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Broken from error
        self.names = self.archive.namelist()
        self.left = 2 * UNPACKED
        if len(self.names) > MOST_PARTS:
            raise Unsafe

    def read(self, name: str) -> bytes:
        """Return a part; raise `Unsafe` where it, or all so far, is larger than any real one."""
        most = min(UNPACKED, self.left)
        try:
            with self.archive.open(name) as part:
                content = part.read(most + 1)
        except (BadZipFile, OSError, ValueError, KeyError, EOFError, zlib.error) as error:
            raise Broken from error
        except (NotImplementedError, RuntimeError) as error:  # a method or password of its own
            raise Broken from error
        if len(content) > most:
            raise Unsafe
        self.left -= len(content)
        return content

    def tree(self, name: str) -> Node:
        """Return a part as XML."""
        return xml(self.read(name))

    def optional(self, name: str) -> Node | None:
        """Return a part as XML, or None if there is none."""
        return self.tree(name) if name in self.names else None

    def numbered(self, prefix: str, suffix: str = ".xml") -> list[str]:
        """Return the parts named by this prefix and a number, in the order of their numbers."""
        found = (n for n in self.names if n.startswith(prefix) and n.endswith(suffix))
        numbers = ((n, _NUMBER.fullmatch(n[len(prefix) : -len(suffix)])) for n in found)
        return [name for _, name in sorted((int(m[0]), n) for n, m in numbers if m)]

    def pictures(self, folders: tuple[str, ...]) -> list[str]:
        """Return the pictures of writing that there may be, the largest first."""
        kinds = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif")
        found = [
            part
            for part in self.archive.infolist()
            if part.filename.startswith(folders) and part.filename.lower().endswith(kinds)
        ]
        return [part.filename for part in sorted(found, key=lambda part: -part.compress_size)]


def xml(content: bytes) -> Node:
    """Parse XML; raise `Unsafe` if it defines anything, `Broken` if it is none."""
    # Before libxml2 reads a line of it; in UTF-16 there are zeros between.
    if b"!" in content and (b"<!DOCTYPE" in content.replace(b"\0", b"") or b"<!ENTITY" in content):
        raise Unsafe
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Broken from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unsafe
    return root
