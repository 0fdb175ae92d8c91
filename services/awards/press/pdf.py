"""Papers as PDF/A-2b with the fonts inside, set by Typst from `templates/*.typ`."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from struct import unpack_from

import typst
from msgspec import json

from kernel.errors import Unavailable
from services.awards.domain.paper import Certificate, Decision

TEMPLATES = Path(__file__).parents[1] / "templates"

# Metric-compatible with the Times New Roman that the decree asks for, and free.
FONT_FILE = "LiberationSerif-Regular.ttf"

# Liberation 1, often installed beside it, has no Vietnamese letters of its own and piles up
# loose marks instead.
OLDEST_REVISION = 2


class FontMissing(Unavailable):
    """The font for papers is not installed."""


def typeset(paper: Decision | Certificate, font_path: str, dated: datetime) -> bytes:
    """Return the paper as PDF. `dated` becomes the file's own date. Raises `FontMissing`."""
    name = "decision" if isinstance(paper, Decision) else "certificate"
    return typst.compile(
        str(TEMPLATES / f"{name}.typ"),
        format="pdf",
        font_paths=[find_fonts(font_path)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.encode(paper).decode()},
        pdf_standards=["a-2b"],
        timestamp=dated,
    )


@lru_cache(maxsize=4)
def find_fonts(font_path: str) -> str:
    """Return the folder, somewhere under the given one, that holds Liberation Serif 2."""
    for found in sorted(Path(font_path).rglob(FONT_FILE)):
        if revision(found) >= OLDEST_REVISION:
            return str(found.parent)
    raise FontMissing(
        f"No {FONT_FILE} of Liberation 2 under {font_path}: install the package fonts-liberation2,"
        " or let FONT_PATH name the folder that holds it."
    )


def revision(font: Path) -> int:
    """Read the major revision of a TrueType font, from its table `head`."""
    content = font.read_bytes()
    (tables,) = unpack_from(">H", content, 4)
    for entry in range(12, 12 + 16 * tables, 16):
        tag, _, offset, _ = unpack_from(">4sIII", content, entry)
        if tag == b"head":
            return int(unpack_from(">H", content, offset + 4)[0])
    return 0
