"""What charts are drawn of: lines of text, boxes, and the sheet around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

WIDTH = 720
SIDE = 16
SIZE = 16  # of letters, in units of the chart
LINE = 22  # from one line of text to the next
ROOM = 84  # characters that surely fit on a line

INK, PALE = "#1b1b1b", "#d9dde3"
# Told apart by people who confuse red and green, and in grey (Okabe and Ito, darkened).
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#8e3b76", "#5f6b7a", "#7a5c00")
FONT = "'Liberation Serif', 'Times New Roman', serif"


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn piece, and the height it takes."""

    drawn: str
    height: int


def element(name: str, content: str = "", **attributes: object) -> str:
    """Write an element; `_` in a name stands for `-`."""
    told = "".join(
        f" {key.replace('_', '-')}={quoteattr(str(value))}" for key, value in attributes.items()
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """Write a line of text whose foot is at `y`."""
    return element("text", escape(words), x=round(x, 1), y=round(y, 1), **attributes)


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Draw a box; one of no width is left out."""
    if width <= 0:
        return ""
    return element(
        "rect", x=round(x, 1), y=round(y, 1), width=round(width, 1), height=height, fill=fill
    )


def lines_of(words: str, y: float, **attributes: object) -> Piece:
    """Write words in as many lines as they need, from `y` down."""
    lines = wrap(words, ROOM) or [""]
    drawn = "".join(
        text(SIDE, y + LINE * place + SIZE, line, **attributes) for place, line in enumerate(lines)
    )
    return Piece(drawn, LINE * len(lines))


def sheet(title: str, description: str, pieces: Iterable[str], height: int) -> str:
    """Put pieces on a sheet under the title; whoever cannot see it is read both sentences."""
    content = "".join(pieces)
    name = f"c{sha256((title + description + content).encode()).hexdigest()[:10]}"
    told = element("title", escape(title), id=f"{name}-t")
    told += element("desc", escape(description), id=f"{name}-d") if description else ""
    ground = box(0, 0, WIDTH, height, "#ffffff")
    return element(
        "svg",
        told + ground + element("g", content, font_family=FONT, font_size=SIZE, fill=INK),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
        role="img",
        aria_labelledby=f"{name}-t {name}-d" if description else f"{name}-t",
    )


def written(value: Decimal) -> str:
    """Write a number with a decimal comma and points between thousands, no zeros at its end."""
    plain = f"{value:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.translate(str.maketrans(",.", ".,"))
