"""How the letters of a DOCX look: run properties, styles, and the ground of paragraphs and cells.

The names are those of ECMA-376, part 1, 17.3.2 and 17.7.
"""

from functools import cached_property
from typing import Any

from services.originality.extraction.reader.looks import PLAIN, Look, resolved
from services.originality.extraction.reader.packages import Node

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_UNSAID = (None, "auto", "none")


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
    shading = properties.find(f"{W}shd")
    fill = attribute(shading, "fill")
    if attribute(shading, "themeFill"):
        fill = fill if fill not in _UNSAID else "of the theme"
    highlight = attribute(properties.find(f"{W}highlight"), "val")
    return highlight if highlight not in _UNSAID else None if fill in _UNSAID else str(fill)


def look_of(properties: Node) -> tuple[Look, str | None]:
    """Return how a run says that it looks, and the name of its style."""
    vanished = colour = size = font = style = None
    for node in properties:
        match node.tag.removeprefix(W):
            case "vanish":
                vanished = is_on(node)
            case "color":
                colour = attribute(node, "val")
            case "sz":
                size = half_points(attribute(node, "val"))
            case "rFonts":
                font = attribute(node, "ascii") or attribute(node, "hAnsi")
            case "rStyle":
                style = attribute(node, "val")
    # The colour that suits the ground is seen on any.
    colour = "automatic" if colour == "auto" else colour
    return Look(vanished, colour, shade(properties), size, font), style


def half_points(value: str | None) -> float | None:
    """Return a size in points, None where it is not a number."""
    try:
        return float(value) / 2 if value else None
    except ValueError:
        return None


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: Node | None, document: Node) -> None:
        self.nodes = {} if root is None else {attribute(n, "styleId"): n for n in root}
        self.character = resolved(self.said)
        self.page = attribute(document.find(f"{W}background"), "color")
        self.root = root

    def said(self, name: str) -> tuple[Look, str | None]:
        """Return what a style says, and the style it is based on."""
        node = self.nodes.get(name)
        if node is None:
            return PLAIN, None
        properties = node.find(f"{W}rPr")
        own, _ = (PLAIN, None) if properties is None else look_of(properties)
        ground = Look(ground=shade(node.find(f"{W}pPr")))
        return own.over(ground), attribute(node.find(f"{W}basedOn"), "val")

    @cached_property
    def default(self) -> Look:
        """How letters look of which nothing else is said."""
        path = f"{W}docDefaults/{W}rPrDefault/{W}rPr"
        properties = None if self.root is None else self.root.find(path)
        own, _ = (PLAIN, None) if properties is None else look_of(properties)
        return own.over(self.character(self.normal)).over(Look(ground=self.page))

    @cached_property
    def normal(self) -> str | None:
        """The id of the style of paragraphs that name none."""
        for name, node in self.nodes.items():
            if attribute(node, "type") == "paragraph" and attribute(node, "default") == "1":
                return str(name)
        return None

    def paragraph(self, node: Node) -> Look:
        """Return how letters of a paragraph look whose runs say nothing."""
        properties = node.find(f"{W}pPr")
        if properties is None:
            return PLAIN
        style = self.character(attribute(properties.find(f"{W}pStyle"), "val"))
        return Look(ground=shade(properties)).over(style)

    def cell_ground(self, cell: Node) -> str | None:
        """Return the ground of a cell; words where the style of its table decides."""
        own = shade(cell.find(f"{W}tcPr"))
        if own is not None:
            return own
        table = next(cell.iterancestors(f"{W}tbl"))
        style = self.nodes.get(attribute(table.find(f"{W}tblPr/{W}tblStyle"), "val"))
        if style is not None and next(style.iter(f"{W}shd"), None) is not None:
            return "of the table's style"
        return shade(table.find(f"{W}tblPr"))
