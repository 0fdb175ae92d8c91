"""Minutes as they come off the press: both files say what the model says, on the decree's page."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from unicodedata import normalize

import msgspec
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from press.sheets import Printed
from services.review.domain.minutes.drawing import CONTENT, numbered
from services.review.domain.minutes.paper import Paper
from services.review.papers import Job
from services.review.press import press
from tests.unit.review.minuted import LONG, drawn
from tests.unit.review.test_minutes import text_of

DATED = datetime(2022, 8, 17, 2, tzinfo=UTC)
MM = 72 / 25.4


def printed(paper: Paper) -> Printed:
    job = Job(font_path="/usr/share/fonts", dated=DATED, paper=paper)
    return msgspec.msgpack.decode(press(msgspec.json.encode(job)), type=Printed)


@pytest.fixture(scope="module", params=sorted(CONTENT))
def made(request):
    paper = numbered(drawn(request.param).paper, "05/BB-BTC")
    return paper, printed(paper)


def squeezed(text: str) -> str:
    """Return a text without its white space: a page breaks lines where it likes."""
    return re.sub(r"\s+", "", normalize("NFC", text))


def words_of_pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words_of_docx(docx: bytes) -> str:
    parts = Document(BytesIO(docx)).element.iter(qn("w:t"), qn("w:noBreakHyphen"))
    return "".join("-" if one.tag == qn("w:noBreakHyphen") else one.text or "" for one in parts)


def pieces(paper: Paper) -> set[str]:
    return {squeezed(piece) for piece in text_of(paper).splitlines() if piece != paper.symbol}


def test_both_files_say_everything_the_model_says(made):
    paper, files = made
    pages = words_of_pages(files.pdf.content)
    # What continues on the next page begins there under the number of the page.
    pdf = squeezed("".join(page.removeprefix(f"{n}\r\n") for n, page in enumerate(pages, 1)))
    docx = squeezed(words_of_docx(files.docx.content))

    said = {piece.upper() for piece in pieces(paper)}

    assert {piece for piece in said if piece not in pdf.upper()} == set()
    assert {piece for piece in said if piece not in docx.upper()} == set()


def test_files_are_what_their_checksums_say_and_print_the_same_again(made):
    paper, files = made

    assert files.pdf.sha256 == sha256(files.pdf.content).hexdigest()
    assert files.docx.sha256 == sha256(files.docx.content).hexdigest()
    assert printed(paper).pdf == files.pdf


def test_pdf_is_an_archive_copy_with_its_fonts_inside(made):
    _, files = made

    assert b"<pdfaid:part>2</pdfaid:part>" in files.pdf.content
    assert b"/FontFile" in files.pdf.content


def test_pages_are_a4_within_the_margins_and_numbered_from_the_second(made):
    _, files = made

    with pypdfium2.PdfDocument(files.pdf.content) as document:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            boxes = [one.get_bounds() for one in page.get_objects()]
            assert [round(width / MM), round(height / MM)] == [210, 297]
            assert 30 <= min(box[0] for box in boxes) / MM <= 35
            assert 15 <= (width - max(box[2] for box in boxes)) / MM <= 40
            first = page.get_textpage().get_text_range().split("\r\n", 1)[0].strip()
            assert (first == str(number)) == (number > 1)


def test_head_row_of_a_long_table_stands_on_each_of_its_pages():
    files = printed(drawn("CLOSING").paper)

    pages = words_of_pages(files.pdf.content)
    (ranking,) = [
        table
        for table in Document(BytesIO(files.docx.content)).tables
        if table.rows[0].cells[0].text == "Hạng"
    ]

    on_pages = [
        page for page in pages if re.search(r"HG-2022-0[0-5]\d", page) and "Giải pháp" in page
    ]
    assert len(on_pages) > 3
    assert all("Tên bài dự thi" in page for page in on_pages)
    assert ranking.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None  # noqa: SLF001
    assert len(ranking.rows) == 60


def test_jury_of_21_and_a_long_name_are_listed_in_both():
    files = printed(drawn("VOTE").paper)

    assert squeezed(LONG) in squeezed("".join(words_of_pages(files.pdf.content)))
    rows = Document(BytesIO(files.docx.content)).tables[1].rows
    assert len(rows) == 1 + 22
    assert rows[4].cells[1].text == LONG


def test_docx_is_set_as_the_decree_says():
    document = Document(BytesIO(printed(drawn("VOTE").paper).docx.content))
    (section,) = document.sections

    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 31, 16]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml  # noqa: SLF001
    fonts = {run.font.name for line in document.paragraphs for run in line.runs}
    assert fonts == {"Times New Roman"}


def test_draft_has_no_number_and_says_that_it_is_one():
    files = printed(drawn("VOTE").paper)
    issued = printed(numbered(drawn("VOTE").paper, "05/BB-BTC"))

    assert "(Dự thảo)" in words_of_pages(files.pdf.content)[0]
    assert "(Dự thảo)" in words_of_docx(files.docx.content)
    assert "(Dự thảo)" not in words_of_pages(issued.pdf.content)[0]
    assert "Số: 05/BB-BTC" in words_of_docx(issued.docx.content)
    assert "Số: 05/BB-BTC" in words_of_pages(issued.pdf.content)[0]


def test_characters_no_font_has_do_not_keep_minutes_from_being_printed():
    paper = drawn("VOTE").paper

    files = printed(numbered(paper, "05\x00/BB-BTC 🏆"))

    assert "05/BB-BTC" in words_of_docx(files.docx.content)
