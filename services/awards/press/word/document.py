"""An administrative document in Word, by the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from press.word import (
    CENTRE,
    COUNTRY,
    JUSTIFIED,
    LEFT,
    MOTTO,
    MOTTO_WIDTH,
    Place,
    Setting,
    Type,
    columns,
    element,
    fix_widths,
    lay_out,
    next_part,
    paragraph,
    rule,
    write,
)
from services.awards.domain.paper import Annex, Document, Head, Passage, Signature
from services.awards.press.pdf import drawn

TEXT_WIDTH = Mm(163)
HALF = Mm(81.5)
HEAD_WIDTHS = (Mm(68), Mm(95))
LETTER = Pt(12) * 0.72  # the mean width of a bold capital of 12 points

CODE = Mm(16)  # the side of the QR code

BODY = Type(size=14)
BOLD = Type(size=14, bold=True)
ITALIC = Type(size=14, italic=True)
TEXT = Setting(align=JUSTIFIED, after=6, indent=12.7, spacing=1.06)


def set_document(document: WordDocument, paper: Document) -> None:
    """Write the paper and its annex into an empty document."""
    lay_out_part(document.sections[0])
    set_head(document, paper.head)
    paragraph(document, paper.type_name, BOLD, Setting(before=14))
    paragraph(document, paper.subject, BOLD, Setting(after=2))
    rule(document, TEXT_WIDTH * 2 // 5, TEXT_WIDTH)
    set_grounds(document, paper)
    for place, article in enumerate(paper.articles, start=1):
        ending = "./." if place == len(paper.articles) else ""
        line = paragraph(document, f"Điều {place}. ", BOLD, TEXT)
        write(line, f"{article}{ending}", BODY)
        line.paragraph_format.keep_with_next = bool(ending)  # a signature never stands alone
    for place, passage in enumerate(paper.body, start=1):
        set_passage(document, passage, is_last=place == len(paper.body))
    if len(paper.signatures) == 1:
        left, right = columns(document, HALF, HALF)
        set_recipients(left, paper)
        set_signature(right, paper.signatures[0])
    else:
        for cell, signature in zip(columns(document, HALF, HALF), paper.signatures, strict=True):
            set_signature(cell, signature)
        set_recipients(document, paper)
    if paper.annex:
        lay_out_part(next_part(document))
        set_annex(document, paper.annex)


def set_grounds(document: WordDocument, paper: Document) -> None:
    """Write what comes before the content: to whom, by whose power, on what grounds."""
    if paper.power:
        paragraph(document, paper.power, BOLD, Setting(before=10, after=8))
    if paper.addressees:
        set_addressees(document, paper.addressees)
    elif not paper.power:
        paragraph(document, "", Type(size=6), Setting(after=4))
    for place, basis in enumerate(paper.bases, start=1):
        is_last = place == len(paper.bases) and not paper.proposed_by
        paragraph(document, f"{basis}{'.' if is_last else ';'}", ITALIC, TEXT)
    if paper.proposed_by:
        paragraph(document, f"{paper.proposed_by}.", ITALIC, TEXT)
    if paper.order:
        paragraph(document, paper.order, BOLD, Setting(before=6, after=8))


def set_addressees(document: WordDocument, addressees: tuple[str, ...]) -> None:
    """Write to whom: one on the same line, several in a list."""
    setting = Setting(before=10, after=8)
    if len(addressees) == 1:
        paragraph(document, f"Kính gửi: {addressees[0]}", BODY, setting)
        return
    paragraph(document, "Kính gửi:", BODY, Setting(LEFT, before=10, indent=38))
    for place, each in enumerate(addressees, start=1):
        ending = "." if place == len(addressees) else ";"
        paragraph(document, f"- {each}{ending}", BODY, Setting(LEFT, indent=60))


def set_passage(document: WordDocument, passage: Passage, *, is_last: bool) -> None:
    """Write a paragraph of the content; the last ends the paper and stays with the signature."""
    label = f"{passage.label} " if passage.label else ""
    line = paragraph(document, label, BOLD, TEXT)
    write(line, f"{passage.text}{'./.' if is_last else ''}", BODY)
    line.paragraph_format.keep_with_next = is_last


def lay_out_part(section: Section) -> None:
    """Set a page that starts to count its pages anew, as the decision and its annex do."""
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    lay_out(section)
    properties = section._sectPr  # noqa: SLF001  # docx's own way
    if properties.find(qn("w:pgNumType")) is None:  # a new section copies the last one's
        start = element("w:pgNumType", {"start": "1"})
        properties.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def set_head(document: WordDocument, head: Head) -> None:
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


def set_recipients(place: Place, paper: Document) -> None:
    """Write who receives the paper, and the code to check it by."""
    receiving = Setting(align=LEFT)
    paragraph(place, "Nơi nhận:", Type(size=12, bold=True, italic=True), receiving)
    for number, recipient in enumerate(paper.recipients, start=1):
        ending = "." if number == len(paper.recipients) else ";"
        paragraph(place, f"- {recipient}{ending}", Type(size=11), receiving)
    set_code(place, paper.check)


def set_code(place: Place, check: str) -> None:
    """Draw the QR code that leads to the page where the paper is checked."""
    if check:
        line = paragraph(place, "", Type(), Setting(LEFT, before=4))
        picture = line.add_run().add_picture(BytesIO(drawn(check, "png")), width=CODE)
        picture._inline.docPr.set("descr", check)  # noqa: SLF001  # for those who cannot see it


def set_signature(place: Place, signature: Signature) -> None:
    """Write who signs, with room for signature and seal."""
    for title in signature.titles[:-1]:
        paragraph(place, title, BOLD, Setting())
    last = paragraph(place, signature.titles[-1], BOLD, Setting(after=70))
    last.paragraph_format.keep_with_next = True
    if signature.name:
        paragraph(place, signature.name, BOLD, Setting())


def set_annex(document: WordDocument, annex: Annex) -> None:
    """Write the list; its head row is repeated on every page."""
    paragraph(document, annex.title, BOLD, Setting())
    paragraph(document, annex.subject, BOLD, Setting())
    if annex.goes_with:
        paragraph(document, annex.goes_with, ITALIC, Setting(after=2))
    rule(document, TEXT_WIDTH * 2 // 5, TEXT_WIDTH)
    table = document.add_table(rows=1 + len(annex.rows), cols=len(annex.columns))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, (annex.columns, *annex.rows), strict=True):
        is_head = texts is annex.columns
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            align = CENTRE if is_head or place in annex.centred else LEFT
            paragraph(cell, text, Type(size=13, bold=is_head), Setting(align=align))
    fix_widths(table, tuple(Mm(width) for width in annex.widths))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", {}))  # noqa: SLF001
