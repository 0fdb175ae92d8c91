"""Copies of documents: nothing of their author is left in them, anywhere; the rest can be read."""

from io import BytesIO

import msgspec
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from services.intake.blinding.desk import made_apart
from services.intake.blinding.maker.making import make
from services.intake.blinding.orders import Copy, Task
from services.intake.domain.copies import Box
from services.intake.domain.traces import Identity
from tests.files import xlsx
from tests.unit.intake.blind_papers import (
    FONTS,
    MAIL,
    ME,
    NAME,
    PLAIN,
    UNIT,
    insides,
    pdf,
    photograph,
    word,
    words_of,
)  # fmt: skip

pytestmark = pytest.mark.slow

FORMS = ("utf-8", "utf-16-be", "utf-16-le")
LINES = (f"Tác giả: {NAME}, {UNIT}.", f"Liên hệ {MAIL}, 0912 345 678.", "Ông Hoà và SNV đề xuất.")


def copied(body: bytes, kind: str, identity: Identity = ME, *boxes: Box) -> Copy:
    return make(Task(body=body, kind=kind, identity=identity, boxes=boxes, font_folder=FONTS))


def drawn(body: bytes, page: int = 0) -> np.ndarray:
    with pypdfium2.PdfDocument(body) as document:
        return document[page].render(scale=2, grayscale=True).to_numpy().astype(int).squeeze()


def widened(mask: np.ndarray, dots: int = 6) -> np.ndarray:
    """Return a mask with a border, for what smoothing and JPEG do beside an edge."""
    for axis in (0, 1):
        mask = np.any([np.roll(mask, by, axis) for by in range(-dots, dots + 1)], axis=0)
    return mask


def traces_in(copy: Copy) -> set[str]:
    """Return which words that name the author are anywhere in the file."""
    wanted = [NAME, NAME.upper(), "Hoà", "HOÀ", UNIT, "Sở Nội vụ", "SNV", MAIL, "0912", "NVH"]
    found = {
        said
        for part in insides(copy.pdf)
        for said in wanted
        for form in FORMS
        if len(said) > 4 and said.encode(form) in part
    }
    return found | {said for said in wanted if said in words_of(copy.pdf)}


@pytest.mark.parametrize(("kind", "made"), [("docx", word), ("pdf", pdf)])
def test_nothing_of_the_author_is_left_in_a_copy(kind, made):
    body = made(*LINES)
    assert any(NAME.encode(form) in part for part in (body,) for form in FORMS) or kind == "pdf"

    copy = copied(body, kind)

    assert copy.problem is None
    assert traces_in(copy) == set()
    assert PLAIN in " ".join(words_of(copy.pdf).split())
    assert {one.kind for one in copy.removed} >= {"PERSON", "UNIT", "EMAIL", "PHONE"}


def test_what_a_word_file_holds_beside_its_text_is_counted_and_left_behind():
    copy = copied(word(), "docx")

    words = words_of(copy.pdf)
    assert "Hộp chữ của [đã che]" in words
    assert words.count("Hộp chữ") == 1
    assert "Chữ chèn của [đã che]" in words
    assert "Chữ xóa" not in words
    assert "Chữ ẩn" not in words
    assert "liên kết" in words
    assert set(copy.left_out) >= {
        "HEADERS", "COMMENTS", "CHANGES", "PROPERTIES", "CUSTOM_DATA", "EMBEDDED",
    }  # fmt: skip
    assert copy.unread == (1,)  # the photograph: a person must look


def test_a_name_over_two_cells_or_several_runs_is_taken_out_whole():
    copy = copied(word(), "docx")

    said = [one.words for one in copy.removed]
    assert said.count("Nguyễn Văn Hoà") >= 1
    assert [one for one in said if one in ("Nguyễn Văn", "Hoà")] == ["Nguyễn Văn", "Hoà"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_name_on_a_page_is_black_however_the_page_is_turned(turned):
    """Only where the black is does the copy differ from one of which nothing was taken out."""
    body = pdf(LINES[0], turned=turned)
    plain, blind = copied(body, "pdf", Identity()), copied(body, "pdf")

    before, after = drawn(plain.pdf), drawn(blind.pdf)

    black = (after < 40) & ~(before < 40)
    changed = np.abs(after - before) > 110
    assert NAME in words_of(plain.pdf)
    assert traces_in(blind) == set()
    assert black.sum() > after.size * 0.002
    assert not (changed & ~widened(black)).any()


def test_what_stands_on_a_page_beside_a_name_can_still_be_read_and_found():
    copy = copied(pdf(f"Trước {NAME} sau"), "pdf")

    assert "Trước" in words_of(copy.pdf)
    assert "sau" in words_of(copy.pdf)


def test_words_that_are_not_drawn_are_not_taken_over():
    source = word()  # any file whose pages have notes and attachments would do
    assert source
    copy = copied(pdf(), "pdf")

    with pypdfium2.PdfDocument(copy.pdf) as document:
        assert document.count_attachments() == 0
        assert list(document.get_toc()) == []
        assert document.get_metadata_dict(skip_empty=True).keys() == {
            "Creator", "CreationDate", "ModDate",
        }  # fmt: skip
    assert set(copy.left_out) >= {"PROPERTIES", "EMBEDDED", "COMMENTS"}


def test_a_picture_keeps_its_dots_and_loses_what_is_written_about_it():
    copy = copied(photograph(), "jpg")

    assert b"Exif" not in copy.pdf
    assert traces_in(copy) == set()
    assert (copy.pages, copy.unread) == (1, (1,))


def scan() -> bytes:
    picture, stream = Image.new("RGB", (800, 1100), "white"), BytesIO()
    ImageDraw.Draw(picture).rectangle((100, 100, 500, 160), fill=(90, 90, 90))
    picture.save(stream, "PDF")
    return stream.getvalue()


def test_a_scan_is_said_to_be_unread_and_a_part_of_it_is_blacked_out_for_good():
    before = copied(scan(), "pdf")
    after = copied(scan(), "pdf", ME, Box(1, 0.1, 0.05, 0.7, 0.2))

    assert before.unread == after.unread == (1,)
    assert ((drawn(before.pdf) > 60) & (drawn(before.pdf) < 120)).any()
    assert not ((drawn(after.pdf) > 60) & (drawn(after.pdf) < 120)).any()


def test_a_part_of_a_word_files_copy_is_blacked_out_with_the_words_under_it():
    copy = copied(word(), "docx", ME, Box(1, 0, 0, 1, 1))

    assert words_of(copy.pdf).strip() == ""
    assert (drawn(copy.pdf) < 40).mean() > 0.95


def test_two_copies_of_one_document_are_the_same_file():
    assert copied(word(*LINES), "docx").pdf == copied(word(*LINES), "docx").pdf


@pytest.mark.parametrize(
    ("body", "kind", "problem"),
    [
        (xlsx(), "xlsx", "UNSUPPORTED"),
        (b"", "mp4", "UNSUPPORTED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx", "LOCKED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", "UNSUPPORTED"),
        (b"%PDF-1.7 nothing", "pdf", "DAMAGED"),
        (b"PK nothing", "docx", "DAMAGED"),
        (b"\xff\xd8\xff nothing", "jpg", "DAMAGED"),
    ],
)
def test_of_what_cannot_be_copied_the_reason_is_said(body, kind, problem):
    assert copied(body, kind) == Copy(problem=problem)


def test_a_process_of_its_own_answers_whatever_becomes_of_it():
    task = msgspec.msgpack.encode(
        Task(body=pdf(*LINES), kind="pdf", identity=ME, font_folder=FONTS)
    )

    assert msgspec.msgpack.decode(made_apart(task), type=Copy).pages == 1
    assert msgspec.msgpack.decode(made_apart(task, seconds=0.01), type=Copy).problem == "TOO_SLOW"
    assert msgspec.msgpack.decode(made_apart(b"nonsense"), type=Copy).problem == "DAMAGED"
