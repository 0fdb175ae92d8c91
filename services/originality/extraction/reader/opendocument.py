"""Reads ODT: the text as it is shown, page by page where the program has noted its pages.

The names are those of OpenDocument 1.3, part 3.
"""

import re

from services.originality.extraction.documents import LEGACY_ENCODING
from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.legacy import by_font
from services.originality.extraction.reader.looks import PLAIN, Look, resolved
from services.originality.extraction.reader.packages import Broken, Node, Package

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, STYLE, OFFICE = _NAMES % "text", _NAMES % "style", _NAMES % "office"
TABLE, FORMAT = _NAMES % "table", _NAMES % "xsl-fo-compatible"
_UNSHOWN = {
    *(f"{TEXT}{name}" for name in ("tracked-changes", "sequence-decls", "note-citation")),
    *(f"{OFFICE}{name}" for name in ("annotation", "forms")),
}
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_WRITTEN = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_PARTED = {f"{TABLE}table-row": "\n\n", f"{TABLE}table-cell": "\t"}
_PARENT = f"{STYLE}parent-style-name"
_LINE_END = re.compile(r"[ \t]*\n\s*")
_MOST_BLANKS = 1000
_DEEPEST = 200


def read(package: Package) -> Draft:
    """Return the text of a document."""
    content = package.tree("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Broken
    writer = Writer(Styles(package.optional("styles.xml"), content))
    writer.pen.turn()
    writer.write(body, PLAIN, 0)
    return writer.pen.draft()


class Styles:
    """The styles of a document, by their names."""

    def __init__(self, *roots: Node | None) -> None:
        self.nodes = {
            node.get(f"{STYLE}name"): node
            for root in roots
            if root is not None
            for node in root.iter(f"{STYLE}style")
        }
        self.look = resolved(self.said)

    def said(self, name: str) -> tuple[Look, str | None]:
        """Return what a style says, and the style it is based on."""
        node = self.nodes.get(name)
        return (PLAIN, None) if node is None else (_look(node), node.get(_PARENT))


def _look(style: Node) -> Look:
    """Return how a style says that letters look."""
    ground = None
    for name in ("text", "paragraph", "table-cell"):
        node = style.find(f"{STYLE}{name}-properties")
        said = None if node is None else node.get(f"{FORMAT}background-color")
        ground = ground or (said if said != "transparent" else None)
    letters = style.find(f"{STYLE}text-properties")
    if letters is None:
        return Look(ground=ground)
    shown = letters.get(f"{TEXT}display")
    return Look(
        vanished=None if shown is None else shown == "none",
        colour=letters.get(f"{FORMAT}color"),
        ground=ground,
        size=_points(letters.get(f"{FORMAT}font-size")),
        font=letters.get(f"{STYLE}font-name"),
    )


def _points(size: str | None) -> float | None:
    """Return a size given in points; None for shares of another size."""
    try:
        return float(size[:-2]) if size and size.endswith("pt") else None
    except ValueError:
        return None


class Writer:
    """Writes down what stands in a document."""

    def __init__(self, styles: Styles) -> None:
        self.pen = Pen()
        self.styles = styles

    def write(self, node: Node, look: Look, depth: int) -> None:
        """Write an element's text and what stands in it, but not what comes after it."""
        if depth > _DEEPEST:
            raise Broken
        look = self.styles.look(node.get(f"{TEXT}style-name")).over(look)
        look = self.styles.look(node.get(f"{TABLE}style-name")).over(look)
        self.begin(node)
        self.letters(node.text, look)
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _UNSHOWN:
                self.write(child, look, depth + 1)
            self.letters(child.tail, look)

    def begin(self, node: Node) -> None:
        """Write what an element stands for."""
        tag = node.tag
        if tag in _PARAGRAPHS:
            inside = node.getparent().tag == f"{TABLE}table-cell"
            if not (inside and node.getprevious() is None):
                self.pen.part("\n" if inside else "\n\n")
        elif tag in _PARTED:
            if tag.endswith("row") or node.getprevious() is not None:
                self.pen.part(_PARTED[tag])
        elif tag == f"{TEXT}soft-page-break":
            self.pen.turn()
        elif tag == f"{TEXT}s":
            count = node.get(f"{TEXT}c") or "1"
            self.pen.write(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
        else:
            self.pen.write(_WRITTEN.get(tag, ""))

    def letters(self, letters: str | None, look: Look) -> None:
        """Write letters; blanks between elements are the file's, not the text's."""
        if not letters or (letters.isspace() and "\n" in letters):
            return
        text, encoding = by_font(_LINE_END.sub(" ", letters), look.font)
        start = self.pen.length
        self.pen.write(text, look.hidden)
        if encoding:
            self.pen.mark(LEGACY_ENCODING, start, encoding)
