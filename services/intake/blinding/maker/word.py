"""What a DOCX says to its reader: paragraphs, tables and pictures, in order, and nothing else.

Deleted and hidden words, comments, headers, properties and whatever else the package holds are
counted and left behind. ISO/IEC 29500-1 names the elements.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from typing import Any
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

from lxml import etree

LARGEST = 24 * 1024 * 1024  # bytes of a part, unpacked
DEEPEST = 12  # tables in tables
PICTURE = "\ufffc"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"

# Never read to a reader: deleted words, instructions of fields, a second way to draw a thing.
_SKIPPED = {
    *(_W + name for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sectPr")),
    _MC + "Fallback",
}
_SAID = {
    **dict.fromkeys((_W + "br", _W + "cr"), "\n"),
    **dict.fromkeys((_W + "tab", _W + "ptab"), "\t"),
    _W + "noBreakHyphen": "-",
}
_ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "justify"}


class Unreadable(Exception):
    """The package is not a document, or unpacks to more than it may."""


@dataclass(slots=True)
class Piece:
    """Words set in one way, or a picture by the name of its part."""

    words: str
    bold: bool = False
    italic: bool = False
    picture: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its pieces in order; `heading` from 1, 0 for none; `item` if in a list."""

    pieces: list[Piece] = field(default_factory=list)
    heading: int = 0
    item: bool = False
    align: str = "left"

    @property
    def words(self) -> str:
        """Return all its words; a picture is one character."""
        return "".join(piece.words for piece in self.pieces)


@dataclass(slots=True)
class Cell:
    """A cell of a table and how many columns it spans."""

    blocks: "list[Paragraph | Table]"
    span: int = 1


@dataclass(slots=True)
class Table:
    """A table, row by row."""

    rows: list[list[Cell]]


Block = Paragraph | Table


class Package:
    """The parts of a DOCX."""

    def __init__(self, body: bytes) -> None:
        try:
            self.zip = ZipFile(BytesIO(body))
        except BadZipFile as error:
            raise Unreadable from error
        self.names = set(self.zip.namelist())

    def part(self, name: str) -> bytes:
        """Return the bytes of a part; raises `Unreadable`."""
        try:
            if self.zip.getinfo(name).file_size > LARGEST:
                raise Unreadable
            return self.zip.read(name)
        except (KeyError, RuntimeError, BadZipFile, NotImplementedError) as error:
            raise Unreadable from error

    def tree(self, name: str) -> Any:  # noqa: ANN401  # lxml has no types
        """Return a part's XML; raises `Unreadable`, also of one that defines entities."""
        body = self.part(name)
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise Unreadable
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(body, parser)
        except etree.XMLSyntaxError as error:
            raise Unreadable from error

    def targets(self, name: str) -> dict[str, str]:
        """Return what a part's relations lead to inside the package, by their ids."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self.names:
            return {}
        return {
            one.get("Id"): normpath(f"{folder}/{one.get('Target')}").lstrip("/")
            for one in self.tree(relations)
            if one.get("TargetMode") != "External"
        }


def read(package: Package) -> list[Block]:
    """Return the body of a document, its notes after it. Raises `Unreadable`."""
    reader = _Reader(package)
    name = "word/document.xml"
    blocks = list(reader.blocks(package.tree(name).find(_W + "body"), package.targets(name)))
    for notes, kind in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if notes in package.names:
            for note in package.tree(notes).iterfind(_W + kind):
                if note.get(_W + "type") is None:
                    blocks += reader.blocks(note, package.targets(notes))
    return blocks


class _Reader:
    """Walks through one document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.headings = _headings(package)

    def blocks(self, parent: Any, targets: dict[str, str], depth: int = 0) -> Iterator[Block]:  # noqa: ANN401
        """Yield the paragraphs and tables in an element, those of text boxes after their own."""
        if parent is None or depth > DEEPEST:
            return
        for one in parent:
            if one.tag == _W + "p":
                yield self.paragraph(one, targets)
                for box in _boxes(one):
                    yield from self.blocks(box, targets, depth + 1)
            elif one.tag == _W + "tbl":
                yield Table([self.row(row, targets, depth) for row in one.iter(_W + "tr")])
            elif isinstance(one.tag, str) and one.tag not in _SKIPPED:
                yield from self.blocks(one, targets, depth)

    def row(self, row: Any, targets: dict[str, str], depth: int) -> list[Cell]:  # noqa: ANN401
        """Return the cells of a row."""
        cells = []
        for cell in row.iter(_W + "tc"):
            if next(cell.iterancestors(_W + "tr")) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            count = int(span.get(_W + "val", "1")) if span is not None else 1
            cells.append(Cell(list(self.blocks(cell, targets, depth + 1)), max(1, count)))
        return cells

    def paragraph(self, element: Any, targets: dict[str, str]) -> Paragraph:  # noqa: ANN401
        """Return one paragraph."""
        made = Paragraph()
        about = element.find(_W + "pPr")
        if about is not None:
            style, aligned = about.find(_W + "pStyle"), about.find(_W + "jc")
            made.heading = self.headings.get(style.get(_W + "val"), 0) if style is not None else 0
            made.item = about.find(_W + "numPr") is not None
            if aligned is not None:
                made.align = _ALIGNED.get(aligned.get(_W + "val"), "left")
        for piece in self.pieces(element, targets, Piece("")):
            last = made.pieces[-1] if made.pieces else None
            is_same = last and (last.bold, last.italic) == (piece.bold, piece.italic)
            if last and is_same and not last.picture and not piece.picture:
                last.words += piece.words
            else:
                made.pieces.append(piece)
        for piece in made.pieces:
            piece.words = normalize("NFC", piece.words)
        return made

    def pieces(self, parent: Any, targets: dict[str, str], like: Piece) -> Iterator[Piece]:  # noqa: ANN401
        """Yield the words and pictures in an element; not those of a text box in it."""
        for one in parent:
            tag = one.tag
            if tag in _SKIPPED or tag == _W + "txbxContent" or not isinstance(tag, str):
                continue
            if tag == _W + "r":
                yield from self.run(one, targets)
            elif tag in (_W + "t", _M + "t"):
                yield Piece(one.text or "", like.bold, like.italic)
            elif tag in _SAID:
                yield Piece(_SAID[tag], like.bold, like.italic)
            elif tag in (_A + "blip", _V + "imagedata"):
                yield Piece(PICTURE, picture=targets.get(_relation(one), "?"))
            else:
                yield from self.pieces(one, targets, like)

    def run(self, run: Any, targets: dict[str, str]) -> Iterator[Piece]:  # noqa: ANN401
        """Yield what is in a run, set as it says; nothing of a hidden one."""
        look = run.find(_W + "rPr")
        if not _is_on(look, "vanish"):
            yield from self.pieces(run, targets, Piece("", _is_on(look, "b"), _is_on(look, "i")))


def _boxes(parent: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the text boxes of a paragraph, each once: not the second way to draw it."""
    for one in parent:
        if one.tag == _W + "txbxContent":
            yield one
        elif one.tag not in _SKIPPED:
            yield from _boxes(one)


def _relation(picture: Any) -> str:  # noqa: ANN401
    return picture.get(_R + "embed") or picture.get(_R + "id") or ""


def _is_on(look: Any, name: str) -> bool:  # noqa: ANN401
    found = look.find(_W + name) if look is not None else None
    return found is not None and found.get(_W + "val", "true") not in ("0", "false", "off")


def _headings(package: Package) -> dict[str, int]:
    """Return which styles are headings, and how deep."""
    if "word/styles.xml" not in package.names:
        return {}
    found = {}
    for style in package.tree("word/styles.xml").iterfind(_W + "style"):
        name = style.find(_W + "name")
        said = (name.get(_W + "val", "") if name is not None else "").lower()
        if said == "title":
            found[style.get(_W + "styleId")] = 1
        elif said.startswith("heading ") and said[8:].isdigit():
            found[style.get(_W + "styleId")] = min(4, int(said[8:]))
    return found
