"""Pictures of text are told from text at once, and read by tesseract when their turn comes."""

from collections import Counter

import pytest

from services.originality.extraction.documents import Extracted
from tests.unit.originality.disguise import paragraphs
from tests.unit.originality.papers import (
    DOCX,
    PDF,
    PNG,
    TIFF,
    docx,
    paragraph,
    pdf,
    pdf_with_picture,
    picture_of,
    raw_pdf,
    read,
    run,
    scan_of,
)

FIRST, SECOND = [part for part in paragraphs("hen_gio") if len(part) > 300][:2]
pytestmark = pytest.mark.slow


def likeness(text: str, other: str) -> float:
    """Return the part of the words that two texts have in common."""
    mine, others = Counter(text.split()), Counter(other.split())
    return 2 * (mine & others).total() / (mine.total() + others.total())


def test_scan_says_at_once_that_it_is_one():
    found = read(scan_of(pdf(FIRST)), PDF)

    assert found == Extracted(pages=(0,), problem="NEEDS_OCR", has_pictures=True)


def test_scanned_pages_are_read_one_after_the_other():
    found = read(scan_of(pdf(f"{FIRST}\n#pagebreak()\n{SECOND}")), PDF, "recognise")

    first, second = found.text[: found.pages[1]], found.text[found.pages[1] :]
    assert found.problem is None
    assert likeness(first, FIRST) > 0.95
    assert likeness(second, SECOND) > 0.95
    assert {sign.kind for sign in found.signs} == {"SCANNED"}


def test_picture_file_with_several_pages_is_read():
    found = read(picture_of(pdf(f"{FIRST}\n#pagebreak()\n{SECOND}"), "TIFF"), TIFF, "recognise")

    assert len(found.pages) == 2
    assert likeness(found.text, f"{FIRST} {SECOND}") > 0.95


def test_picture_of_nothing_has_no_text():
    assert read(picture_of(pdf("")), PNG, "recognise").problem == "NO_TEXT"


def test_word_document_that_is_but_a_picture_is_read():
    body = docx(paragraph(run("Kèm ảnh")), **{"media__image1.png": picture_of(pdf(FIRST))})

    assert read(body, DOCX).problem == "NEEDS_OCR"
    assert likeness(read(body, DOCX, "recognise").text, f"Kèm ảnh {FIRST}") > 0.95


def test_picture_of_text_among_pages_of_text_is_told():
    page = picture_of(pdf(SECOND))
    book = pdf_with_picture(FIRST, page)

    found = read(book, PDF, "recognise")

    (sign,) = found.signs
    assert read(book, PDF).problem == "NEEDS_OCR"
    assert (sign.kind, sign.start) == ("IMAGE_OF_TEXT", found.pages[1])
    assert likeness(found.text[sign.start : sign.end], SECOND) > 0.95


def test_picture_of_text_in_a_long_word_document_is_told():
    body = docx(paragraph(run(FIRST)), **{"media__image1.png": picture_of(pdf(SECOND))})

    (sign,) = read(body, DOCX, "recognise").signs

    assert sign.kind == "IMAGE_OF_TEXT"
    assert int(sign.detail) > 30


def test_page_that_shows_what_it_says_needs_no_sign():
    assert read(pdf(f"{FIRST}\n\n{SECOND}"), PDF, "recognise").signs == ()


def test_page_that_shows_another_text_than_it_says_is_read_as_it_is_shown():
    body = pdf_with_picture("", picture_of(pdf(FIRST)), behind=SECOND)

    found = read(body, PDF, "recognise")

    (_, sign) = found.signs
    assert sign.kind == "TEXT_LAYER_DIFFERS"
    assert int(sign.detail) < 60
    assert likeness(found.text, FIRST) > 0.95


def test_recognised_layer_of_a_scan_is_its_text():
    body = pdf_with_picture("", picture_of(pdf(FIRST)), behind=FIRST)

    found = read(body, PDF)

    assert (found.problem, found.hidden) == (None, ())
    assert likeness(found.text, FIRST) > 0.95
    assert read(body, PDF, "recognise").signs == ()


def test_letters_drawn_as_shapes_are_a_picture():
    shapes = "".join(f"{n % 60 * 9} {n // 60 * 9} 5 5 re f " for n in range(900))

    assert read(raw_pdf(shapes), PDF).problem == "NEEDS_OCR"
