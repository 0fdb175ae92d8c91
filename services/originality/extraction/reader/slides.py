"""Reads PPTX: the text of the slides in their order, a page each.

Marked are slides that are not shown, shapes beside the slide, and letters that are tiny, without
paint, or in the colour of what is behind them as far as `backdrops` can tell.
"""

from services.originality.extraction.reader.backdrops import (
    A,
    Backdrop,
    S,
    backdrop,
    box_of,
    number,
)
from services.originality.extraction.reader.colours import is_lost
from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.looks import TINY
from services.originality.extraction.reader.packages import Broken, Node, Package
from services.originality.extraction.reader.planes import Box

_SHAPES = (f"{S}sp", f"{S}graphicFrame")
_PARTS = (f"{A}p", f"{A}r", f"{A}fld", f"{A}br")
_USUAL = (12_192_000, 6_858_000)  # English metric units, 16:9
_SEEN = 6_000  # of 100,000: below it letters are as good as transparent


def read(package: Package) -> Draft:
    """Return the text of all slides."""
    slides = package.numbered("ppt/slides/slide")
    size = _size(package.tree("ppt/presentation.xml"))
    if not slides:
        raise Broken
    pen = Pen()
    for name in slides:
        slide = package.tree(name)
        behind = backdrop(package, name, slide)
        pen.part()
        pen.turn()
        unseen = "vanished" if slide.get("show") in ("0", "false") else ""
        for shape in slide.iter(*_SHAPES):
            _write(pen, shape, behind, unseen or _beside(shape, size))
    return pen.draft()


def _write(pen: Pen, shape: Node, behind: Backdrop, unseen: str) -> None:
    """Write a shape's paragraphs."""
    ground = behind.behind(shape)
    styles = shape.find(f"{S}txBody/{A}lstStyle")
    usual: list[Node] = []
    for node in shape.iter(*_PARTS):
        if node.tag == f"{A}p":
            pen.part("\n")
            usual = _usual(styles, node)
        elif node.tag == f"{A}br":
            pen.write("\n", unseen)
        else:
            own = node.find(f"{A}rPr")
            said = usual if own is None else [own, *usual]
            pen.write(node.findtext(f"{A}t") or "", unseen or _way(said, behind, ground))


def _usual(styles: Node | None, paragraph: Node) -> list[Node]:
    """Return what a shape says of the letters of a paragraph of this level."""
    properties = paragraph.find(f"{A}pPr")
    level = 0 if properties is None else number(properties.get("lvl")) or 0
    path = f"{A}lvl{level + 1}pPr/{A}defRPr"
    own = None if styles is None else styles.find(path)
    return [] if own is None else [own]


def _way(said: list[Node], behind: Backdrop, ground: float | None) -> str:
    """Name how letters are hidden by what is said of them, the nearest first, or nothing."""
    sizes = (number(one.get("sz")) for one in said)
    size = next((size for size in sizes if size is not None), None)
    fills = (next(one.iterchildren(f"{A}solidFill", f"{A}noFill"), None) for one in said)
    fill = next((fill for fill in fills if fill is not None), None)
    if size is not None and size / 100 < TINY:
        return "tiny"
    return "" if fill is None else _way_of(fill, behind, ground)


def _way_of(fill: Node, behind: Backdrop, ground: float | None) -> str:
    """Name how letters are hidden by what they are painted with, or nothing."""
    if fill.tag == f"{A}noFill":
        return "unpainted"
    alpha = next(fill.iter(f"{A}alpha"), None)
    opaque = None if alpha is None else number(alpha.get("val"))
    if opaque is not None and opaque < _SEEN:
        return "transparent"
    return "white" if is_lost(behind.brightness(fill), ground) else ""


def _beside(shape: Node, size: tuple[int, int]) -> str:
    """Say whether a shape stands wholly beside its slide; one in a group is taken as on it."""
    box = box_of(shape)
    return "" if box is None or box.meets(Box(1, 1, size[0] - 1, size[1] - 1)) else "off-page"


def _size(presentation: Node) -> tuple[int, int]:
    node = presentation.find(f"{S}sldSz")
    if node is None:
        return _USUAL
    return number(node.get("cx")) or _USUAL[0], number(node.get("cy")) or _USUAL[1]
