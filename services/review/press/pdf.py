"""Minutes as PDF/A-2b with the fonts inside, set by Typst from `templates/minutes.typ`."""

from datetime import datetime
from pathlib import Path

import typst
from msgspec import json

from services.review.domain.minutes.paper import Paper
from services.review.press.font import find_font

TEMPLATE = Path(__file__).parents[1] / "templates" / "minutes.typ"


def typeset(paper: Paper, font_path: str, dated: datetime) -> bytes:
    """Return minutes as PDF. `dated` becomes the file's own date. Raises `FontMissing`."""
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(find_font(font_path).parent)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.encode(paper).decode()},
        pdf_standards=["a-2b"],
        timestamp=dated,
    )
