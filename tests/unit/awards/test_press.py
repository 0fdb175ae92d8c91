"""What comes off the press, measured in the files themselves."""

import json
import struct
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from unicodedata import normalize

import msgspec
import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from contracts.sandbox import MARK
from press.font import (
    FONT_FILE,
    FontMissing,
    characters,
    find_font,
    revision,
)
from press.sheets import Printed
from services.awards.domain.wording import Award, certificate, decision
from services.awards.orders import Job
from services.awards.press import press
from services.awards.profile import load_profile
from tests.unit.awards.builders import AN_ISSUE, AWARDS, some_rules

RULES = some_rules()
PROFILE = load_profile("2022")
DATED = datetime(2023, 1, 5, 2, tzinfo=UTC)
DECISION = decision(AN_ISSUE, AWARDS, RULES, PROFILE)
CERTIFICATE = certificate(AN_ISSUE, AWARDS[0], 1, RULES, PROFILE)
MM = 72 / 25.4


def printed(**paper) -> Printed:
    job = Job(font_path="/usr/share/fonts", dated=DATED, **paper)
    return msgspec.msgpack.decode(press(msgspec.json.encode(job)), type=Printed)


@pytest.fixture(scope="module")
def a_decision():
    return printed(document=DECISION)


@pytest.fixture(scope="module")
def a_certificate():
    return printed(certificate=CERTIFICATE)


@pytest.mark.parametrize("paper", [{"document": DECISION}, {"certificate": CERTIFICATE}])
def test_every_page_from_a_sandbox_bears_the_mark(paper):
    marked, plain = printed(**paper, mark=MARK), printed(**paper)

    with (
        pypdfium2.PdfDocument(marked.pdf.content) as bears,
        pypdfium2.PdfDocument(plain.pdf.content) as bare,
    ):
        assert [words(page).count(MARK) for page in bears] == [2] * len(bare)
        assert [words(page).count(MARK) for page in bare] == [0] * len(bare)
    sections = Document(BytesIO(marked.docx.content)).sections
    feet = [foot for one in sections for foot in (one.footer, one.first_page_footer)]
    assert {foot.paragraphs[0].text for foot in feet} == {MARK}


@pytest.fixture
def pages(a_decision):
    with pypdfium2.PdfDocument(a_decision.pdf.content) as document:
        yield list(document)


def words(page):
    return page.get_textpage().get_text_range()


def properties_of(section):
    return section._sectPr  # noqa: SLF001  # python-docx gives no other way in


def inked(page):
    """Return the box of everything printed on the page, in millimetres from the left and top."""
    width, height = page.get_size()
    boxes = [thing.get_bounds() for thing in page.get_objects()]
    left = min(box[0] for box in boxes) / MM
    right = (width - max(box[2] for box in boxes)) / MM
    top = (height - max(box[3] for box in boxes)) / MM
    return left, right, top


def test_checksums_are_those_of_the_files(a_decision):
    for sheet in (a_decision.pdf, a_decision.docx):
        assert sheet.sha256 == sha256(sheet.content).hexdigest()


def test_decision_is_a4_with_the_margins_of_the_decree(pages):
    left, right, top = inked(pages[0])

    assert [round(side / MM) for side in pages[0].get_size()] == [210, 297]
    assert 30 <= left <= 35
    assert 15 <= right <= 20
    assert 20 <= top <= 25


def test_decision_says_everything_its_model_says(pages):
    text = " ".join(words(pages[0]).split())

    for said in ("Số: 05/QĐ-UBND", "Hậu Giang, ngày 05 tháng 01 năm 2023", "Điều 3.", "./."):
        assert said in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "- Lưu: VT." in text


def test_pages_of_decision_and_annex_are_numbered_apart_and_not_on_the_first():
    many = tuple(AWARDS) * 12
    pdf = printed(document=decision(AN_ISSUE, many, RULES, PROFILE)).pdf.content

    with pypdfium2.PdfDocument(pdf) as document:
        first_lines = [words(page).split("\r\n", 1)[0].strip() for page in document]

    assert first_lines == ["ỦY BAN NHÂN DÂN", "DANH SÁCH", "2", "3"]


def test_fonts_are_inside_the_pdf(a_decision, a_certificate):
    for pdf in (a_decision.pdf.content, a_certificate.pdf.content):
        assert b"/FontFile" in pdf
        assert b"LiberationSerif" in pdf


def test_pdf_says_it_is_an_archive_copy(a_decision):
    assert b"<pdfaid:part>2</pdfaid:part>" in a_decision.pdf.content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in a_decision.pdf.content


def test_same_paper_prints_to_the_same_bytes(a_decision):
    assert printed(document=DECISION).pdf == a_decision.pdf


def test_certificate_lies_across_on_one_page(a_certificate):
    with pypdfium2.PdfDocument(a_certificate.pdf.content) as document:
        sizes = [[round(side / MM) for side in page.get_size()] for page in document]
        text = words(document[0])

    assert sizes == [[297, 210]]
    assert "BẰNG KHEN" in text
    assert "Số sổ vàng: 01" in text


def test_longest_title_and_five_authors_still_fit_on_one_page():
    award = Award(
        title="Giải pháp nâng cao hiệu quả tiếp nhận và giải quyết thủ tục hành chính " * 4,
        authors=("Nguyễn Trần Khánh Phương Uyên",) * 5,
        unit="Trung tâm Công nghệ thông tin và Truyền thông tỉnh Hậu Giang",
        prize="Giải Khuyến khích",
        score=AWARDS[0].score,
    )

    pdf = printed(certificate=certificate(AN_ISSUE, award, 1, RULES, PROFILE)).pdf.content

    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1


MANY = Award(
    title="Giải pháp nâng cao hiệu quả tiếp nhận và giải quyết thủ tục hành chính " * 6,
    authors=("Nguyễn Trần Khánh Phương Uyên", "Hoàng Phủ Ngọc Bảo Trâm") * 10,
    unit="Trung tâm Công nghệ thông tin và Truyền thông tỉnh Hậu Giang",
    prize="Giải Khuyến khích",
    score=AWARDS[0].score,
)


def test_twenty_authors_and_a_very_long_title_stay_on_one_page_and_touch_nothing():
    pdf = printed(certificate=certificate(AN_ISSUE, MANY, 1, RULES, PROFILE)).pdf.content

    with pypdfium2.PdfDocument(pdf) as document:
        (page,) = document
        text = page.get_textpage()
        lowest = {}
        for words_ in ("thủ tục hành chính", "ngày 05 tháng 01 năm 2023", "CHỦ TỊCH"):
            search, found = text.search(words_), []
            while (hit := search.get_next()) is not None:
                found.append(text.get_charbox(hit[0]))
            lowest[words_] = min(found, key=lambda box: box[1])
        said = text.get_text_range()
    title, day, signer = lowest.values()
    assert title[1] > signer[3] + 5
    assert title[1] > day[3]
    assert said.count("Nguyễn Trần Khánh Phương Uyên") + said.count("Trâm") > 10


def test_word_decision_has_the_margins_and_times_new_roman(a_decision):
    document = Document(BytesIO(a_decision.docx.content))

    for section in document.sections:
        edges = (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round(edge.mm) for edge in edges] == [210, 297, 20, 20, 31, 16]
    fonts = {run.font.name for line in document.paragraphs for run in line.runs}
    assert fonts == {"Times New Roman"}


def test_word_decision_numbers_pages_from_the_second_in_the_top_margin(a_decision):
    document = Document(BytesIO(a_decision.docx.content))

    assert len(document.sections) == 2
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert not "".join(line.text for line in section.first_page_header.paragraphs).strip()
        codes = section.header.part.element.iter(qn("w:instrText"))
        assert [code.text for code in codes] == ["PAGE"]
        starts = properties_of(section).findall(qn("w:pgNumType"))
        assert [start.get(qn("w:start")) for start in starts] == ["1"]


def test_word_decision_says_what_the_pdf_says(a_decision, pages):
    document = Document(BytesIO(a_decision.docx.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    body = [line.text for line in document.paragraphs]
    typeset = "".join("".join(words(page) for page in pages).split())

    lines = {"".join(line.split()) for text in (*cells, *body) for line in text.splitlines()}
    assert [line for line in sorted(lines) if line not in typeset] == []


def test_word_certificate_lies_across_with_a_border(a_certificate):
    document = Document(BytesIO(a_certificate.docx.content))
    section = document.sections[0]

    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [round(section.page_width.mm), round(section.page_height.mm)] == [297, 210]
    assert properties_of(section).find(qn("w:pgBorders")) is not None


def test_word_files_carry_no_name_of_a_person_or_program(a_decision):
    properties = Document(BytesIO(a_decision.docx.content)).core_properties

    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "QUYẾT ĐỊNH 05/QĐ-UBND"


def test_missing_font_is_named_with_the_way_out(tmp_path):
    with pytest.raises(FontMissing, match="install the package fonts-liberation2"):
        find_font(str(tmp_path))


def test_font_without_vietnamese_letters_is_passed_over(tmp_path):
    good = find_font("/usr/share/fonts")
    old = bytearray(good.read_bytes())
    head = old.index(b"head")
    (offset,) = struct.unpack_from(">I", old, head + 8)
    struct.pack_into(">H", old, offset + 4, 1)
    for folder, font in (("liberation", old), ("liberation2", good.read_bytes())):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / FONT_FILE).write_bytes(font)

    assert revision(tmp_path / "liberation" / FONT_FILE) == 1
    assert find_font(str(tmp_path)) == tmp_path / "liberation2" / FONT_FILE


def test_order_without_a_paper_is_an_error():
    order = json.dumps({"font_path": "/", "dated": DATED.isoformat()}).encode()

    with pytest.raises(ValueError, match="needs a document or a certificate"):
        press(order)


def test_every_letter_of_vietnamese_has_a_shape():
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    toned = {normalize("NFC", letter + tone) for letter in letters for tone in "̣̀́̉̃"}
    single = {each for each in toned if len(each) == 1} | set(letters)

    shaped = characters(find_font("/usr/share/fonts"))

    assert {each for letter in single for each in (letter, letter.upper())} <= shaped


@pytest.mark.parametrize("stray", ["🚀", "漢字", "ខ្មែរ", "\x01", "\x0b", "\ufffe", "\u202e"])
def test_what_no_font_has_a_shape_for_keeps_no_paper_from_being_printed(stray):
    award = replace(AWARDS[0], title=f"Một cửa {stray} gọn")

    certified = printed(certificate=certificate(AN_ISSUE, award, 1, RULES, PROFILE))
    decided = printed(document=decision(AN_ISSUE, (award,), RULES, PROFILE))

    for each in (certified, decided):
        with pypdfium2.PdfDocument(each.pdf.content) as document:
            told = " ".join(words(page) for page in document)
        assert "Một cửa gọn" in " ".join(told.split())
    written = Document(BytesIO(certified.docx.content))
    assert any("“Một cửa gọn”" in line.text for line in written.paragraphs)
