"""The slip as DOCX for Word and LibreOffice, in Times New Roman; start with `compose`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from press.word import lay_out, mark_pages
from services.originality.domain.slip import Compared, Fact, Slip

FONT = "Times New Roman"
SIZE = 13  # points
SMALL = 11.5
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
SOURCE_WIDTHS = (13, 55, 32, 34, 15, 14)  # millimetres, of 163 between the margins
IDEA_WIDTHS = (13, 42, 32, 34, 18, 24)
CENTRED = (0, 4, 5)


def compose(slip: Slip, dated: datetime, mark: str = "") -> bytes:
    """Return the slip as DOCX. `dated` becomes the file's own date."""
    document = docx.Document()
    document.styles["Normal"].font.name = FONT
    lay_out(document.sections[0])
    set_head(document, slip)
    set_findings(document, slip)
    set_end(document, slip)
    mark_pages(document, mark)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = slip.title, "", ""
    properties.language = "vi-VN"
    properties.created = properties.modified = dated
    file = BytesIO()
    document.save(file)
    return packed_anew(file, dated)


def packed_anew(file: BytesIO, dated: datetime) -> bytes:
    """Return a DOCX whose parts are all of one instant; else no two would be the same."""
    out = BytesIO()
    instant = dated.astimezone(UTC).timetuple()[:6]
    with ZipFile(file) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, instant), old.read(name), ZIP_DEFLATED)
    return out.getvalue()


def set_head(document: Document, slip: Slip) -> None:
    """Write agency, country and motto, place and date, and what the paper is."""
    left, right = grid(document, 1, (68, 95)).rows[0].cells
    paragraph(left, slip.host.upper(), bold=True, size=12, align=CENTRE)
    rule(left, 24, 68)
    country = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    paragraph(right, country, bold=True, size=12, align=CENTRE)
    paragraph(right, "Độc lập - Tự do - Hạnh phúc", bold=True, align=CENTRE)
    rule(right, 56, 95)
    paragraph(right, slip.placed, italic=True, align=CENTRE)
    title = paragraph(document, slip.title, bold=True, size=14, align=CENTRE)
    title.paragraph_format.space_before = Pt(12)
    paragraph(document, slip.contest, bold=True, align=CENTRE)


def set_findings(document: Document, slip: Slip) -> None:
    """Write sections 1 to 5: the entry, shares, signs, sources, passages."""
    heading(document, "1. Bài dự thi")
    set_facts(document, slip.about)
    heading(document, "2. Tỷ lệ trùng")
    set_facts(document, slip.shares)
    paragraph(document, slip.notice, bold=True)
    heading(document, "3. Dấu hiệu cần xem xét")
    for flag in slip.flags:
        paragraph(document, f"- {flag}.")
    if not slip.flags:
        paragraph(document, "Không có.")
    heading(document, "4. Các nguồn trùng, nguồn có trước xếp trước")
    set_rows(document, slip.source_columns, slip.sources, SOURCE_WIDTHS)
    heading(document, "5. Các đoạn trùng")
    for source in slip.compared:
        set_pairs(document, source)
    if not slip.compared:
        paragraph(document, "Không có.")


def set_end(document: Document, slip: Slip) -> None:
    """Write similar ideas if there are any, then scope, ruling and room to sign."""
    number = 6
    if slip.ideas:
        heading(document, "6. Ý tưởng gần giống (không tính vào tỷ lệ nào)")
        set_rows(document, slip.idea_columns, slip.ideas, IDEA_WIDTHS)
        number = 7
    heading(document, f"{number}. Phạm vi đối chiếu")
    set_facts(document, slip.scope)
    heading(document, f"{number + 1}. Kết luận của người có thẩm quyền")
    set_facts(document, slip.ruling)
    paragraph(document, slip.made_from, size=10)
    _, right = grid(document, 1, (81, 82)).rows[0].cells
    paragraph(right, "NGƯỜI KẾT LUẬN", bold=True, align=CENTRE)
    paragraph(right, "(Ký, ghi rõ họ tên)", italic=True, align=CENTRE)
    name = paragraph(right, slip.signer, bold=True, align=CENTRE)
    name.paragraph_format.space_before = Pt(65)


def set_facts(document: Document, facts: Sequence[Fact]) -> None:
    """Write labels and what stands under them in two columns without lines."""
    table = grid(document, len(facts), (62, 101))
    for row, (label, said) in zip(table.rows, facts, strict=True):
        paragraph(row.cells[0], f"{label}:")
        paragraph(row.cells[1], said)


def set_rows(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    """Write a table with lines, its heading on every page."""
    if not rows:
        paragraph(document, "Không có.")
        return
    table = grid(document, len(rows) + 1, widths, lines=True)
    repeat(table)
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        paragraph(cell, name, bold=True, size=SMALL, align=CENTRE)
    for row, values in zip(table.rows[1:], rows, strict=True):
        for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            paragraph(cell, value, size=SMALL, align=CENTRE if place in CENTRED else LEFT)


def set_pairs(document: Document, source: Compared) -> None:
    """Write a source's passages beside each other."""
    line = paragraph(document, source.heading, italic=True)
    line.paragraph_format.keep_with_next = True
    table = grid(document, 1 + 2 * len(source.pairs), (81, 82), lines=True)
    repeat(table)
    for cell, name in zip(table.rows[0].cells, ("Bài dự thi", "Nguồn"), strict=True):
        paragraph(cell, name, bold=True, size=SMALL, align=CENTRE)
    for place, pair in enumerate(source.pairs):
        first, second = table.rows[1 + 2 * place].cells
        said = paragraph(first.merge(second), pair.heading, bold=True, size=SMALL)
        said.paragraph_format.keep_with_next = True
        here, there = table.rows[2 + 2 * place].cells
        paragraph(here, pair.here, size=SMALL)
        paragraph(there, pair.there, size=SMALL)


def heading(document: Document, text: str) -> None:
    """Write the heading of a section; it stays with what follows."""
    line = paragraph(document, text, bold=True)
    line.paragraph_format.space_before = Pt(8)
    line.paragraph_format.keep_with_next = True


def paragraph(  # noqa: PLR0913  # how words look is six plain choices
    place: Document | _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = SIZE,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> Paragraph:
    """Add a paragraph; the empty first one that every cell has is used up."""
    is_free = isinstance(place, _Cell) and len(place.paragraphs) == 1
    is_free = is_free and not place.paragraphs[0].runs
    added = place.paragraphs[0] if is_free else place.add_paragraph()
    added.alignment = align
    added.paragraph_format.space_after = Pt(3)
    added.paragraph_format.space_before = Pt(0)
    write(added, text, bold=bold, italic=italic, size=size)
    return added


def rule(place: _Cell, width: int, room: int) -> None:
    """Draw a solid line of so many millimetres, centred in the room there is."""
    line = paragraph(place, " ", size=2)
    side = Mm((room - width) / 2)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = side
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = line._element.get_or_add_pPr()  # noqa: SLF001  # docx's own way
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def write(
    to: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: float = SIZE
) -> None:
    """Add words to a paragraph in Times New Roman, for every script."""
    run = to.add_run(text)
    run.font.name, run.font.size = FONT, Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  # docx's own way
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    run.font.bold, run.font.italic = bold, italic


def grid(document: Document, rows: int, widths: Sequence[int], *, lines: bool = False) -> Table:
    """Add a table with columns of these millimetres; Word reads the cells, others the grid."""
    table = document.add_table(rows=rows, cols=len(widths))
    if lines:
        table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def repeat(table: Table) -> None:
    """Let the first row stand at the top of every page the table is on."""
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  # docx's own way
    row.append(OxmlElement("w:tblHeader"))
