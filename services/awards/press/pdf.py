"""Papers as PDF/A-2b with the fonts inside, set by Typst from `templates/*.typ`."""

from datetime import datetime
from pathlib import Path

import typst
from msgspec import json

from services.awards.domain.paper import Certificate, Decision
from services.awards.press.font import find_font

TEMPLATES = Path(__file__).parents[1] / "templates"


def typeset(paper: Decision | Certificate, font_path: str, dated: datetime) -> bytes:
    """Return the paper as PDF. `dated` becomes the file's own date. Raises `FontMissing`."""
    name = "decision" if isinstance(paper, Decision) else "certificate"
    return typst.compile(
        str(TEMPLATES / f"{name}.typ"),
        format="pdf",
        font_paths=[str(find_font(font_path).parent)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.encode(paper).decode()},
        pdf_standards=["a-2b"],
        timestamp=dated,
    )
