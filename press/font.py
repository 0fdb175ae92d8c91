"""The font papers are set in: where it is and which characters it has.

Start with `find_font`. TrueType tables are read as in the OpenType specification.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from struct import unpack_from
from unicodedata import category

from kernel.errors import Unavailable

# Metric-compatible with the Times New Roman that the decree asks for, and free.
FONT_FILE = "LiberationSerif-Regular.ttf"

# Liberation 1, often installed beside it, has no Vietnamese letters of its own and piles up
# loose marks instead.
OLDEST_REVISION = 2

INVISIBLE = ("Cc", "Cf")


class FontMissing(Unavailable):
    """The font for papers is not installed."""


@lru_cache(maxsize=4)
def find_font(font_path: str) -> Path:
    """Return the file, somewhere under the given folder, of Liberation Serif 2."""
    for found in sorted(Path(font_path).rglob(FONT_FILE)):
        if revision(found) >= OLDEST_REVISION:
            return found
    raise FontMissing(
        f"No {FONT_FILE} of Liberation 2 under {font_path}: install the package fonts-liberation2,"
        " or let FONT_PATH name the folder that holds it."
    )


def revision(font: Path) -> int:
    """Read the major revision of a TrueType font, from its table `head`."""
    content = font.read_bytes()
    start = table(content, b"head")
    return 0 if start is None else int(unpack_from(">H", content, start + 4)[0])


@lru_cache(maxsize=4)
def characters(font: Path) -> frozenset[str]:
    """Return the characters a TrueType font has a shape for, from its table `cmap`.

    Those that show nothing are left out: some turn the writing of all that follows.
    """
    content = font.read_bytes()
    start = table(content, b"cmap") or 0
    (count,) = unpack_from(">H", content, start + 2)
    found: set[str] = set()
    for entry in range(start + 4, start + 4 + 8 * count, 8):
        platform, encoding, offset = unpack_from(">HHI", content, entry)
        if (platform, encoding) == (3, 1):  # the Unicode plane that all living scripts are in
            found.update(map(chr, mapped(content, start + offset)))
    return frozenset(each for each in found if category(each) not in INVISIBLE)


def mapped(content: bytes, start: int) -> Iterator[int]:
    """Yield the code points that a `cmap` of format 4 leads to a glyph from."""
    (double,) = unpack_from(">H", content, start + 6)
    count = double // 2
    ends, starts, deltas, ranges = (
        unpack_from(f">{count}H", content, start + 14 + double * part + 2 * bool(part))
        for part in range(4)
    )
    for place in range(count):
        for code in range(starts[place], ends[place] + 1):
            glyph = code
            if ranges[place]:
                row = start + 16 + double * 3 + 2 * place
                (glyph,) = unpack_from(
                    ">H", content, row + ranges[place] + 2 * (code - starts[place])
                )
            if glyph and (glyph + deltas[place]) % 0x10000 and code != 0xFFFF:
                yield code


def table(content: bytes, name: bytes) -> int | None:
    """Return where a table of a TrueType font begins."""
    (count,) = unpack_from(">H", content, 4)
    for entry in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = unpack_from(">4sIII", content, entry)
        if tag == name:
            return int(offset)
    return None
