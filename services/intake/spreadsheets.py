"""Spreadsheets: files of rows are read (CSV, XLSX), and what a list that is written holds.

Start with `read_rows`. What is read is text, whatever a cell holds. What writes is
`services.intake.press.workbook`, in a child process.
"""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Literal
from zipfile import ZipFile

from msgspec import Struct

from kernel.errors import Refused

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 16 * MOST_BYTES
MOST_ROWS = 5_000
MOST_COLUMNS = 60


class NotUnicode(Refused):
    """The file is not UTF-8; in Excel, save it as “CSV UTF-8 (Comma delimited)”."""


class NotATable(Refused):
    """The file is no CSV and no XLSX file."""


class TableTooLarge(Refused):
    """The file is too large: at most 2 MB and 5,000 rows."""


class Column(Struct, frozen=True):
    """A column of a list: its heading, its width in characters, and what its cells hold."""

    heading: str
    width: int
    holds: Literal["text", "number", "instant", "percent"] = "text"


class Sheet(Struct, frozen=True):
    """A list to write. Instants are local, as `2022-08-15T16:59:59`; None is an empty cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


def read_rows(content: bytes) -> list[list[str]]:
    """Return the rows of a file. Raises `NotUnicode`, `NotATable`, `TableTooLarge`."""
    if len(content) > MOST_BYTES:
        raise TableTooLarge
    if content.startswith(b"PK"):
        return _read_xlsx(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NotUnicode from problem
    if "\x00" in text:
        raise NotATable
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as problem:
        raise NotATable from problem
    if len(rows) > MOST_ROWS:
        raise TableTooLarge
    return rows


def _read_xlsx(content: bytes) -> list[list[str]]:
    try:
        read = _cells(content)
    except TableTooLarge:
        raise
    # Whatever a parser makes of a file that somebody has bent, it is the file's fault.
    except Exception as problem:
        raise NotATable from problem
    if len(read) > MOST_ROWS:
        raise TableTooLarge
    if not any(map(any, read)):
        return []
    width = max(place + 1 for row in read for place, cell in enumerate(row) if cell)
    return [row[:width] for row in read]


def _cells(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # 30 MB that most processes never need

    with ZipFile(BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise TableTooLarge
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(
        max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True
    )
    return [[_shown(value) for value in row] for row in rows]


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date()  # a day, as a spreadsheet keeps one
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
