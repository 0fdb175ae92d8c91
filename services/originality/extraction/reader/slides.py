"""Reads PPTX: the text of the slides in their order, a page each.

Slides that are not shown, shapes beside the slide and tiny letters are marked. White letters are
not: what is behind them may come from the slide, its layout, its master or a picture.
"""

from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.looks import TINY
from services.originality.extraction.reader.packages import Broken, Node, Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHAPES = (f"{S}sp", f"{S}graphicFrame")
_PARTS = (f"{A}p", f"{A}r", f"{A}fld", f"{A}br")
_USUAL = (12_192_000, 6_858_000)  # English metric units, 16:9


def read(package: Package) -> Draft:
    """Return the text of all slides."""
    slides = package.numbered("ppt/slides/slide")
    size = _size(package.tree("ppt/presentation.xml"))
    if not slides:
        raise Broken
    pen = Pen()
    for name in slides:
        slide = package.tree(name)
        pen.part()
        pen.turn()
        unseen = "vanished" if slide.get("show") in ("0", "false") else ""
        for shape in slide.iter(*_SHAPES):
            _write(pen, shape, unseen or _beside(shape, size))
    return pen.draft()


def _write(pen: Pen, shape: Node, unseen: str) -> None:
    """Write a shape's paragraphs."""
    for node in shape.iter(*_PARTS):
        if node.tag == f"{A}p":
            pen.part("\n")
        elif node.tag == f"{A}br":
            pen.write("\n", unseen)
        else:
            properties = node.find(f"{A}rPr")
            size = None if properties is None else _number(properties.get("sz"))
            tiny = "tiny" if size is not None and size / 100 < TINY else ""
            pen.write(node.findtext(f"{A}t") or "", unseen or tiny)


def _beside(shape: Node, size: tuple[int, int]) -> str:
    """Say whether a shape stands wholly beside its slide; one in a group is taken as on it."""
    frame = next(shape.iter(f"{A}xfrm", f"{S}xfrm"), None)
    if frame is None or shape.getparent().tag == f"{S}grpSp":
        return ""
    place, extent = frame.find(f"{A}off"), frame.find(f"{A}ext")
    if place is None or extent is None:
        return ""
    x, y = _number(place.get("x")) or 0, _number(place.get("y")) or 0
    width, height = _number(extent.get("cx")) or 0, _number(extent.get("cy")) or 0
    is_off = x >= size[0] or y >= size[1] or x + width <= 0 or y + height <= 0
    return "off-page" if is_off else ""


def _size(presentation: Node) -> tuple[int, int]:
    node = presentation.find(f"{S}sldSz")
    if node is None:
        return _USUAL
    return _number(node.get("cx")) or _USUAL[0], _number(node.get("cy")) or _USUAL[1]


def _number(value: str | None) -> int | None:
    try:
        return int(value) if value else None
    except ValueError:
        return None
