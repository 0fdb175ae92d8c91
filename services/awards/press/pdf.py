"""Papers as PDF/A-2b, set from `templates/*.typ`."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import segno
from msgspec import json

from press.typesetting import typeset
from services.awards.domain.paper import Certificate, Document

TEMPLATES = Path(__file__).parents[1] / "templates"


def print_pdf(paper: Document | Certificate, font_path: str, dated: datetime) -> bytes:
    """Return the paper as PDF. `dated` becomes the file's own date. Raises `FontMissing`."""
    name = "document" if isinstance(paper, Document) else "certificate"
    inputs = {"paper": json.encode(paper).decode(), "code": drawn(paper.check, "svg").decode()}
    return typeset(TEMPLATES / f"{name}.typ", inputs, font_path, dated)


def drawn(check: str, kind: str) -> bytes:
    """Draw what a reader scans as a QR code, `svg` or `png`; empty if there is nothing to say."""
    if not check:
        return b""
    file = BytesIO()
    scale = 1 if kind == "svg" else 8
    segno.make_qr(check, error="m").save(file, kind=kind, border=0, scale=scale)
    return file.getvalue()
