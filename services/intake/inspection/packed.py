"""What is in a packed office file (OOXML): its kind, macros, bombs, and its count of pages.

Every byte is unpacked once, in a stream, within a budget that files in a file share.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from services.intake.domain.faults import (
    Found,
    HasEntities,
    HasMacros,
    PackedTooTightly,
    PartTooLarge,
    protected,
)

CHUNK = 256 * 1024
MOST_ENTRIES = 10_000
MOST_BYTES = 512 * 1024 * 1024
MOST_RATIO = 200  # of what is unpacked to what is packed, above the size below
RATIO_FROM = 16 * 1024 * 1024
LOCKED = 1  # bit 0 of an entry's flags: encrypted
MOST_DEPTH = 2  # a chart in a document brings its table as a file in the file

TYPES = "[Content_Types].xml"
PROPERTIES = "docProps/app.xml"
MOST_AT_ONCE = 1024 * 1024  # of the two parts that are read whole; a large workbook has a fifth
PAGES = re.compile(rb"<(?:\w+:)?Pages>\s*(\d{1,6})\s*<")
KINDS = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
)
# No DTD may be in a package (ECMA-376 part 2); in UTF-16 every letter has a zero beside it.
DTD = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)


@dataclass
class Budget:
    """How much may still be unpacked of one upload, however it is nested."""

    name: str
    entries: int = MOST_ENTRIES
    bytes: int = MOST_BYTES

    def spend(self, archive: ZipFile, packed: int) -> None:
        """Take what the archive says it holds off the budget, before anything is unpacked."""
        sizes = [entry.file_size for entry in archive.infolist()]
        self.entries -= len(sizes)
        self.bytes -= sum(sizes)
        is_bomb = sum(sizes) > RATIO_FROM and sum(sizes) > packed * MOST_RATIO
        # Entries that share their bytes are how a small archive holds more than it is long.
        overlaps = sum(entry.compress_size for entry in archive.infolist()) > packed
        if self.entries < 0 or self.bytes < 0 or is_bomb or overlaps:
            raise self.bomb()

    def bomb(self) -> PackedTooTightly:
        """Return the refusal of an archive that holds too much."""
        return PackedTooTightly(
            "{name} unpacks into far more than a document holds; "
            "save it anew in your word processor and upload that.",
            name=self.name,
        )


def look(file: BinaryIO, name: str) -> Found:
    """Return what it is, and the pages its word processor counted. Raises `BadContent`."""
    kind, pages = unpack(file, Budget(name), 0)
    return Found(kind, "", pages=pages)


def unpack(file: BinaryIO, budget: Budget, depth: int) -> tuple[str, int | None]:
    """Read every entry to its end, which verifies its checksum; return kind and pages."""
    packed = file.seek(0, 2)
    with ZipFile(file) as archive:
        budget.spend(archive, packed)
        if any(entry.flag_bits & LOCKED for entry in archive.infolist()):
            raise protected(budget.name)
        names = {entry.filename for entry in archive.infolist()}
        types = read_whole(archive, TYPES, budget.name)
        check_macros(budget.name, names, types)
        for entry in archive.infolist():
            check_entry(archive, entry, budget, depth)
        written = read_whole(archive, PROPERTIES, budget.name)
    kind = next((kind for part, kind in KINDS if part in types), "zip")
    count = PAGES.search(written)
    return kind, int(count[1]) or None if count else None


def read_whole(archive: ZipFile, part: str, name: str) -> bytes:
    """Return the content of a part, empty if there is none. Raises `PartTooLarge`."""
    if part not in archive.namelist():
        return b""
    # No more is ever unpacked of an entry than the archive says that it holds.
    if archive.getinfo(part).file_size > MOST_AT_ONCE:
        raise PartTooLarge(
            "The part {part} of {name} is larger than any office program writes it; "
            "save it anew in your word processor and upload that.",
            part=part,
            name=name,
        )
    return archive.read(part)


def check_macros(name: str, names: set[str], types: bytes) -> None:
    """Raise if the package has a place for macros, under whichever name."""
    hides = any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in names)
    if hides or b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise HasMacros(
            "{name} contains macros; save it without them, as .docx or .xlsx, and upload that.",
            name=name,
        )


def check_entry(archive: ZipFile, entry: ZipInfo, budget: Budget, depth: int) -> None:
    """Read one entry to its end; raise if it is a bomb or defines entities."""
    chunks = stream(archive, entry)
    first = next(chunks, b"")
    if first.startswith(b"PK\3\4"):
        if depth == MOST_DEPTH:
            raise budget.bomb()
        with TemporaryFile() as inner:
            inner.write(first)
            inner.writelines(chunks)
            unpack(inner, budget, depth + 1)
        return
    is_text = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    before = b""
    while first:
        if is_text and DTD.search(before + first):
            raise HasEntities(
                "{name} defines XML entities, as no office program does; "
                "save it anew in your word processor and upload that.",
                name=budget.name,
            )
        before, first = first[-64:], next(chunks, b"")


def stream(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """Return the content of an entry, a piece at a time."""
    with archive.open(entry) as content:
        while chunk := content.read(CHUNK):
            yield chunk
