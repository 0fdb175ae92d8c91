"""Every form as it comes off the press, measured in the files (Nghị định 30, Phụ lục I)."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import msgspec
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from press.sheets import Printed
from services.awards.operating.paper import sampled
from services.awards.orders import Job
from services.awards.press import press
from services.awards.profile import load_profile

PROFILE = load_profile("2026")
DATED = datetime(2026, 3, 5, 2, tzinfo=UTC)
MM = 72 / 25.4
CHECK = "https://sangkien.example.vn/kiem-tra/0123456789abcdef0123456789abcdef"


def printed(document) -> Printed:
    job = Job(font_path="/usr/share/fonts", dated=DATED, document=document)
    return msgspec.msgpack.decode(press(msgspec.json.encode(job)), type=Printed)


@pytest.fixture(scope="module", params=sorted(PROFILE.documents))
def form(request):
    paper = sampled(PROFILE, request.param)
    return paper, printed(paper)


def lines_of(page):
    """Return each run of text: its words, size in points, left and bottom in millimetres."""
    for thing in page.get_objects():
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
            left, bottom, right, top = thing.get_bounds()
            yield left / MM, bottom / MM, right / MM, top / MM


def test_a_form_stands_within_the_margins_on_a4(form):
    _, files = form

    with pypdfium2.PdfDocument(files.pdf.content) as pdf:
        for page in pdf:
            width, height = (side / MM for side in page.get_size())
            boxes = list(lines_of(page))
            assert (round(width), round(height)) == (210, 297)
            assert 30 <= min(box[0] for box in boxes) <= 35
            assert width - max(box[2] for box in boxes) >= 15
            assert 20 <= height - max(box[3] for box in boxes) <= 26
            assert min(box[1] for box in boxes) >= 20


def test_pdf_says_what_the_paper_says_in_the_embedded_face(form):
    paper, files = form

    with pypdfium2.PdfDocument(files.pdf.content) as pdf:
        said = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    assert f"Số: {paper.head.number}" in said
    assert paper.type_name in said
    assert ("Địa danh, ngày 01 tháng 01 năm 2000" in said.split("DANH SÁCH")[0]) == (
        paper.type_name != "BIÊN BẢN"
    )
    assert all(passage.text.split()[-1] in said for passage in paper.body if passage.text)
    assert said.count("./.") == 1
    assert b"LiberationSerif" in files.pdf.content
    assert b"<pdfaid:part>2</pdfaid:part>" in files.pdf.content


def test_docx_has_the_same_page_and_names_times_new_roman_alone(form):
    paper, files = form
    document = Document(BytesIO(files.docx.content))

    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= section.right_margin.mm <= 20
        assert section.different_first_page_header_footer
    assert len(document.sections) == 1 + (paper.annex is not None)
    fonts = {run.get(qn("w:ascii")) for run in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"Times New Roman"}
    lines = "\n".join(each.text for each in document.element.body.iter(qn("w:t")) if each.text)
    assert paper.subject in lines


def test_a_code_to_check_the_paper_by_is_in_both_files():
    paper = sampled(PROFILE, "SUBMISSION")
    with_code = msgspec.convert(
        {**msgspec.to_builtins(paper), "check": CHECK}, type(paper), strict=False
    )

    plain, coded = printed(paper), printed(with_code)

    assert CHECK.encode() in coded.pdf.content or len(coded.pdf.content) > len(plain.pdf.content)
    names = ZipFile(BytesIO(coded.docx.content)).namelist()
    assert [name for name in names if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_several_addressees_are_listed_and_one_stands_on_the_line():
    paper = sampled(PROFILE, "SUBMISSION")
    several = msgspec.convert(
        {**msgspec.to_builtins(paper), "addressees": ["Bộ Nội vụ", "Ủy ban nhân dân tỉnh"]},
        type(paper),
        strict=False,
    )

    said = []
    for one in (paper, several):
        with pypdfium2.PdfDocument(printed(one).pdf.content) as pdf:
            said.append(" ".join(pdf[0].get_textpage().get_text_range().split()))

    assert "Kính gửi: [addressee] " in said[0]
    assert "Kính gửi: - Bộ Nội vụ; - Ủy ban nhân dân tỉnh. " in said[1]
