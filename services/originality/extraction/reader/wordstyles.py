"""How the letters of a DOCX look: run properties, styles, and the ground of paragraphs and cells.

The names are those of ECMA-376, part 1, 17.3.2 and 17.7.
"""

from functools import cached_property
from typing import Any

from services.originality.extraction.reader.looks import PLAIN, Look, resolved
from services.originality.extraction.reader.packages import Node
from services.originality.extraction.reader.stylesheet import Stylesheet, W

_OFF = ("0", "false", "off", "none")
_UNSAID = (None, "auto", "none")
_SHADING, _HIGHLIGHT, _STYLE = f"{W}shd", f"{W}highlight", f"{W}pStyle"


def attribute(node: Node | None, name: str) -> Any:  # noqa: ANN401  # lxml has no types
    """Return an attribute of Word's namespace, or None."""
    return None if node is None else node.get(f"{W}{name}")


def is_on(node: Node | None) -> bool | None:
    """Return what an on-off property says, None if it is not there."""
    return None if node is None else attribute(node, "val") not in _OFF


def shade(properties: Node | None) -> str | None:
    """Return the ground that shading or a highlighter gives, None if there is none."""
    if properties is None:
        return None
    shading = highlight = None
    for node in properties:
        if shading is None and node.tag == _SHADING:
            shading = node
        elif highlight is None and node.tag == _HIGHLIGHT:
            highlight = node
    said = attribute(highlight, "val")
    if said not in _UNSAID:
        return str(said)
    fill = attribute(shading, "fill")
    if attribute(shading, "themeFill"):
        fill = fill if fill not in _UNSAID else "of the theme"
    return None if fill in _UNSAID else str(fill)


def look_of(properties: Node) -> tuple[Look, str | None]:
    """Return how a run says that it looks, and the name of its style."""
    said: dict[str, Any] = {}
    for node in properties:
        if read := _READ.get(node.tag):
            name, value = read
            said[name] = value(node)
    if not said:
        return PLAIN, None
    # The colour that suits the ground is seen on any.
    colour = said.get("colour")
    ground = shade(properties) if "ground" in said else None
    look = Look(
        vanished=said.get("vanished"),
        colour="automatic" if colour == "auto" else colour,
        ground=ground,
        size=half_points(said.get("size")),
        font=said.get("font"),
    )
    return look, said.get("style")


def half_points(value: str | None) -> float | None:
    """Return a size in points, None where it is not a number."""
    try:
        return float(value) / 2 if value else None
    except ValueError:
        return None


def _font(node: Node) -> Any:  # noqa: ANN401
    return node.get(f"{W}ascii") or node.get(f"{W}hAnsi")


def _value(node: Node) -> Any:  # noqa: ANN401
    return node.get(_VAL)


_VAL, _PARAGRAPH = f"{W}val", f"{W}pPr"
_READ = {
    f"{W}vanish": ("vanished", is_on),
    f"{W}color": ("colour", _value),
    f"{W}sz": ("size", _value),
    f"{W}rFonts": ("font", _font),
    f"{W}rStyle": ("style", _value),
    _SHADING: ("ground", _value),
    _HIGHLIGHT: ("ground", _value),
}


class Styles:
    """How the styles of a document look, by their ids."""

    def __init__(self, sheet: Stylesheet, document: Node) -> None:
        self.sheet = sheet
        self.character = resolved(self.said)
        self.page = attribute(document.find(f"{W}background"), "color")

    def said(self, name: str) -> tuple[Look, str | None]:
        """Return what a style says, and the style it is based on."""
        node = self.sheet.style(name)
        if node is None:
            return PLAIN, None
        properties = node.find(f"{W}rPr")
        own, _ = (PLAIN, None) if properties is None else look_of(properties)
        ground = Look(ground=shade(node.find(f"{W}pPr")))
        return own.over(ground), attribute(node.find(f"{W}basedOn"), "val")

    @cached_property
    def default(self) -> Look:
        """How letters look of which nothing else is said."""
        properties = self.sheet.default
        own, _ = (PLAIN, None) if properties is None else look_of(properties)
        return own.over(self.character(self.sheet.normal)).over(Look(ground=self.page))

    def paragraph(self, node: Node) -> Look:
        """Return how letters of a paragraph look whose runs say nothing."""
        properties = next(node.iterchildren(_PARAGRAPH), None)
        if properties is None:
            return PLAIN
        style = attribute(next(properties.iterchildren(_STYLE), None), "val")
        return Look(ground=shade(properties)).over(self.character(style))

    def cell_ground(self, cell: Node) -> str | None:
        """Return the ground of a cell; words where the style of its table decides."""
        own = shade(cell.find(f"{W}tcPr"))
        if own is not None:
            return own
        table = next(cell.iterancestors(f"{W}tbl"))
        named = attribute(table.find(f"{W}tblPr/{W}tblStyle"), "val")
        style = self.sheet.style(named) if named else None
        if style is not None and next(style.iter(_SHADING), None) is not None:
            return "of the table's style"
        return shade(table.find(f"{W}tblPr"))
