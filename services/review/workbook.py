"""Draws sheets as one XLSX file, in a child process; `draw` is what is called."""

from msgspec import json

from press.workbook import draw_sheets
from services.review.domain.assignment.sheet import Sheet


def draw(body: bytes) -> bytes:
    """Return an XLSX file of these sheets (JSON of `Sheet`)."""
    return draw_sheets(json.decode(body, type=tuple[Sheet, ...]))
