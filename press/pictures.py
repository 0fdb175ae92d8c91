"""Charts as pictures for Word, which shows no SVG in many of its versions; start with `paint`."""

from pathlib import Path

import typst

from press.font import find_font

SHEET = Path(__file__).parent / "picture.typ"
PIXELS = 200  # per inch, as printed


def paint(drawing: str, font_path: str) -> bytes:
    """Return an SVG drawing as PNG, 163 mm wide as the text of a paper. Raises `FontMissing`."""
    painted: bytes = typst.compile(
        str(SHEET),
        format="png",
        ppi=PIXELS,
        font_paths=[str(find_font(font_path).parent)],
        ignore_system_fonts=True,
        sys_inputs={"drawing": drawing},
    )
    return painted
