"""Documents become text in a process of their own; hostile ones end with a reason."""

import tempfile
import zlib
from io import BytesIO

import msgspec
import pytest
import typst
from docx import Document as Docx

from services.originality import extraction
from services.originality.extraction import Document, Extracted, extract
from tests.unit.originality.disguise import decomposed

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SENTENCE = "Người dân hẹn giờ nộp hồ sơ, không phải chờ đợi."


def read(body: bytes, media_type: str) -> Extracted:
    asked = msgspec.msgpack.encode(Document(body, media_type))
    return msgspec.msgpack.decode(extract(asked), type=Extracted)


def a_docx(*paragraphs: str) -> bytes:
    document, file = Docx(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def a_pdf_bomb() -> bytes:
    """Return a PDF of a few kilobytes whose page is compressed twice, gigabytes inside."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"BT (x) Tj ET " * 80_000) for _ in range(1500)]
    page = zlib.compress(b"".join([*parts, packer.flush()]), 9)
    return b"".join(
        [
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R",
            b"/Resources<<>>>>endobj\n4 0 obj<</Filter[/FlateDecode/FlateDecode]/Length ",
            str(len(page)).encode(),
            b">>stream\n",
            page,
            b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        ]
    )


def test_word_document_is_read_paragraph_by_paragraph():
    assert read(a_docx(SENTENCE, SENTENCE), DOCX).text == f"{SENTENCE}\n\n{SENTENCE}"


def test_text_comes_in_one_normal_form():
    assert read(a_docx(decomposed(SENTENCE)), DOCX).text == SENTENCE


def test_first_pdf_on_a_machine_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    extraction.unpacked.cache_clear()

    found = read(typst.compile(SENTENCE.encode()), "application/pdf")

    extraction.unpacked.cache_clear()
    assert found == Extracted(SENTENCE, pages=1)


def test_a_folder_of_somebody_else_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    extraction.unpacked.cache_clear()
    extraction.unpacked().chmod(0o777)
    extraction.unpacked.cache_clear()

    with pytest.raises(PermissionError):
        read(b"", "application/pdf")


def test_pdf_is_read():
    pdf = typst.compile(SENTENCE.encode())

    extracted = read(pdf, "application/pdf")

    assert (extracted.text.strip(), extracted.pages) == (SENTENCE, 1)


def test_plain_text_is_read_without_what_a_database_cannot_keep():
    assert read(f"{SENTENCE}\0".encode(), "text/plain").text == SENTENCE


@pytest.mark.parametrize(
    ("body", "media_type", "problem"),
    [
        (b"not a document", DOCX, "DAMAGED"),
        (b"%PDF-1.7 nor this", "application/pdf", "DAMAGED"),
        (b"", "application/pdf", "DAMAGED"),
        (b"GIF89a", "image/gif", "UNSUPPORTED"),
        (b" \n", "text/plain", "NO_TEXT"),
    ],
)
def test_what_cannot_be_read_says_why(body, media_type, problem):
    assert read(body, media_type) == Extracted(problem=problem)


@pytest.mark.slow
def test_bomb_ends_with_its_reader():
    assert read(a_pdf_bomb(), "application/pdf") == Extracted(problem="TOO_BIG")
