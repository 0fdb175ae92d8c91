"""The font receipts are set in, and where it is."""

from functools import lru_cache
from pathlib import Path
from struct import iter_unpack, unpack_from

from kernel.errors import Unavailable

# Metric-compatible with the Times New Roman of official papers, and free.
FONT_FILE = "LiberationSerif-Regular.ttf"

OLDEST_REVISION = 2  # Liberation 1 has no Vietnamese letters of its own


class FontMissing(Unavailable):
    """The font for receipts is not installed."""


@lru_cache(maxsize=4)
def find_font(font_path: str) -> Path:
    """Return the file, somewhere under the given folder, of Liberation Serif 2."""
    for found in sorted(Path(font_path).rglob(FONT_FILE)):
        if revision(found.read_bytes()) >= OLDEST_REVISION:
            return found
    raise FontMissing(
        f"No {FONT_FILE} of Liberation 2 under {font_path}: install the package fonts-liberation2,"
        " or let FONT_PATH name the folder that holds it."
    )


def revision(font: bytes) -> int:
    """Read the major revision of a TrueType font: the table `head` of the OpenType format."""
    (count,) = unpack_from(">H", font, 4)
    tables = {tag: start for tag, _, start, _ in iter_unpack(">4sIII", font[12 : 12 + 16 * count])}
    return int(unpack_from(">H", font, tables[b"head"] + 4)[0]) if b"head" in tables else 0
