"""The press: prints the slip of a report as PDF/A and as DOCX, in a child process.

Computing, not waiting: `press` is what the service's `Crunch` calls. One model goes in, either
format comes out, so that they cannot say different things.
"""

import re
from pathlib import Path

from msgspec import convert, json, to_builtins

from press.font import characters, find_font
from press.typesetting import typeset
from services.originality.domain.slip import Slip
from services.originality.orders import Order
from services.originality.press.word import compose

TEMPLATE = Path(__file__).parents[1] / "templates" / "slip.typ"
UNKNOWN = "\N{WHITE SQUARE}"  # stands for a character the font has no shape for


def press(order: bytes) -> bytes:
    """Print one `Order` (JSON); the same order prints to the same bytes."""
    asked = json.decode(order, type=Order)
    font = find_font(asked.font_path)
    slip = convert(in_letters(to_builtins(asked.slip), characters(font)), Slip)
    dated = asked.dated.replace(microsecond=0)  # a PDF's date is good to the second
    if asked.format == "docx":
        return compose(slip, dated, asked.mark)
    inputs = {"slip": json.encode(slip).decode()}
    return typeset(TEMPLATE, inputs, asked.font_path, asked.dated, mark=asked.mark)


def in_letters(part: object, letters: frozenset[str]) -> object:
    """Return a part of a slip as it can be printed.

    PDF/A allows no character without a shape, Word none that XML has no place for. Line ends and
    tabs are spaces: a passage is printed as running text.
    """
    match part:
        case str():
            plain = "".join(one for one in part if one.isprintable() or one.isspace())
            running = re.sub(r"\s+", " ", plain).strip()
            return "".join(one if one in letters else UNKNOWN for one in running)
        case list() | tuple():
            return [in_letters(each, letters) for each in part]
        case dict():
            return {name: in_letters(each, letters) for name, each in part.items()}
        case _:
            return part
