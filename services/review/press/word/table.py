"""A table with lines in Word: thousands of rows, written as XML; start with `grid`."""

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm

from press.word import FONT, element, fix_widths
from services.review.domain.minutes.paper import Table


def grid(document: Document, model: Table) -> None:
    """Add a table with lines; its rows are written as XML, as a round may have thousands."""
    table = document.add_table(rows=0, cols=len(model.columns))
    table.style = "Table Grid"
    widths = [Mm(width) for width in model.widths]
    fix_widths(table, tuple(widths))
    for texts in (model.columns, *model.rows):
        is_head = texts is model.columns
        row = element("w:tr", {})
        properties = element("w:trPr", {}, element("w:cantSplit", {}))
        if is_head:
            properties.append(element("w:tblHeader", {}))
        row.append(properties)
        for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
            is_centred = is_head or place in model.centred
            row.append(cell(text, width, is_bold=is_head, is_centred=is_centred))
        table._tbl.append(row)  # noqa: SLF001


def cell(text: str, width: Length, *, is_bold: bool, is_centred: bool) -> BaseOxmlElement:
    """Make a cell of a table with lines, in 13 points."""
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)
    looks = element("w:rPr", {}, element("w:rFonts", fonts))
    if is_bold:
        looks.append(element("w:b", {}))
    looks.append(element("w:sz", {"val": "26"}))
    said = element("w:t", {})
    said.text = text
    align = element("w:jc", {"val": "center" if is_centred else "left"})
    spacing = element("w:spacing", {"before": "0", "after": "0"})
    line = element("w:p", {}, element("w:pPr", {}, spacing, align))
    line.append(element("w:r", {}, looks, said))
    size = element("w:tcW", {"w": str(width.twips), "type": "dxa"})
    return element("w:tc", {}, element("w:tcPr", {}, size), line)
