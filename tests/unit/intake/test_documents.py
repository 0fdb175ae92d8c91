"""What may be uploaded, and whether it is what it claims to be."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.documents import (
    KNOWN_TYPES,
    MEGABYTE,
    PART_BYTES,
    Announced,
    Document,
    DocumentState,
    EmptyFile,
    NoDigest,
    NotUploaded,
    NotWhatWasAnnounced,
    TooLarge,
    UnknownPaper,
    WrongType,
    current,
)
from services.intake.rules import check

DOSSIER = check(Path("contests/hau-giang-2022.yaml").read_text()).rules.dossier
PDF = b"%PDF-1.7\n%..."
BEGUN = datetime(2022, 7, 1, 2, tzinfo=UTC)


def announced(content: bytes = PDF, kind: str = "pdf", code: str = "BAN_THUYET_MINH") -> Announced:
    digest = sha256(content).hexdigest()
    return Announced(code, "Thuyết minh.pdf", KNOWN_TYPES[kind], len(content), digest)


def a_document(code: str, name: str, version: int, *, is_stored: bool = True) -> Document:
    what = replace(announced(code=code), file_name=name)
    key = f"k-{version}"
    state = DocumentState.STORED if is_stored else DocumentState.UPLOADING
    return Document(f"{code}-{version}", what, BEGUN, key, version, state)


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
    "digests",
    [
        {"sha256": ""},
        {"sha256": "abc"},
        {"parts": ("0" * 64, "1" * 64)},
        {"sha256": "", "parts": ("x" * 64,)},
    ],
)
def test_file_without_a_digest_of_every_part_is_refused(digests):
    with pytest.raises(NoDigest, match="each of its 1 parts of 8 MB"):
        replace(announced(), **digests).check(DOSSIER)


@given(st.integers(1, 400 * MEGABYTE))
def test_parts_are_of_one_size_but_the_last_and_make_up_the_file(size):
    what = replace(announced(), size=size)

    *full, last = what.part_sizes()

    assert (len(full) + 1, sum(full) + last) == (what.part_count, size)
    assert set(full) <= {PART_BYTES}
    assert 0 < last <= PART_BYTES


@given(st.integers(0, 4 * len(PDF)))
def test_upload_has_arrived_when_all_its_bytes_are_there_and_no_more(size):
    upload = a_document("BAN_THUYET_MINH", "Thuyết minh.pdf", 1, is_stored=False)

    if size == len(PDF):
        upload.check_arrived(size)
    else:
        with pytest.raises(NotUploaded if size < len(PDF) else NotWhatWasAnnounced):
            upload.check_arrived(size)


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
