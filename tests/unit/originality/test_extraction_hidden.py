"""Text that no reader of a document sees is marked, with how it is hidden; what is seen is not."""

import pytest

from tests.unit.originality.papers import (
    DOCX,
    ODT,
    PDF,
    PPTX,
    W,
    docx,
    hidden,
    odt,
    paragraph,
    pdf,
    pptx,
    raw_pdf,
    read,
    run,
    shape,
    slide,
    styles,
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
    ],
)
def test_what_a_presentation_does_not_show_is_hidden(slides, way):
    assert hidden(read(pptx(*slides), PPTX)) == [(UNSEEN, way)]


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
