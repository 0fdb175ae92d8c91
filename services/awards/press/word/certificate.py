"""A Bằng khen or Giấy khen in Word: A4 across, bordered, the emblem's place left free."""

from math import sqrt

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.section import Section
from docx.shared import Mm

from press.word import (
    COUNTRY,
    LEFT,
    MOTTO,
    MOTTO_WIDTH,
    Setting,
    Type,
    columns,
    element,
    paragraph,
    rule,
)
from services.awards.domain.paper import Certificate
from services.awards.press.word.document import set_code

TEXT_WIDTH = Mm(233)
HALF = Mm(116.5)
ROOM = 98_000  # letters, times the square of their size in points, that one page has room for
GOLD = "A8832B"
RED = "B3191E"


def set_certificate(document: Document, paper: Certificate) -> None:
    """Write the certificate into an empty document, on one page."""
    lay_out(document.sections[0])
    length = len(paper.recipient) + len(paper.achievement)
    # Smaller for long titles and many authors, so that the words keep to their share of the page.
    size = min(16, int(2 * sqrt(ROOM / max(length, 1))) / 2)
    paragraph(document, COUNTRY, Type(size=13, bold=True), Setting())
    paragraph(document, MOTTO, Type(size=13, bold=True), Setting())
    rule(document, MOTTO_WIDTH, TEXT_WIDTH)
    paragraph(document, paper.giver, Type(size=19, bold=True), Setting(before=60))
    paragraph(document, "TẶNG", Type(size=17, bold=True), Setting(before=4))
    paragraph(document, paper.type_name, Type(40, bold=True, colour=RED), Setting(after=4))
    paragraph(document, paper.recipient, Type(size=size * 1.25, bold=True), Setting())
    if paper.unit:
        paragraph(document, paper.unit, Type(size=size), Setting(before=2))
    paragraph(document, paper.achievement, Type(size=size, italic=True), Setting(before=4))
    set_signature(document, paper)


def lay_out(section: Section) -> None:
    """Turn the page and draw its border."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(16), Mm(14)
    section.left_margin = section.right_margin = Mm(32)
    line = {"val": "thinThickMediumGap", "sz": "24", "space": "24", "color": GOLD}
    sides = (element(f"w:{side}", line) for side in ("top", "left", "bottom", "right"))
    section._sectPr.insert_element_before(  # noqa: SLF001  # docx's own way
        element("w:pgBorders", {"offsetFrom": "page"}, *sides),
        *("w:lnNumType", "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid"),
    )


def set_signature(document: Document, paper: Certificate) -> None:
    """Write the decision it rests on at the left, room for signature and seal at the right."""
    paragraph(document, "", Type(), Setting(before=6))
    left, right = columns(document, HALF, HALF)
    if paper.check:
        set_code(left, paper.check)
    before = 84 - 54 * bool(paper.check)
    paragraph(left, paper.decided, Type(size=12), Setting(align=LEFT, before=before))
    paragraph(left, paper.registered, Type(size=12), Setting(align=LEFT))
    paragraph(right, paper.placed, Type(size=14, italic=True), Setting())
    for title in paper.signature.titles[:-1]:
        paragraph(right, title, Type(size=15, bold=True), Setting())
    title = paper.signature.titles[-1]
    paragraph(right, title, Type(size=15, bold=True), Setting(after=64))
    if paper.signature.name:
        paragraph(right, paper.signature.name, Type(size=15, bold=True), Setting())
