"""What is found in files, and that each way to be bad is refused with its own sentence."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import docx as word
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from services.intake.domain.faults import (
    FAULTS,
    BadContent,
    ContentMismatch,
    Damaged,
    Fault,
    Found,
    HasEntities,
    HasMacros,
    HasPassword,
    PackedTooTightly,
    PartTooLarge,
    TooLong,
    TooManyPages,
    TooManyPixels,
)
from services.intake.inspection.inspector import look
from services.intake.rules import check
from tests import files

DOSSIER = check(Path("contests/hau-giang-2022.yaml").read_text()).rules.dossier
PAPER = DOSSIER.required[1]
NAME = "Tệp.tài liệu"


def made_by_word() -> bytes:
    content = BytesIO()
    word.Document().save(content)
    return content.getvalue()


def made_by_excel() -> bytes:
    content = BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


GOOD = {
    "pdf": (files.pdf(3), Found("pdf", "", pages=3)),
    "docx": (files.docx(pages=12), Found("docx", "", pages=12)),
    "docx by python-docx": (made_by_word(), Found("docx", "", pages=1)),
    "xlsx": (files.xlsx(), Found("xlsx", "")),
    "xlsx by openpyxl": (made_by_excel(), Found("xlsx", "")),
    "doc": (files.doc(), Found("doc", "")),
    "png": (files.picture("PNG"), Found("png", "")),
    "jpg": (files.picture("JPEG"), Found("jpg", "")),
    "mp4": (files.mp4(90), Found("mp4", "", minutes=Decimal("1.50"))),
    "a program": (b"MZ\x90\0 program", Found("?", "")),
    "a plain zip": (files.package("text/plain", {"a.txt": "a"}), Found("zip", "")),
    "an old workbook": (files.ole({"Workbook": b""}), Found("xls", "")),
}


def bomb(size: int = 64 * 1024 * 1024) -> bytes:
    return files.docx(bytes(size))


def nested(depth: int) -> bytes:
    inner = files.docx()
    for _ in range(depth):
        inner = files.docx(**{"word/embeddings/a.docx": inner})
    return inner


def many_entries() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), "")
    return content.getvalue()


def locked_zip() -> bytes:
    content = bytearray(files.docx())
    at = content.index(b"PK\1\2")
    content[at + 8] |= 1
    content[6] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """Return a package whose entries claim more packed bytes than the file has."""
    content = bytearray(files.docx(b"a" * 100))
    at = content.rindex(b"PK\1\2")
    content[at + 20 : at + 24] = (10_000).to_bytes(4, "little")
    return bytes(content)


UTF_16_DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'.encode("utf-16")
LOCKED_PDF = files.pdf().replace(
    b"/Root 1 0 R",
    b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
    b"/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
)
BAD = {
    "macros": (files.docx(**{"word/vbaProject.bin": b"x"}), HasMacros),
    "macros by type": (files.package("application/vnd.ms-word.document.macroEnabled.main+xml", {}),
                       HasMacros),
    "macros in a file in a file": (
        files.docx(**{"word/embeddings/a.bin": files.docx(**{"word/vbaProject.bin": b"x"})}),
        HasMacros,
    ),
    "macros in an old document": (files.doc(VBA=b"x"), HasMacros),
    "new document behind a password": (files.ole({"EncryptedPackage": b"x"}), HasPassword),
    "old document behind a password": (files.doc(0x0100), HasPassword),
    "PDF behind a password": (LOCKED_PDF, HasPassword),
    "zip behind a password": (locked_zip(), HasPassword),
    "bomb": (bomb(), PackedTooTightly),
    "nested too deep": (nested(3), PackedTooTightly),
    "too many entries": (many_entries(), PackedTooTightly),
    "entries that overlap": (overlapping(), PackedTooTightly),
    "a list of parts too large": (files.package(files.WORD + " " * 1_100_000, {}), PartTooLarge),
    "properties too large": (
        files.docx(**{"docProps/app.xml": b"<Pages>3</Pages>" + b" " * 1_100_000}), PartTooLarge),
    "entities": (files.docx('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), HasEntities),
    "entities in UTF-16": (files.docx(UTF_16_DTD), HasEntities),
    "entities after much text": (files.docx(" " * 262_139 + "<!ENTITY a 'b'>"), HasEntities),
    "cut docx": (files.docx()[:-40], Damaged),
    "cut PDF": (files.pdf()[:-40], Damaged),
    "PDF without a page": (files.pdf(0), Damaged),
    "cut PNG": (files.picture("PNG")[:-40], Damaged),
    "cut JPEG": (files.picture("JPEG")[:-400], Damaged),
    "cut mp4": (files.mp4()[:-1], Damaged),
    "cut doc": (files.doc()[:-2000], Damaged),
    "mp4 without a header": (files.box(b"ftyp", b"mp42") + files.box(b"mdat", b"x"), Damaged),
    "picture of too many pixels": (files.picture("PNG").replace(
        (64).to_bytes(4) + (48).to_bytes(4), (50_000).to_bytes(4) + (50_000).to_bytes(4)),
        Damaged),
}  # fmt: skip


@pytest.mark.parametrize(("content", "found"), GOOD.values(), ids=GOOD)
def test_file_is_known_by_its_content_alone(content, found):
    assert look(BytesIO(content), NAME) == found


@pytest.mark.parametrize(("content", "error"), BAD.values(), ids=BAD)
def test_bad_file_is_refused_by_name(content, error):
    with pytest.raises(error, match=NAME):
        look(BytesIO(content), NAME)


def test_document_in_a_document_is_fine_where_office_puts_it():
    assert look(BytesIO(nested(2)), NAME).kind == "docx"


def test_picture_of_too_many_pixels_is_not_decoded():
    content = BytesIO()
    files.Image.new("1", (12_001, 10_000)).save(content, "PNG")

    with pytest.raises(TooManyPixels, match="12001 × 10000"):
        look(content, NAME)


@pytest.mark.parametrize(
    ("found", "kind", "error", "says"),
    [
        (Found("pdf", ""), "docx", ContentMismatch, "called a docx file but its content is pdf"),
        (Found("pdf", "", pages=21), "pdf", TooManyPages, "has 21 pages; .* at most 20"),
        (Found("mp4", "", minutes=Decimal("7.01")), "mp4", TooLong, "runs 7.01 minutes"),
    ],
)
def test_good_file_that_the_rules_do_not_allow_is_refused(found, kind, error, says):
    paper = replace(PAPER, max_pages=20, max_minutes=7)

    with pytest.raises(error, match=says):
        found.check(NAME, kind, paper)


@given(st.integers(0, 400), st.integers(1, 200))
def test_pages_are_allowed_up_to_the_limit(pages, most):
    found, paper = Found("pdf", "", pages=pages), replace(PAPER, max_pages=most)

    if pages <= most:
        found.check(NAME, "pdf", paper)
    else:
        with pytest.raises(TooManyPages):
            found.check(NAME, "pdf", paper)


@pytest.mark.parametrize("kind", FAULTS.values())
def test_refusal_is_the_same_after_it_was_written_down(kind):
    refused = kind("{name} is bad.", name=NAME)

    again = Fault.of(refused).refusal()

    assert (type(again), again.template, again.params) == (kind, "{name} is bad.", {"name": NAME})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2**32))
def test_bent_file_is_found_to_be_something_or_refused_but_never_a_fault_of_ours(kind, seed):
    content, dice = bytearray(GOOD[kind][0]), Random(seed)  # noqa: S311  # repeatable
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(content))
        match dice.randrange(3):
            case 0:
                content[at] = dice.randrange(256)
            case 1:
                del content[at : at + dice.randint(1, 64)]
            case _:
                content[at:at] = dice.randbytes(dice.randint(1, 64))
        content = content or bytearray(b"x")

    try:
        answer = look(BytesIO(bytes(content)), NAME)
    except BadContent as refused:
        answer = Fault.of(refused)

    assert isinstance(answer, Found) or answer.params["name"] == NAME
