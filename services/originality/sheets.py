"""Sheets of known initiatives, alone or packed with their documents. Runs in a child process.

Whoever made the file may be anybody, so its size is looked at before it is unpacked.
"""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from typing import Literal
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

import msgspec
from msgspec import Struct

MOST_UNPACKED = 64 * 1024 * 1024  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_FILES = 1_000
csv.field_size_limit(1_000_000)  # characters of a cell; the default is shorter than some texts

SHEETS = (".csv", ".xlsx")

Problem = Literal[
    "NOT_UNICODE", "NOT_A_TABLE", "TOO_LARGE", "TOO_MANY_ROWS", "NO_SHEET", "TWO_SHEETS"
]
Row = tuple[int, tuple[str, ...]]


class Packed(Struct, frozen=True):
    """The rows of a sheet that hold anything, its headings first, and the files beside it.

    Each row is its number and its cells as text: dates as ISO 8601. File names are in NFC,
    relative to the sheet.
    """

    rows: tuple[Row, ...] = ()
    files: dict[str, bytes] = {}
    problem: Problem | None = None


class _Wrong(Exception):
    """The file cannot be read; the argument is a `Problem`."""


def read(body: bytes) -> bytes:
    """Read CSV, XLSX, or a ZIP of one of these and documents: a `Packed` comes out."""
    try:
        packed = _packed(body) if body.startswith(b"PK") else Packed(_csv_rows(body))
    except _Wrong as wrong:
        return msgspec.msgpack.encode({"problem": wrong.args[0]})
    return msgspec.msgpack.encode(packed)


def _packed(body: bytes) -> Packed:
    """Read what is packed: an XLSX file is a ZIP too, known by its list of contents."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_FILES:
                raise _Wrong("TOO_LARGE")
            if "[Content_Types].xml" in archive.namelist():
                return Packed(_xlsx_rows(body))
            files = {
                # Some programs of Windows part folders by backslashes.
                normalize("NFC", part.filename).replace("\\", "/"): archive.read(part)
                for part in parts
                if not part.filename.startswith("__MACOSX/")
            }
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError) as problem:
        raise _Wrong("NOT_A_TABLE") from problem
    sheet = _sheet_among(files)
    body = files.pop(sheet)
    rows = _xlsx_rows(body) if sheet.casefold().endswith(".xlsx") else _csv_rows(body)
    folder = str(PurePosixPath(sheet).parent)
    beside = "" if folder == "." else f"{folder}/"
    return Packed(rows, {name.removeprefix(beside): file for name, file in files.items()})


def _sheet_among(files: dict[str, bytes]) -> str:
    """Return the sheet: the one CSV or XLSX file in the uppermost folder that has any."""
    sheets = [name for name in files if name.casefold().endswith(SHEETS)]
    depth = min((name.count("/") for name in sheets), default=0)
    found = [name for name in sheets if name.count("/") == depth]
    if len(found) != 1:
        raise _Wrong("TWO_SHEETS" if found else "NO_SHEET")
    return found[0]


def _csv_rows(body: bytes) -> tuple[Row, ...]:
    """Read CSV in UTF-8 with commas, semicolons or tabs."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _Wrong("NOT_UNICODE") from problem
    if "\0" in text:
        raise _Wrong("NOT_A_TABLE")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        return _rows([cell.strip() for cell in line] for line in lines)
    except csv.Error as problem:
        raise _Wrong("NOT_A_TABLE") from problem


def _xlsx_rows(body: bytes) -> tuple[Row, ...]:
    """Read the first sheet of a workbook."""
    # Not above: the service itself needs `Packed` alone.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with ZipFile(BytesIO(body)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise _Wrong("TOO_LARGE")
        book = load_workbook(BytesIO(body), read_only=True, data_only=True)
        found = book.worksheets[0].iter_rows(
            max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True
        )
        return _rows([_text_of(cell) for cell in row] for row in found)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as problem:
        raise _Wrong("NOT_A_TABLE") from problem


def _rows(lines: Iterable[list[str]]) -> tuple[Row, ...]:
    """Count the lines and keep those that hold anything, as far as they do; the first always."""
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        if number == 1 or any(line):
            held = max((at for at, cell in enumerate(line, 1) if cell), default=0)
            rows.append((number, tuple(line[:held])))
        if len(rows) > MOST_ROWS + 1:
            raise _Wrong("TOO_MANY_ROWS")
    return tuple(rows)


def _text_of(cell: object) -> str:
    """Return what stands in a cell; a day without its hour."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
