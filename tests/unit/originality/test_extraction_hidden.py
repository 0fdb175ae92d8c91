"""Text that no reader of a document sees is marked, with how it is hidden; what is seen is not."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from services.originality.extraction.documents import HIDDEN_UNSOUGHT, Sign
from tests.unit.originality.papers import (
    DOCX,
    ODT,
    PDF,
    PPTX,
    RTF,
    XLSX,
    W,
    a_workbook,
    docx,
    hidden,
    odt,
    paragraph,
    pdf,
    pptx,
    raw_pdf,
    read,
    richly,
    run,
    shape,
    slide,
    solid,
    styles,
    themed,
    xls,
)

UNSEEN = "một đoạn văn không ai nhìn thấy được"
SEEN = "Đoạn này ai cũng thấy. "
VANISHED = '<w:style w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
DARK_CELL = '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000080"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("properties", "way"),
    [
        ("<w:vanish/>", "vanished"),
        (WHITE, "white"),
        ('<w:color w:val="FCFCFC"/>', "white"),
        ('<w:color w:val="112233"/><w:shd w:fill="112233"/>', "white"),
        ('<w:sz w:val="2"/>', "tiny"),
        ('<w:rStyle w:val="An"/>', "vanished"),
        ('<w:rStyle w:val="AnHon"/>', "vanished"),
    ],
)
def test_letters_that_word_does_not_show_are_hidden(properties, way):
    kinds = styles(
        '<w:style w:styleId="An" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:styleId="AnHon" w:type="character"><w:basedOn w:val="An"/></w:style>',
    )
    body = paragraph(run(SEEN), run(UNSEEN, properties))

    found = read(docx(body, **{"styles.xml": kinds}), DOCX)

    assert hidden(found) == [(UNSEEN, way)]
    assert found.hidden == ((len(SEEN), len(SEEN) + len(UNSEEN)),)


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run(UNSEEN, '<w:vanish w:val="0"/>')),
        paragraph(run(UNSEEN, f'{WHITE}<w:highlight w:val="darkBlue"/>')),
        paragraph(run(UNSEEN, f'{WHITE}<w:shd w:fill="1F3864"/>')),
        paragraph(run(UNSEEN, WHITE), properties='<w:shd w:fill="1F3864"/>'),
        paragraph(run(UNSEEN, '<w:color w:val="auto"/>')),
        paragraph(run(UNSEEN, '<w:sz w:val="16"/>')),
        DARK_CELL.format(paragraph(run(UNSEEN, WHITE))),
    ],
)
def test_letters_that_word_shows_are_not(body):
    assert read(docx(body), DOCX).hidden == ()


def test_little_hidden_text_is_left_out_but_is_no_sign():
    found = read(docx(paragraph(run(SEEN), run("dấu cách", "<w:vanish/>"))), DOCX)

    assert (found.hidden, found.signs) == (((len(SEEN), len(SEEN) + 8),), ())


@pytest.mark.parametrize(
    ("look", "way"),
    [
        ('text:display="none"', "vanished"),
        ('fo:color="#ffffff"', "white"),
        ('fo:font-size="1pt"', "tiny"),
    ],
)
def test_letters_that_a_text_of_open_document_does_not_show_are_hidden(look, way):
    kind = f'<style:style style:name="T1"><style:text-properties {look}/></style:style>'
    body = f'<text:p>{SEEN}<text:span text:style-name="T1">{UNSEEN}</text:span></text:p>'

    assert hidden(read(odt(body, kind), ODT)) == [(UNSEEN, way)]


@pytest.mark.parametrize(
    ("slides", "way"),
    [
        ([slide(shape(SEEN)), slide(shape(UNSEEN), show="0")], "vanished"),
        ([slide(shape(SEEN), shape(UNSEEN, x=20_000_000))], "off-page"),
        ([slide(shape(SEEN), shape(UNSEEN, size=100))], "tiny"),
        ([slide(shape(SEEN), shape(UNSEEN, paint=solid("FFFFFF")))], "white"),
        ([slide(shape(SEEN), shape(UNSEEN, paint="<a:noFill/>"))], "unpainted"),
        ([slide(shape(UNSEEN, paint=solid("1F3864"), fill=solid("1F3864")))], "white"),
        (
            [slide(shape(UNSEEN, paint=solid("000000", '<a:alpha val="1000"/>')))],
            "transparent",
        ),
    ],
)
def test_what_a_presentation_does_not_show_is_hidden(slides, way):
    assert hidden(read(pptx(*slides), PPTX)) == [(UNSEEN, way)]


@pytest.mark.parametrize(
    "shapes",
    [
        [shape(UNSEEN, paint=solid("FFFFFF"), fill=solid("1F3864"))],
        [shape("", fill=solid("1F3864")), shape(UNSEEN, paint=solid("FFFFFF"))],
        [shape(UNSEEN, paint=solid("bg1"))],
        [shape(UNSEEN, paint=solid("FFFFFF"), fill="<a:gradFill/>")],
    ],
)
def test_white_letters_of_a_presentation_that_may_be_seen_are_not_hidden(shapes):
    assert read(pptx(slide(*shapes)), PPTX).hidden == ()


DARK, BRIGHT = (f"<p:bgPr>{solid(colour)}</p:bgPr>" for colour in ("1F3864", "bg1"))


@pytest.mark.parametrize(
    ("background", "below", "paint", "ways"),
    [
        (DARK, "", "FFFFFF", []),
        (DARK, "", "1F3864", ["white"]),
        (BRIGHT, "", "FFFFFF", ["white"]),
        (BRIGHT, "", "bg1", ["white"]),
        (BRIGHT, "", "tx1", []),
        ('<p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef>', "", "bg1", ["white"]),
        ('<p:bgRef idx="1003"><a:schemeClr val="bg1"/></p:bgRef>', "", "bg1", []),
        (BRIGHT, shape("", fill=solid("1F3864")), "FFFFFF", []),
        (BRIGHT, shape("", x=5_000_000, fill=solid("1F3864")), "FFFFFF", ["white"]),
    ],
)
def test_ground_of_a_slide_is_that_of_its_master_and_theme(background, below, paint, ways):
    body = themed(pptx(slide(shape(UNSEEN, paint=solid(paint)))), background, below)

    assert [way for _, way in hidden(read(body, PPTX))] == ways


WHITE_LETTERS, BLUE = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F3864")


@pytest.mark.parametrize(
    ("looks", "way"),
    [
        ({"font": WHITE_LETTERS}, "white"),
        ({"font": Font(color="FF1F3864"), "fill": BLUE}, "white"),
        ({"font": Font(sz=1)}, "tiny"),
        ({"number_format": ";;;"}, "vanished"),
    ],
)
def test_cells_that_a_sheet_does_not_show_are_hidden(looks, way):
    assert hidden(read(a_workbook((SEEN, {}), (UNSEEN, looks)), XLSX)) == [(UNSEEN, way)]


@pytest.mark.parametrize("looks", [{"font": WHITE_LETTERS, "fill": BLUE}, {"font": Font(sz=8)}])
def test_cells_that_a_sheet_shows_are_not(looks):
    assert read(a_workbook((SEEN, {}), (UNSEEN, looks)), XLSX).hidden == ()


def test_rows_columns_and_sheets_that_are_not_shown_are_hidden():
    book, file = Workbook(), BytesIO()
    book.active.append((SEEN, UNSEEN))
    book.active.append((f"Dòng: {UNSEEN}",))
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    book.active.append((SEEN,))
    book.create_sheet("Kín").append((UNSEEN,))
    book.worksheets[1].sheet_state = "veryHidden"
    book.save(file)

    found = read(file.getvalue(), XLSX)

    assert found.text == f"Sheet\n{SEEN}\t{UNSEEN}\nDòng: {UNSEEN}\n{SEEN}\n\nKín\n{UNSEEN}"
    assert [found.text[span.start : span.end] for span in found.hidden] == [
        f"{UNSEEN}\nDòng: {UNSEEN}",
        f"Kín\n{UNSEEN}",
    ]


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("\\v", "vanished"),
        ("\\cf1", "white"),
        ("\\cf2\\highlight2", "white"),
        ("\\fs2", "tiny"),
    ],
)
def test_letters_that_a_rich_text_does_not_show_are_hidden(words, way):
    found = read(richly(f"{SEEN}{{{words} {UNSEEN}}} Thấy."), RTF)

    assert found.text == f"{SEEN}{UNSEEN} Thấy."
    assert hidden(found) == [(UNSEEN, way)]


@pytest.mark.parametrize(
    "body",
    [
        f"\\v\\v0 {UNSEEN}",
        f"{{\\v}}{UNSEEN}",
        f"\\v\\plain {UNSEEN}",
        f"\\cf1\\highlight2 {UNSEEN}",
        f"\\pard\\cbpat2\\cf1 {UNSEEN}",
        f"\\trowd\\clcbpat2\\cf1 {UNSEEN}\\cell",
    ],
)
def test_letters_that_a_rich_text_shows_are_not(body):
    assert read(richly(body), RTF).hidden == ()


def test_what_is_no_text_of_a_rich_text_is_left_out():
    body = (
        "{\\header Đầu trang {\\shptxt khung}}Một{\\deleted xóa}{\\pict 00ff}{\\*\\lạ z}"
        "{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}\\bin4 {{{{\\par{\\f1 S\\'b8ng ki\\'d5n}\\cell b"
    )

    assert read(richly(body), RTF).text == "Một7\n\nSáng kiến\tb"


@pytest.mark.parametrize(
    ("content", "way"),
    [
        ("BT 3 Tr /F 12 Tf 50 600 Td (nobody is able to see this) Tj ET", "unpainted"),
        ("1 1 1 rg BT /F 12 Tf 50 600 Td (nobody is able to see this) Tj ET", "white"),
        ("BT /F 1 Tf 50 600 Td (nobody is able to see this) Tj ET", "tiny"),
        ("BT /F 12 Tf 50 -90 Td (nobody is able to see this) Tj ET", "off-page"),
        (
            "BT /F 12 Tf 50 600 Td (nobody is able to see this) Tj ET 1 g 0 500 600 200 re f",
            "covered",
        ),
        (
            "0 g 0 500 600 200 re f BT /F 12 Tf 50 600 Td (nobody is able to see this) Tj ET",
            "white",
        ),
    ],
)
def test_letters_that_a_pdf_does_not_show_are_hidden(content, way):
    seen = "BT /F 12 Tf 50 700 Td (Everybody sees this line) Tj ET "

    found = read(raw_pdf(seen + content), PDF)

    assert hidden(found) == [("nobody is able to see this", way)]


def test_letters_hidden_inside_a_form_are_found():
    found = read(raw_pdf("/X Do", "/XObject<</X 6 0 R>>"), PDF)

    assert found.hidden == ((0, len(found.text)),)


@pytest.mark.parametrize(
    "content",
    [
        "0 g 0 500 600 200 re f 1 g BT /F 12 Tf 50 600 Td (white on a black ground is seen) Tj ET",
        "0.9 g 0 500 600 200 re f 0 g BT /F 12 Tf 50 600 Td (black on grey is seen as well) Tj ET",
        "BT /F 1 Tf 12 0 0 12 50 600 Tm (enlarged by its matrix it is seen) Tj ET",
    ],
)
def test_letters_that_a_pdf_shows_are_not(content):
    assert read(raw_pdf(content), PDF).hidden == ()


def test_hidden_ranges_keep_their_places_among_marked_letters_of_typst():
    found = read(pdf(f"Thấy. #text(fill: white)[{UNSEEN}] Thấy nữa."), PDF)

    assert hidden(found) == [(f"{UNSEEN}", "white")]


@pytest.mark.parametrize(
    "sheet",
    [
        f'<w:style w:styleId="B"/>{VANISHED}',
        f'<!-- <w:style w:styleId="An"></w:style> -->{VANISHED}',
        '<w:style w:styleId="&#65;n"><w:rPr><w:vanish/></w:rPr></w:style>',
        "<w:style w:styleId='An'><w:rPr><w:vanish/></w:rPr></w:style>",
        '<w:style w:name="a>b" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>',
        f'<w:style w:styleId="An"></w:style>{VANISHED}',
        f'<w:style w:styleId="B">{VANISHED}</w:style>',
        '<w:style\tw:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>',
        f'<w:style w:styleId="B"></w:style>{VANISHED.replace(" ", chr(10), 1)}',
        f'<x:style xmlns:x="{W}" x:styleId="An"><x:rPr><x:vanish/></x:rPr></x:style>',
    ],
)
def test_style_that_hides_is_found_however_it_is_written(sheet):
    body = paragraph(run(SEEN), run(UNSEEN, '<w:rStyle w:val="An"/>'))

    found = read(docx(body, **{"styles.xml": styles(sheet)}), DOCX)

    assert hidden(found) == [(UNSEEN, "vanished")]


def test_paragraphs_without_a_style_look_like_the_default_one():
    default = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:vanish/></w:rPr>'

    found = read(
        docx(paragraph(run(UNSEEN)), **{"styles.xml": styles(default + "</w:style>")}), DOCX
    )

    assert hidden(found) == [(UNSEEN, "vanished")]


OLD_WORD = (Path(__file__).parent / "texts/cu.doc").read_bytes()  # its second paragraph is hidden
OLD_EXCEL = xls("Người dân hẹn giờ nộp hồ sơ.", "Hàng này không ai thấy.")


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(OLD_WORD, "application/msword"), (OLD_EXCEL, "application/vnd.ms-excel")],
)
def test_file_of_old_office_says_that_hidden_text_was_not_looked_for(body, media_type):
    found = read(body, media_type)

    assert "không ai thấy" in found.text
    assert found.signs == (Sign(HIDDEN_UNSOUGHT, 0, 0),)
    assert found.hidden == ()
