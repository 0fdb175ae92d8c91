"""A decision in Word, by the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from services.awards.domain.paper import Annex, Decision, Head
from services.awards.press.word.typesetting import (
    CENTRE,
    COUNTRY,
    JUSTIFIED,
    LEFT,
    MOTTO,
    MOTTO_WIDTH,
    Setting,
    Type,
    columns,
    element,
    fix_widths,
    page_number,
    paragraph,
    rule,
    write,
)

TEXT_WIDTH = Mm(163)
HALF = Mm(81.5)
HEAD_WIDTHS = (Mm(68), Mm(95))
LETTER = Pt(12) * 0.72  # the mean width of a bold capital of 12 points

CENTRED = (0, 4, 5)  # columns of the annex: number, prize, score

BODY = Type(size=14)
BOLD = Type(size=14, bold=True)
ITALIC = Type(size=14, italic=True)
TEXT = Setting(align=JUSTIFIED, after=6, indent=12.7, spacing=1.1)


def set_decision(document: Document, paper: Decision) -> None:
    """Write the decision and its annex into an empty document."""
    lay_out(document.sections[0])
    set_head(document, paper.head)
    paragraph(document, paper.type_name, BOLD, Setting(before=14))
    paragraph(document, paper.subject, BOLD, Setting(after=2))
    rule(document, TEXT_WIDTH * 2 // 5, TEXT_WIDTH)
    paragraph(document, paper.power, BOLD, Setting(before=10, after=8))
    for basis in paper.bases:
        paragraph(document, f"{basis};", ITALIC, TEXT)
    paragraph(document, f"{paper.proposed_by}.", ITALIC, TEXT)
    paragraph(document, "QUYẾT ĐỊNH:", BOLD, Setting(before=6, after=8))
    for place, article in enumerate(paper.articles, start=1):
        ending = "./." if place == len(paper.articles) else ""
        line = paragraph(document, f"Điều {place}. ", BOLD, TEXT)
        write(line, f"{article}{ending}", BODY)
        line.paragraph_format.keep_with_next = bool(ending)  # a signature never stands alone
    set_signature(document, paper)
    lay_out(document.add_section(WD_SECTION.NEW_PAGE))
    set_annex(document, paper.annex)


def lay_out(section: Section) -> None:
    """Set A4, the margins, and the page number above all pages but the first."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(31), Mm(16)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    page_number(header)
    properties = section._sectPr  # noqa: SLF001  # docx's own way
    if properties.find(qn("w:pgNumType")) is None:  # a new section copies the last one's
        start = element("w:pgNumType", {"start": "1"})
        properties.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def set_head(document: Document, head: Head) -> None:
    """Write boxes 1 to 4: agency, country and motto, number, place and date."""
    left, right = columns(document, *HEAD_WIDTHS)
    for line in head.parent:
        paragraph(left, line, Type(size=12), Setting())
    for line in head.issuer:
        paragraph(left, line, Type(size=12, bold=True), Setting())
    longest = max(len(line) for line in head.issuer)
    rule(left, int(longest * LETTER * 0.42), HEAD_WIDTHS[0])
    paragraph(right, COUNTRY, Type(size=12, bold=True), Setting())
    paragraph(right, MOTTO, Type(size=13, bold=True), Setting())
    rule(right, MOTTO_WIDTH, HEAD_WIDTHS[1])
    left, right = columns(document, *HEAD_WIDTHS)
    paragraph(left, f"Số: {head.number}", Type(size=13), Setting())
    paragraph(right, head.placed, Type(size=13, italic=True), Setting())


def set_signature(document: Document, paper: Decision) -> None:
    """Write the recipients on the left, room for signature and seal on the right."""
    left, right = columns(document, HALF, HALF)
    receiving = Setting(align=LEFT)
    paragraph(left, "Nơi nhận:", Type(size=12, bold=True, italic=True), receiving)
    for place, recipient in enumerate(paper.recipients, start=1):
        ending = "." if place == len(paper.recipients) else ";"
        paragraph(left, f"- {recipient}{ending}", Type(size=11), receiving)
    paragraph(right, paper.signature.title, BOLD, Setting(after=76))
    paragraph(right, paper.signature.name or "", BOLD, Setting())


def set_annex(document: Document, annex: Annex) -> None:
    """Write the list; its head row is repeated on every page."""
    paragraph(document, annex.title, BOLD, Setting())
    paragraph(document, annex.subject, BOLD, Setting())
    paragraph(document, annex.goes_with, ITALIC, Setting(after=2))
    rule(document, TEXT_WIDTH * 2 // 5, TEXT_WIDTH)
    table = document.add_table(rows=1 + len(annex.rows), cols=len(annex.columns))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, (annex.columns, *annex.rows), strict=True):
        is_head = texts is annex.columns
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            align = CENTRE if is_head or place in CENTRED else LEFT
            paragraph(cell, text, Type(size=13, bold=is_head), Setting(align=align))
    fix_widths(table, tuple(Mm(width) for width in annex.widths))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", {}))  # noqa: SLF001
