"""Files of known initiatives: CSV, XLSX, a ZIP with documents, and what is none of these."""

import subprocess
import sys
from datetime import date, datetime
from io import BytesIO
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.originality import sheets
from services.originality.sheets import Packed

CSV = "Mã,Tên\nSK-1,Hẹn giờ\n\nSK-2,“Kho, giấy”\n".encode()
ROWS = ((1, ("Mã", "Tên")), (2, ("SK-1", "Hẹn giờ")))


def read(body: bytes) -> Packed:
    return msgspec.msgpack.decode(sheets.read(body), type=Packed)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def packed(**files: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_with_any_separator_and_without_empty_lines(separator):
    body = f"\ufeffMã{separator}Tên\nSK-1{separator}Hẹn giờ\n{separator}\n".encode()

    assert read(body) == Packed(ROWS)


def test_workbook_is_read_and_days_are_days():
    body = workbook(("Mã", "Ngày", "Số"), ("SK-1", datetime(2022, 8, 15, 7, 30), 3.0))  # noqa: DTZ001

    assert read(body).rows == ((1, ("Mã", "Ngày", "Số")), (2, ("SK-1", "2022-08-15", "3")))


def test_day_without_an_hour_is_read():
    assert read(workbook(("Ngày",), (date(2022, 8, 15),))).rows[1] == (2, ("2022-08-15",))


def test_sheet_is_found_beside_its_documents():
    name = normalize("NFD", "danh mục/tài liệu/hẹn giờ.txt")
    body = packed(
        **{
            "danh mục/sk.csv": b"a\nb\n",
            name: b"text",
            "danh mục/tài liệu/phụ lục.csv": b"x",
            "__MACOSX/danh mục/._sk.csv": b"x",
        }
    )

    assert read(body) == Packed(
        ((1, ("a",)), (2, ("b",))),
        {"tài liệu/hẹn giờ.txt": b"text", "tài liệu/phụ lục.csv": b"x"},
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Mã,Tên\nSK-1,Hẹn giờ\n".encode("utf-16"), "NOT_UNICODE"),
        (b"a,b\0c\n", "NOT_A_TABLE"),
        (b'a,"b\n', "NOT_A_TABLE"),
        (b"PK\x03\x04 broken", "NOT_A_TABLE"),
        (packed(**{"a.docx": b"x"}), "NO_SHEET"),
        (packed(**{"a.csv": b"x", "b.xlsx": b"x"}), "TWO_SHEETS"),
        (packed(**{"a.xlsx": b"no workbook"}), "NOT_A_TABLE"),
        (packed(**{"a.csv": b"x", "big.txt": b"0" * (65 * 1024 * 1024)}), "TOO_LARGE"),
        (b"a\n" * 5_002, "TOO_MANY_ROWS"),
    ],
)
def test_what_cannot_be_read_is_named(body, problem):
    assert read(body) == Packed(problem=problem)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused(noise, is_packed):
    found = read(b"PK" + noise if is_packed else noise)

    assert found.problem is not None or all(number >= 1 for number, _ in found.rows)


# Counted by the system, in a process of its own: to trace four million lines takes half a minute.
ROOM = """
from resource import RUSAGE_SELF, getrusage
from sys import stdin, stdout
from services.originality import sheets

body = stdin.buffer.read()
before = getrusage(RUSAGE_SELF).ru_maxrss
found = sheets.read(body)
print((getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024, flush=True)
stdout.buffer.write(found)
"""


@pytest.mark.slow
def test_millions_of_empty_lines_take_no_room():
    body = CSV + b"\n" * 4_000_000

    done = subprocess.run([sys.executable, "-c", ROOM], input=body, stdout=-1, check=True)

    most, _, found = done.stdout.partition(b"\n")
    assert msgspec.msgpack.decode(found, type=Packed).rows[0] == ROWS[0]
    assert int(most) < 15 * len(body)


def test_documents_packed_by_windows_are_found_by_their_folders():
    body = packed(**{"danh-muc.csv": CSV, "tài liệu\\hẹn giờ.txt": b"Text"})

    assert read(body).files == {"tài liệu/hẹn giờ.txt": b"Text"}
