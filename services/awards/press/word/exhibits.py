"""The tables and charts at the end of a document in Word."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.shared import Mm

from press.pictures import paint
from press.word import CENTRE, LEFT, Setting, Type, element, fix_widths, paragraph
from services.awards.domain.paper import Exhibit

TALLEST = Mm(240)


def set_exhibits(document: WordDocument, exhibits: tuple[Exhibit, ...], font_path: str) -> None:
    """Write them from a page of their own on; a head row is repeated on every page."""
    if not exhibits:
        return
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for exhibit in exhibits:
        heading = paragraph(
            document, exhibit.title, Type(size=14, bold=True), Setting(before=8, after=4)
        )
        heading.paragraph_format.keep_with_next = True
        set_rows(document, exhibit)
        if exhibit.chart:
            set_chart(document, exhibit, font_path)


def set_rows(document: WordDocument, exhibit: Exhibit) -> None:
    """Write the table."""
    table = document.add_table(rows=1 + len(exhibit.rows), cols=len(exhibit.columns))
    table.style = "Table Grid"
    for number, texts in enumerate((exhibit.columns, *exhibit.rows)):
        for place, (cell, text) in enumerate(zip(table.rows[number].cells, texts, strict=True)):
            align = CENTRE if number == 0 or place in exhibit.centred else LEFT
            paragraph(cell, text, Type(size=12, bold=number == 0), Setting(align=align))
    fix_widths(table, tuple(Mm(width) for width in exhibit.widths))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", {}))  # noqa: SLF001


def set_chart(document: WordDocument, exhibit: Exhibit, font_path: str) -> None:
    """Paint the chart; one taller than a page is made smaller rather than cut."""
    line = paragraph(document, "", Type(), Setting(before=6))
    picture = line.add_run().add_picture(BytesIO(paint(exhibit.chart, font_path)), width=Mm(163))
    if picture.height > TALLEST:
        picture.width = int(picture.width * TALLEST / picture.height)
        picture.height = TALLEST
    picture._inline.docPr.set("descr", exhibit.told)  # noqa: SLF001  # for who cannot see it
