"""The few things papers need from Word that python-docx does not say in one line."""

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TypeAlias

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

Place: TypeAlias = Document | _Cell

FONT = "Times New Roman"
HYPHEN = re.compile(r"(?<=\w)-(?=\w)")  # within a word, not between two

LEFT = WD_ALIGN_PARAGRAPH.LEFT
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_WIDTH = Mm(56)  # in Times New Roman bold of 13 points


@dataclass(frozen=True, slots=True)
class Type:
    """How words look. `size` in points, `colour` in RGB."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    colour: str = "000000"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph stands: gaps in points, first-line indent in millimetres."""

    align: WD_ALIGN_PARAGRAPH = CENTRE
    before: float = 0
    after: float = 0
    indent: float = 0
    spacing: float = 1.0


def write(paragraph: Paragraph, text: str, look: Type) -> None:
    """Add words to a paragraph in Times New Roman, for every script.

    A number such as `91/2017/NĐ-CP` is not broken at its hyphen, as it is not in the PDF.
    """
    first, *others = HYPHEN.split(text)
    run = paragraph.add_run(first)
    for other in others:
        run._element.append(element("w:noBreakHyphen", {}))  # noqa: SLF001  # docx's own way
        run.add_text(other)
    run.font.name = FONT
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  # docx's own way
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    run.font.size = Pt(look.size)
    run.font.bold, run.font.italic = look.bold, look.italic
    run.font.color.rgb = RGBColor.from_string(look.colour)


def paragraph(place: Place, text: str, look: Type, setting: Setting) -> Paragraph:
    """Add a paragraph; an empty first one, as every cell has, is used up."""
    is_fresh = isinstance(place, _Cell) and len(place.paragraphs) == 1
    is_free = is_fresh and not place.paragraphs[0].runs
    added = place.paragraphs[0] if is_free else place.add_paragraph()
    added.alignment = setting.align
    shape = added.paragraph_format
    shape.space_before, shape.space_after = Pt(setting.before), Pt(setting.after)
    shape.first_line_indent = Mm(setting.indent)
    shape.line_spacing = setting.spacing
    if text:
        write(added, text, look)
    return added


def rule(place: Place, width: int, room: int) -> None:
    """Draw a solid line of the given width, centred in the room there is (both in EMU)."""
    line = paragraph(place, " ", Type(size=2), Setting())
    side = max(room - width, 0) // 2
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = side
    properties = line._element.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(
        element("w:pBdr", {}, element("w:top", {"val": "single", "sz": "6", "color": "000000"})),
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    )


def page_number(paragraph_: Paragraph) -> None:
    """Put the field that shows the number of the page."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        write(paragraph_, "", Type(size=13))
        run = paragraph_.runs[-1]._element  # noqa: SLF001
        if kind:
            run.append(element("w:fldChar", {"fldCharType": kind}))
        else:
            code = element("w:instrText", {})
            code.text = text
            run.append(code)


def columns(document: Document, *widths: Length) -> tuple[_Cell, ...]:
    """Add a table of one row without lines and return its cells."""
    table = document.add_table(rows=1, cols=len(widths))
    fix_widths(table, widths)
    return tuple(table.rows[0].cells)


def fix_widths(table: Table, widths: tuple[Length, ...]) -> None:
    """Give a table's columns their widths; LibreOffice reads the grid, Word the cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def element(name: str, attributes: dict[str, str], *inside: BaseOxmlElement) -> BaseOxmlElement:
    """Make a WordprocessingML element, attributes in the `w` namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(inside)
    return made


def lay_out(section: Section) -> None:
    """Set A4, the margins, and the page number above all pages but the first."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(31), Mm(16)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    page_number(header)


def next_part(document: Document) -> Section:
    """Begin a new page with settings of its own.

    The paragraph that ends the part before takes no room: it would make an empty page of a full
    one.
    """
    section = document.add_section(WD_SECTION.NEW_PAGE)
    ending = document.paragraphs[-1].paragraph_format
    ending.space_before = ending.space_after = Pt(0)
    ending.line_spacing = Pt(1)
    return section


def mark_pages(document: Document, mark: str) -> None:
    """Put a mark at the foot of every page, if there is one."""
    for section in document.sections if mark else ():
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            line = footer.paragraphs[0]
            line.alignment = CENTRE
            write(line, mark, Type(size=10, bold=True, colour="B3191E"))


def finished(document: Document, title: str, dated: datetime, mark: str = "") -> bytes:
    """Return the file, in Vietnamese and without an author; `dated` becomes its own date.

    A `mark` stands at the foot of every page.
    """
    mark_pages(document, mark)
    named = document.core_properties
    named.title, named.author, named.comments = title[:255], "", ""
    named.language = "vi-VN"
    named.created = named.modified = dated
    file = BytesIO()
    document.save(file)
    return file.getvalue()
