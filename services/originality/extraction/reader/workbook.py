"""Reads XLSX: the text of the sheets in their order, a page each, a line for each row.

Marked are sheets, rows and columns that are not shown, letters in the colour of their cell, tiny
ones, and cells whose format shows nothing. The names are those of ECMA-376, part 1, 18.
"""

import re
from typing import NamedTuple

from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.looks import PLAIN, Look
from services.originality.extraction.reader.packages import Broken, Node, Package

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
L = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_NOTHING = re.compile(r'^(?:"")?;(?:"")?;(?:"")?(?:;(?:"")?)?$')  # a format for every value
_LAST = 16_384  # the last column a sheet can have
_LETTERS = re.compile(r"[A-Z]{1,3}")
_TRUTHS = {"0": "FALSE", "1": "TRUE"}
# Colours by their old numbers, as far as they are black or white: 18.8.27.
_INDEXED = {"0": "000000", "1": "ffffff", "8": "000000", "9": "ffffff", "64": None, "65": "ffffff"}
_THEME = {"0": "ffffff", "1": "000000"}  # a theme's first two, unless it says otherwise


class Piece(NamedTuple):
    """Letters of a cell with what they themselves say of their look."""

    letters: str
    look: Look


class Shown(NamedTuple):
    """How a cell's letters look, and whether its format shows any."""

    look: Look
    is_blank: bool


def read(package: Package) -> Draft:
    """Return the text of all sheets."""
    book = package.tree(_BOOK)
    links = {one.get("Id"): one.get("Target", "") for one in package.tree(_LINKS)}
    shared = package.optional(_STRINGS)
    strings = [] if shared is None else [_pieces(one) for one in shared.iter(f"{S}si")]
    formats = _formats(package.optional(_STYLES))
    pen = Pen()
    sheets = list(book.iter(f"{S}sheet"))
    if not sheets:
        raise Broken
    for sheet in sheets:
        name = links.get(sheet.get(f"{R}id"), "")
        path = name.removeprefix("/") if name.startswith("/") else f"xl/{name}"
        if path not in package.names:
            continue
        unseen = "vanished" if sheet.get("state") in ("hidden", "veryHidden") else ""
        pen.part()
        pen.turn()
        pen.write(sheet.get("name") or "", unseen)
        _write(pen, package.tree(path), unseen, strings, formats)
    return pen.draft()


def _write(
    pen: Pen, root: Node, unseen: str, strings: list[list[Piece]], formats: list[Shown]
) -> None:
    """Write the rows of a sheet."""
    columns = _hidden_columns(root)
    for row in root.iter(f"{S}row"):
        pen.part("\n")
        row_unseen = unseen or ("vanished" if _is_on(row.get("hidden")) else "")
        is_first = True
        for cell in row.iter(f"{S}c"):
            pieces = _of_cell(cell, strings)
            if not pieces:
                continue
            pen.write("" if is_first else "\t")
            is_first = False
            shown = formats[number] if (number := _number(cell.get("s"))) < len(formats) else BARE
            beside = "vanished" if columns[_column(cell)] else ""
            blank = "vanished" if shown.is_blank else ""
            for piece in pieces:
                way = row_unseen or beside or blank or piece.look.over(shown.look).hidden
                pen.write(piece.letters, way)


BARE = Shown(PLAIN, is_blank=False)


def _of_cell(cell: Node, strings: list[list[Piece]]) -> list[Piece]:
    """Return what stands in a cell."""
    kind = cell.get("t")
    if kind == "inlineStr":
        return [piece for one in cell.iter(f"{S}is") for piece in _pieces(one)]
    value = cell.findtext(f"{S}v") or ""
    if kind == "s":
        number = _number(value, -1)
        return strings[number] if 0 <= number < len(strings) else []
    letters = _TRUTHS.get(value, value) if kind == "b" else value
    return [Piece(letters, PLAIN)] if letters else []


def _pieces(string: Node) -> list[Piece]:
    """Return a text's runs; what tells how it is pronounced is no text."""
    found = []
    for node in string:
        if node.tag == f"{S}t":
            found.append(Piece(node.text or "", PLAIN))
        elif node.tag == f"{S}r":
            found.append(Piece(node.findtext(f"{S}t") or "", _look(node.find(f"{S}rPr"))))
    return [piece for piece in found if piece.letters]


def _formats(styles: Node | None) -> list[Shown]:
    """Return how cells of each format look, by its number."""
    if styles is None:
        return []
    fonts = [_look(one) for one in styles.iterfind(f"{S}fonts/{S}font")]
    fills = [_ground(one) for one in styles.iterfind(f"{S}fills/{S}fill")]
    blank = {
        one.get("numFmtId")
        for one in styles.iterfind(f"{S}numFmts/{S}numFmt")
        if _NOTHING.match(one.get("formatCode") or "")
    }
    found = []
    for one in styles.iterfind(f"{S}cellXfs/{S}xf"):
        font, fill = _number(one.get("fontId")), _number(one.get("fillId"))
        ground = fills[fill] if fill < len(fills) else None
        look = fonts[font] if font < len(fonts) else PLAIN
        found.append(Shown(look._replace(ground=ground), one.get("numFmtId") in blank))
    return found


def _look(font: Node | None) -> Look:
    """Return how a font says that letters look."""
    if font is None:
        return PLAIN
    size = font.find(f"{S}sz")
    colour = font.find(f"{S}color")
    return Look(
        colour=None if colour is None else _colour(colour),
        size=None if size is None else _points(size.get("val")),
    )


def _ground(fill: Node) -> str | None:
    """Return what a fill puts behind letters; words where that is not one known colour."""
    pattern = fill.find(f"{S}patternFill")
    if pattern is None:
        return "graded"
    kind = pattern.get("patternType")
    if kind in (None, "none"):
        return None
    front = pattern.find(f"{S}fgColor")
    known = None if front is None or kind != "solid" else _colour(front)
    return known or "patterned"


def _colour(node: Node) -> str | None:
    """Return a colour as RRGGBB; None for one that is not known, or suits its ground."""
    if rgb := node.get("rgb"):
        return str(rgb)[-6:]
    if node.get("tint") not in (None, "0"):
        return None
    return _THEME.get(node.get("theme")) or _INDEXED.get(node.get("indexed"))


def _hidden_columns(root: Node) -> bytearray:
    """Return 1 in the place of each column that is not shown, counted from 1."""
    hidden = bytearray(_LAST + 1)
    for one in root.iterfind(f"{S}cols/{S}col"):
        if _is_on(one.get("hidden")):
            first, last = _number(one.get("min"), 1), min(_number(one.get("max")), _LAST)
            hidden[first : last + 1] = b"\1" * max(0, last + 1 - first)
    return hidden


def _column(cell: Node) -> int:
    """Return in which column a cell stands, from 1; 0 where it does not say."""
    named = _LETTERS.match(cell.get("r") or "")
    place = 0
    for letter in named[0] if named else "":
        place = 26 * place + ord(letter) - ord("A") + 1
    return min(place, _LAST)


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _number(value: str | None, otherwise: int = 0) -> int:
    return int(value) if value and value.isdecimal() else otherwise


def _points(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None
