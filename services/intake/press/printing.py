"""Prints, in a child process: `press` and `tabulate` are what the service's `Crunch` calls."""

from io import BytesIO
from pathlib import Path

import segno
from msgspec import json

from press.typesetting import typeset
from services.intake.press import Order
from services.intake.press.workbook import write
from services.intake.spreadsheets import Sheet

TEMPLATE = Path(__file__).parents[1] / "templates" / "receipt.typ"

# A code of 117 modules is the largest that a telephone reads off 45 mm of paper.
MOST_IN_A_CODE = 1270


def press(order: bytes) -> bytes:
    """Print one `Order` (JSON); the same order prints to the same bytes."""
    asked = json.decode(order, type=Order)
    inputs = {
        "paper": asked.paper,
        "signed": asked.signed,
        "seal": asked.seal,
        "code": picture(asked.signed),
    }
    return typeset(TEMPLATE, inputs, asked.font_path, asked.dated, "a-3b", asked.mark)


def picture(signed: str) -> str:
    """Draw the signature as a QR code (SVG); of one too long, what it says without the seal.

    The signature in the file is whole in any case.
    """
    shown = signed if len(signed) <= MOST_IN_A_CODE else signed.rpartition(".")[2]
    drawn = BytesIO()
    segno.make_qr(shown, error="l", boost_error=False).save(drawn, kind="svg", border=0)
    return drawn.getvalue().decode()


def tabulate(order: bytes) -> bytes:
    """Write sheets (JSON) as one XLSX file."""
    return write(json.decode(order, type=tuple[Sheet, ...]))
