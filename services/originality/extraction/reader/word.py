"""Reads DOCX: the text as Word shows it, page by page where Word has noted its pages.

Deleted text, headers and footers are no part of it; text that is there but not seen is marked.
The names are those of ECMA-376, part 1, 17.3.
"""

from services.originality.extraction.documents import LEGACY_ENCODING
from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.legacy import by_font
from services.originality.extraction.reader.looks import PLAIN, Look
from services.originality.extraction.reader.packages import Broken, Node, Package
from services.originality.extraction.reader.stylesheet import Stylesheet, W
from services.originality.extraction.reader.wordstyles import Styles, attribute, look_of

_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}spPr"
_FILL = "{http://schemas.openxmlformats.org/drawingml/2006/main}solidFill"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_UNSHOWN = (_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText")
P, R, T, BOX = f"{W}p", f"{W}r", f"{W}t", f"{W}txbxContent"
ROW, CELL, PAGE = f"{W}tr", f"{W}tc", f"{W}lastRenderedPageBreak"
_LETTERS = (T, _MATH)
_PROPERTIES = f"{W}rPr"
_NOTHING = (PLAIN, None)
_WRITTEN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_READ = (P, R, *_LETTERS, ROW, CELL, PAGE, *_WRITTEN)


def read(package: Package) -> Draft:
    """Return the text of a document, then that of its boxes and notes."""
    root = package.tree(_MAIN)
    body = root.find(f"{W}body")
    if body is None:
        raise Broken
    sheet = package.read(_STYLES) if _STYLES in package.names else None
    writer = Writer(Styles(Stylesheet(sheet), root))
    writer.write(body)
    for name in _NOTES:
        notes = package.optional(name)
        if notes is not None:
            writer.write(notes)
    return writer.pen.draft()


class Writer:
    """Writes down what stands in a part of the document."""

    def __init__(self, styles: Styles) -> None:
        self.pen = Pen()
        self.styles = styles
        self.paragraph = PLAIN  # how letters of the paragraph at hand look
        self.look = PLAIN  # how those of the run at hand do
        self.seen: dict[tuple[object, ...], tuple[Look, str]] = {}
        self.hidden = ""
        self.in_row = False

    def write(self, root: Node) -> None:
        """Write a part's text; that of text boxes comes after it."""
        self.pen.turn() if not self.pen.length else None
        remove(root, _UNSHOWN)
        boxes = [(box, shape_ground(box)) for box in root.iter(BOX)]
        for box, _ in reversed(boxes):  # inner ones first
            box.getparent().remove(box)
        self.write_flow(root, None)
        for box, ground in boxes:
            self.write_flow(box, ground)

    def write_flow(self, root: Node, ground: str | None) -> None:
        """Write what stands in one flow, upon a ground of its own if it has one."""
        below = Look(ground=ground)
        for node in root.iter(*_READ):
            tag = node.tag
            if tag == R:
                self.begin_run(node)
            elif tag in _LETTERS:
                self.write_letters(node.text)
            elif tag == P:
                self.begin_paragraph(node, below)
            else:
                self.write_mark(node, tag)
        self.in_row = False

    def write_letters(self, letters: str | None) -> None:
        """Write letters of the run at hand, converted if its font is of the old kind."""
        if not letters:
            return
        font = self.look.font
        if not font:
            self.pen.write(letters, self.hidden)
            return
        text, encoding = by_font(letters, font)
        start = self.pen.length
        self.pen.write(text, self.hidden)
        if encoding:
            self.pen.mark(LEGACY_ENCODING, start, encoding)

    def write_mark(self, node: Node, tag: str) -> None:
        """Write what stands for a tab, a break, a new cell, row or page."""
        if tag == ROW:
            self.pen.part()
            self.in_row = False
        elif tag == CELL:
            self.pen.part("\t") if self.in_row else None
            self.in_row = True
        elif tag == PAGE or attribute(node, "type") == "page":
            self.pen.turn()
        elif node.getparent().tag == R:  # otherwise it is a stop of a ruler
            self.pen.write(_WRITTEN[tag], self.hidden)

    def begin_paragraph(self, node: Node, below: Look) -> None:
        """Take note of how the paragraph's letters look."""
        cell = next(node.iterancestors(CELL), None)
        if cell is None:
            self.pen.part()
        else:
            self.pen.part("\n") if not self.begins_cell(node) else None
            below = Look(ground=self.styles.cell_ground(cell)).over(below)
        self.paragraph = self.styles.paragraph(node).over(below)
        self.look, self.hidden = self.paragraph, ""

    def begins_cell(self, node: Node) -> bool:
        """Say whether a paragraph is the first of its cell, which has parted it already."""
        return node.getparent().tag == CELL and node.getprevious() is None

    def begin_run(self, node: Node) -> None:
        """Take note of how the run's letters look."""
        properties = node[0] if len(node) else None
        if properties is not None and properties.tag != _PROPERTIES:
            properties = next(node.iterchildren(_PROPERTIES), None) if len(node) > 1 else None
        own, style = _NOTHING if properties is None else look_of(properties)
        key = (own, style, self.paragraph)
        if key not in self.seen:
            look = own.over(self.styles.character(style)).over(self.paragraph)
            look = look.over(self.styles.default)
            self.seen[key] = (look, look.hidden)
        self.look, self.hidden = self.seen[key]


def remove(root: Node, tags: tuple[str, ...]) -> None:
    """Take elements out, with what is in them."""
    for node in list(root.iter(*tags)):
        if node.getparent() is not None:
            node.getparent().remove(node)


def shape_ground(box: Node) -> str | None:
    """Return words for the fill of the shape around a text box, if it has any."""
    for above in box.iterancestors():
        shape = above.find(_SHAPE)
        if shape is not None:
            return None if shape.find(_FILL) is None else "filled"
        if above.tag == P:
            break
    return None
