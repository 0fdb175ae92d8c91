"""Documents of every kind become text, in a process of their own."""

import signal
import time

import pytest

from services.originality.extraction.desk import LARGEST, desk
from services.originality.extraction.documents import Extracted, Sign
from tests.unit.originality.disguise import decomposed, text
from tests.unit.originality.papers import (
    DOCX,
    ODT,
    PDF,
    PNG,
    PPTX,
    RTF,
    TEXT,
    XLSX,
    W,
    a_docx,
    docx,
    odt,
    paragraph,
    pdf,
    pptx,
    read,
    rtf,
    run,
    shape,
    slide,
    with_letters_apart,
    xlsx,
)

SENTENCE = "Người dân hẹn giờ nộp hồ sơ, không phải chờ đợi."
OTHER = "Cán bộ một cửa trả kết quả đúng ngày đã hẹn."
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc. "
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp töï do haïnh phuùc. "
REPUBLIC = "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc."


def test_word_document_is_read_paragraph_by_paragraph():
    assert read(a_docx(SENTENCE, OTHER), DOCX) == Extracted(f"{SENTENCE}\n\n{OTHER}", pages=(0,))


def test_pages_of_word_begin_where_word_has_noted_it():
    noted = "<w:r><w:lastRenderedPageBreak/></w:r>"
    broken = '<w:r><w:br w:type="page"/></w:r>'
    body = paragraph(run("Một")) + paragraph(noted, run("hai")) + paragraph(broken, run("ba"))

    found = read(docx(body), DOCX)

    assert (found.text, found.pages) == ("Một\n\nhai\n\nba", (0, 5, 10))


def test_cells_notes_and_boxes_are_read_and_deleted_text_is_not():
    cells = "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in ("Tên", "Điểm"))
    box = f"<w:r><w:txbxContent>{paragraph(run('trong khung'))}</w:txbxContent></w:r>"
    gone = "<w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del>"
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + paragraph(run("sau bảng"), gone, box)
    notes = f'<w:footnotes xmlns:w="{W}">{paragraph(run("chú thích"))}</w:footnotes>'

    found = read(docx(body, **{"footnotes.xml": notes}), DOCX)

    assert found.text == "Tên\tĐiểm\n\nsau bảng\n\ntrong khung\n\nchú thích"


def test_presentation_has_a_page_for_each_slide():
    slides = (slide(shape(f"Trang {number}")) for number in range(1, 12))

    found = read(pptx(*slides), PPTX)

    assert found.text.split("\n\n") == [f"Trang {number}" for number in range(1, 12)]
    assert found.pages[:3] == (0, 9, 18)


def test_open_document_is_read():
    body = f"<text:h>{SENTENCE}</text:h><text:p>a<text:s text:c='2'/>b<text:tab/>c</text:p>"
    changed = "<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"

    assert read(odt(changed + body), ODT).text == f"{SENTENCE}\n\na  b\tc"


def test_other_formats_are_read():
    assert SENTENCE in read(rtf(SENTENCE), RTF).text
    assert SENTENCE in read(xlsx(("STT", "Nội dung"), (1, SENTENCE)), XLSX).text
    assert read(f"{SENTENCE}\0".encode(), TEXT).text == SENTENCE


def test_pdf_is_read_page_by_page():
    found = read(pdf(f"{SENTENCE}\n#pagebreak()\n{OTHER}"), PDF)

    pages = (0, len(SENTENCE) + 1)
    assert found == Extracted(f"{SENTENCE}\n{OTHER}", pages, has_pictures=True)


def test_text_comes_in_one_normal_form():
    assert read(a_docx(decomposed(SENTENCE)), DOCX).text == SENTENCE


def test_headers_and_page_numbers_are_marked_and_stay():
    bodies = [chunk for chunk in text("hen_gio").split("\n\n") if len(chunk) > 200][:4]
    head = "#set page(header: [Thuyết minh sáng kiến], footer: context [Trang #here().page()])\n"

    found = read(pdf(head + "\n#pagebreak()\n".join(bodies)), PDF)

    margins = {found.text[start:end].strip() for start, end in found.margins}
    assert len(found.pages) == len(bodies)
    assert "Thuyết minh sáng kiến" in margins
    assert {word for margin in margins for word in margin.split()} == {
        *("Thuyết", "minh", "sáng", "kiến", "Trang"),
        *(str(page) for page in range(1, len(bodies) + 1)),
    }


def test_word_that_a_line_end_has_cut_is_joined():
    narrow = (
        '#set page(width: 6cm)\n#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n'
    )
    words = "administrative modernisation interoperability infrastructure digitalisation " * 4

    assert read(pdf(narrow + words), PDF).text.split() == words.split()


@pytest.mark.parametrize(("legacy", "encoding"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_legacy_encoding_is_converted_and_told(legacy, encoding):
    body = f"{legacy * 5}\n\n{SENTENCE}"

    found = read(body.encode(), TEXT)

    converted = " ".join([REPUBLIC] * 5)
    assert found == Extracted(
        f"{converted}\n\n{SENTENCE}",
        signs=(Sign("LEGACY_ENCODING", 0, len(converted), encoding),),
    )


def test_runs_in_legacy_fonts_are_converted_one_by_one():
    small = run("céng hßa", '<w:rFonts w:ascii=".VnTime"/>')
    capitals = run(" x· héi", '<w:rFonts w:ascii=".VnTimeH"/>')
    other = run(" Coäng hoøa", '<w:rFonts w:ascii="VNI-Times"/>')

    found = read(docx(paragraph(small, capitals, other, run(" đã mã hóa"))), DOCX)

    assert found.text == "cộng hòa XÃ HỘI Cộng hòa đã mã hóa"
    assert [sign.detail for sign in found.signs] == ["tcvn3", "vni"]


def test_letters_of_another_encoding_that_nothing_helps_stay_as_they_are():
    body = "Ýôŵ ẅëŕ þñŏ qÿx ßđœ łŷå æðþ " * 20

    assert read(body.encode(), TEXT).text == body.strip()


def test_letters_painted_apart_are_put_together():
    lines = [line[:80] for line in (SENTENCE, OTHER) * 8]

    found = read(with_letters_apart("\n".join(lines)), PDF)

    assert found.problem is None
    assert found.text.replace(" ", "").split() == [line.replace(" ", "") for line in lines]


@pytest.mark.parametrize(
    ("body", "media_type", "problem"),
    [
        (b"not a document", DOCX, "DAMAGED"),
        (docx("")[:-30], DOCX, "DAMAGED"),
        (b"%PDF-1.7 nor this", PDF, "DAMAGED"),
        (b"", PDF, "DAMAGED"),
        (b"MZ", "application/x-dosexec", "UNSUPPORTED"),
        (b" \n", TEXT, "NO_TEXT"),
        (b"x" * (LARGEST + 1), TEXT, "TOO_BIG"),
        (b"chu " * 300_000, TEXT, "TOO_BIG"),
    ],
)
def test_what_cannot_be_read_says_why(body, media_type, problem):
    assert read(body, media_type) == Extracted(problem=problem)


def test_picture_waits_for_its_turn():
    assert read(b"\x89PNG", PNG) == Extracted(problem="NEEDS_OCR", has_pictures=True)


def test_reader_that_was_ended_is_replaced():
    read(SENTENCE.encode(), TEXT)
    desk().reader.send_signal(signal.SIGKILL)
    time.sleep(0.05)

    assert read(SENTENCE.encode(), TEXT).text == SENTENCE
