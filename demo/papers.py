"""A paper of a dossier as the bytes of a PDF or DOCX; the same words give the same bytes.

Both say in footer and metadata that they are samples.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from msgspec import json

from demo.texts import Block, Body, Figures

NOTICE = "Văn bản mẫu của sangkien, số liệu minh họa"
DATED = datetime(2022, 6, 30, tzinfo=UTC)
TEMPLATE = Path(__file__).parent / "papers.typ"
FONTS = Path("/usr/share/fonts")
FONT_FILE = "LiberationSerif-Regular.ttf"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class FontMissing(Exception):
    """The package fonts-liberation2 is needed to make the PDFs."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a paper: its heading, the entry's title and the text."""

    heading: str
    title: str
    body: Body
    notice: str = NOTICE

    @property
    def subject(self) -> str:
        """The title of the file itself."""
        return f"{self.heading}: {self.title}"


def to_pdf(paper: Paper) -> bytes:
    """Set the paper in Liberation Serif, the free twin of Times New Roman."""
    facts = {
        "heading": paper.heading,
        "title": paper.title,
        "subject": paper.subject,
        "notice": paper.notice,
        "body": paper.body,
    }
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[find_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.encode(facts).decode()},
        timestamp=DATED,
    )


@cache
def find_fonts() -> str:
    """Return the folder with Liberation Serif. Raises `FontMissing`."""
    for found in sorted(FONTS.rglob(FONT_FILE)):
        return str(found.parent)
    raise FontMissing(f"No {FONT_FILE} under {FONTS}: install the package fonts-liberation2.")


def to_docx(paper: Paper) -> bytes:
    """Write the paper for Word in Times New Roman 14."""
    document = docx.Document()
    lay_out(document, paper)
    for words, size in (
        (COUNTRY, 13),
        (MOTTO, 14),
        (paper.heading.upper(), 14),
        (paper.title, 14),
    ):
        line = write(document.add_paragraph(), words, size=size, bold=True)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in paper.body:
        add(document, block)
    stored = io.BytesIO()
    document.save(stored)
    return pack_again(stored.getvalue())


def lay_out(document: Document, paper: Paper) -> None:
    """Give the page its size, margins, type, footer and metadata."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    footer = write(section.footer.paragraphs[0], paper.notice, size=10, italic=True)
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    known = document.core_properties
    known.title, known.author, known.last_modified_by = paper.subject, "sangkien", "sangkien"
    known.comments, known.keywords, known.language = paper.notice, paper.notice, "vi-VN"
    known.created = known.modified = DATED.replace(tzinfo=None)
    known.revision = 1


def add(document: Document, block: Block | Figures) -> None:
    """Write one block at the end of the document."""
    match block:
        case Figures(rows=rows):
            add_figures(document, rows)
        case Block(kind="heading", text=text):
            heading = write(document.add_paragraph(), text, bold=True)
            heading.paragraph_format.keep_with_next = True
        case Block(kind="point", text=text):
            point = write(document.add_paragraph(), f"- {text}")
            point.paragraph_format.left_indent = Mm(6)
            point.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        case Block(text=text):
            paragraph = write(document.add_paragraph(), text)
            paragraph.paragraph_format.first_line_indent = Mm(10)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def add_figures(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    """Write a table with a bold head, and a little air below it."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            write(cell.paragraphs[0], words, size=13, bold=number == 0)
    document.add_paragraph()


def write(
    paragraph: Paragraph, words: str, *, size: int = 14, bold: bool = False, italic: bool = False
) -> Paragraph:
    """Add words to the paragraph and return it."""
    run = paragraph.add_run(words)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run.bold, run.italic = bold, italic
    return paragraph


def pack_again(stored: bytes) -> bytes:
    """Zip a DOCX anew with one date for every part, so that its bytes depend on the words only."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(stored)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=DATED.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name), compresslevel=9)
    return packed.getvalue()
