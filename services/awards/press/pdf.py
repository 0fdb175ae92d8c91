"""Papers as PDF/A-2b, set from `templates/*.typ`."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import segno
from msgspec import json

from press.typesetting import told_by, typeset
from services.awards.domain.paper import Certificate, Document
from services.awards.signing.appearance import Room

A4 = 210.0, 297.0  # millimetres
TEMPLATES = Path(__file__).parents[1] / "templates"


def print_pdf(
    paper: Document | Certificate, font_path: str, dated: datetime, mark: str = ""
) -> bytes:
    """Return the paper as PDF. `dated` becomes the file's own date. Raises `FontMissing`."""
    return typeset(template_of(paper), inputs_of(paper), font_path, dated, mark=mark)


def room_of(paper: Document | Certificate, font_path: str) -> Room:
    """Return where whoever has the power signs: under the last of the paper's titles."""
    *_, at = told_by(template_of(paper), inputs_of(paper), font_path, "room")
    is_document = isinstance(paper, Document)
    across, down = A4 if is_document else reversed(A4)
    number = paper.head.number if isinstance(paper, Document) else paper.decided
    return Room(
        page=at["page"],
        centre=at["centre"],
        top=at["top"],
        across=across,
        down=down,
        number=number,
        font_path=font_path,
    )


def template_of(paper: Document | Certificate) -> Path:
    """Return the template a paper is set from."""
    name = "document" if isinstance(paper, Document) else "certificate"
    return TEMPLATES / f"{name}.typ"


def inputs_of(paper: Document | Certificate) -> dict[str, str]:
    """Return what fills the template."""
    return {"paper": json.encode(paper).decode(), "code": drawn(paper.check, "svg").decode()}


def drawn(check: str, kind: str) -> bytes:
    """Draw what a reader scans as a QR code, `svg` or `png`; empty if there is nothing to say."""
    if not check:
        return b""
    file = BytesIO()
    scale = 1 if kind == "svg" else 8
    segno.make_qr(check, error="m").save(file, kind=kind, border=0, scale=scale)
    return file.getvalue()
