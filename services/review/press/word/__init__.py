"""Minutes as DOCX for Word and LibreOffice, in Times New Roman, by form 1.9; see `compose`."""

from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.shared import Mm, Pt

from press.word import (
    COUNTRY,
    FONT,
    JUSTIFIED,
    LEFT,
    MOTTO,
    MOTTO_WIDTH,
    Setting,
    Type,
    columns,
    finished,
    lay_out,
    paragraph,
    rule,
    write,
)
from services.review.domain.minutes.paper import ROOM, Paper, Part
from services.review.press.word.table import grid

TEXT_WIDTH = Mm(ROOM)
HALF = Mm(ROOM / 2)
HEAD_WIDTHS = (Mm(68), Mm(95))
LETTER = Pt(12) * 0.72  # the mean width of a bold capital of 12 points

BODY = Type(size=14)
BOLD = Type(size=14, bold=True)
ITALIC = Type(size=14, italic=True)
TEXT = Setting(align=JUSTIFIED, after=6, indent=12.7, spacing=1.1)


def compose(paper: Paper, dated: datetime, mark: str = "") -> bytes:
    """Return minutes as DOCX. `dated` becomes the file's own date."""
    document = Document()
    document.styles["Normal"].font.name = FONT
    lay_out(document.sections[0])
    set_head(document, paper)
    set_title(document, paper)
    set_content(document, paper)
    set_signatures(document, paper)
    return finished(document, f"Biên bản {paper.number}".strip(), dated, mark)


def set_head(document: Doc, paper: Paper) -> None:
    """Write agency and number on the left, country and motto on the right, and no date."""
    left, right = columns(document, *HEAD_WIDTHS)
    for line in paper.parent:
        paragraph(left, line, Type(size=12), Setting())
    for line in paper.issuer:
        paragraph(left, line, Type(size=12, bold=True), Setting())
    longest = max(len(line) for line in paper.issuer)
    rule(left, int(longest * LETTER * 0.42), HEAD_WIDTHS[0])
    number = paper.number or f"      /{paper.symbol}"
    paragraph(left, f"Số: {number}", Type(size=13), Setting(before=6))
    paragraph(right, COUNTRY, Type(size=12, bold=True), Setting())
    paragraph(right, MOTTO, Type(size=13, bold=True), Setting())
    rule(right, MOTTO_WIDTH, HEAD_WIDTHS[1])
    if not paper.number:
        paragraph(right, "(Dự thảo)", Type(size=13, italic=True), Setting(before=6))


def set_title(document: Doc, paper: Paper) -> None:
    """Write what paper it is and about what."""
    paragraph(document, "BIÊN BẢN", BOLD, Setting(before=14))
    paragraph(document, paper.subject, BOLD, Setting(after=2))
    rule(document, TEXT_WIDTH * 2 // 5, TEXT_WIDTH)
    paragraph(document, "", BODY, Setting(after=4))
    if paper.replaces:
        paragraph(document, paper.replaces, ITALIC, TEXT)


def set_content(document: Doc, paper: Paper) -> None:
    """Write when and where, who, and what happened."""
    set_labelled(document, paper.labelled)
    set_part(document, paper.attendance, f"{paper.attendance.title}:")
    set_labelled(document, paper.led_by)
    paragraph(document, "Nội dung:", BOLD, TEXT)
    for place, part in enumerate(paper.content, start=1):
        set_part(document, part, f"{place}. {part.title}")
    last = paragraph(document, paper.ended, BODY, TEXT)
    last.paragraph_format.keep_with_next = True  # signatures never stand alone


def set_labelled(document: Doc, pairs: tuple[tuple[str, str], ...]) -> None:
    """Write lines such as where the meeting was."""
    for label, text in pairs:
        line = paragraph(document, f"{label}: ", BOLD, TEXT)
        write(line, text, BODY)


def set_part(document: Doc, part: Part, heading: str) -> None:
    """Write a part: heading, sentences, table; the head row is repeated on every page."""
    titled = paragraph(document, heading, BOLD, TEXT)
    titled.paragraph_format.keep_with_next = True
    for line in part.lines:
        paragraph(document, line, BODY, TEXT)
    if part.table is not None:
        grid(document, part.table)
        paragraph(document, "", Type(size=6), Setting(after=4))


def set_signatures(document: Doc, paper: Paper) -> None:
    """Leave room for who kept the minutes on the left, for who presided on the right."""
    left, right = columns(document, HALF, HALF)
    for place, title, name in (
        (left, "THƯ KÝ", paper.keeper),
        (right, "CHỦ TỌA", paper.presider),
    ):
        paragraph(
            place, title, BOLD, Setting(before=6, after=76)
        ).paragraph_format.keep_with_next = True
        paragraph(place, name, BOLD, Setting())
    receiving = Setting(align=LEFT)
    paragraph(
        document, "Nơi nhận:", Type(size=12, bold=True, italic=True), Setting(LEFT, before=8)
    )
    for place, recipient in enumerate(paper.recipients, start=1):
        ending = "." if place == len(paper.recipients) else ";"
        paragraph(document, f"- {recipient}{ending}", Type(size=11), receiving)
