"""What may be uploaded, and whether it is what it claims to be."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.documents import (
    KNOWN_TYPES,
    MEGABYTE,
    Announced,
    ContentMismatch,
    Document,
    EmptyFile,
    NotWhatWasAnnounced,
    TooLarge,
    UnknownPaper,
    WrongType,
    current,
    looks_like,
)
from services.intake.rules import check

DOSSIER = check(Path("contests/hau-giang-2022.yaml").read_text()).rules.dossier
PDF = b"%PDF-1.7\n%..."
BEGUN = datetime(2022, 7, 1, 2, tzinfo=UTC)


def packed(part: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(part, "<xml/>")
    return content.getvalue()


def announced(content: bytes = PDF, kind: str = "pdf", code: str = "BAN_THUYET_MINH") -> Announced:
    digest = sha256(content).hexdigest()
    return Announced(code, "Thuyết minh.pdf", KNOWN_TYPES[kind], len(content), digest)


def a_document(code: str, name: str, version: int, *, is_stored: bool = True) -> Document:
    what = replace(announced(code=code), file_name=name)
    key = f"k-{version}"
    return Document(f"{code}-{version}", what, BEGUN, key, version, is_stored=is_stored)


def test_description_may_be_a_pdf():
    announced().check(DOSSIER)


@pytest.mark.parametrize(
    ("document", "error", "says"),
    [
        (announced(code="GIAY_KHAI_SINH"), UnknownPaper, "no paper GIAY_KHAI_SINH"),
        (announced(kind="mp4"), WrongType, "type mp4; use one of: docx, doc, pdf"),
        (replace(announced(), media_type="text/html"), WrongType, "type text/html"),
        (replace(announced(), size=20 * MEGABYTE + 1), TooLarge, "larger than 20 MB"),
        (replace(announced(), size=0), EmptyFile, "is empty"),
    ],
)
def test_document_the_rules_do_not_allow_is_refused(document, error, says):
    with pytest.raises(error, match=says):
        document.check(DOSSIER)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", PDF),
        ("docx", packed("word/document.xml")),
        ("xlsx", packed("xl/workbook.xml")),
        ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."),
        ("jpg", b"\xff\xd8\xff\xe0"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("mp4", b"\0\0\0\x18ftypmp42"),
    ],
)
def test_every_type_is_known_by_its_content(kind, content):
    announced(content, kind).verify(content)

    assert [name for name in KNOWN_TYPES if looks_like(name, content)] == [kind]


@pytest.mark.parametrize("content", [b"MZ\x90", packed("evil.exe"), b"PK\x03\x04 cut off"])
@pytest.mark.parametrize("kind", KNOWN_TYPES)
def test_other_content_is_refused_under_every_name(kind, content):
    with pytest.raises(ContentMismatch):
        announced(content, kind).verify(content)


@given(st.binary(min_size=1, max_size=40))
def test_any_other_bytes_are_not_what_was_announced(content):
    with pytest.raises(NotWhatWasAnnounced):
        announced(PDF).verify(content)


def test_newest_stored_version_of_a_required_paper_counts():
    versions = [
        a_document("BAN_THUYET_MINH", "cũ.pdf", 1),
        a_document("BAN_THUYET_MINH", "mới.pdf", 2),
        a_document("BAN_THUYET_MINH", "chưa tải lên.pdf", 3, is_stored=False),
    ]

    assert current(DOSSIER, reversed(versions)) == (versions[1],)


def test_evidence_may_be_many_files_each_in_its_newest_version():
    one = a_document("MINH_CHUNG", "ảnh 1.jpg", 1)
    other = a_document("MINH_CHUNG", "ảnh 2.jpg", 2)
    better = a_document("MINH_CHUNG", "ảnh 1.jpg", 3)

    assert set(current(DOSSIER, [one, other, better])) == {other, better}
