"""Sheets (XLSX) of paper dossiers: drawn for a contest, and read. Runs in a child process.

Whoever made the sheet may be anybody, so its size is looked at before it is unpacked.
"""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from services.intake.domain.imports import Row, Wanted

MOST_ROWS = 1000
MOST_COLUMNS = 60
MOST_BYTES = 64 * 1024 * 1024  # unpacked
MOST_CHARACTERS = 32_767  # of a cell, as in Excel itself; no text that may be longer is cut
TITLE, CHOICES = "Hồ sơ", "Danh mục"


def read(body: bytes) -> bytes:
    """Return the rows of the first sheet that hold anything, as JSON; the first is the headings.

    Each is its number and its cells as text: dates as ISO 8601, numbers as written. One row more
    than is allowed is returned, so that the caller sees that there are too many.
    """
    with ZipFile(BytesIO(body)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
            raise ValueError("too large when unpacked")
    book = load_workbook(BytesIO(body), read_only=True, data_only=True)
    sheet = book[TITLE] if TITLE in book.sheetnames else book.worksheets[0]
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        texts = tuple(text_of(cell) for cell in cells)
        if number == 1 or any(texts):
            rows.append((number, texts))
        if len(rows) > MOST_ROWS + 1:
            break
    return msgspec.json.encode(rows)


def text_of(cell: object) -> str:
    """Return what stands in a cell."""
    match cell:
        case None:
            text = ""
        case bool():
            text = "Có" if cell else "Không"
        case datetime():
            text = cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case date():
            text = cell.isoformat()
        case float() if cell.is_integer():
            text = str(int(cell))
        case _:
            text = str(cell)
    return text[:MOST_CHARACTERS].strip()


def draw(body: bytes) -> bytes:
    """Return an empty sheet with these columns (JSON of `Wanted`), drop-downs and headings."""
    columns = msgspec.json.decode(body, type=tuple[Wanted, ...])
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = TITLE
    choices = book.create_sheet(CHOICES)
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number, f"{column.heading} *" if column.is_needed else column.heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = 24
        if column.choices:
            offer(sheet, choices, number, column)
    sheet.freeze_panes = "A2"
    choices.sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def offer(sheet: Worksheet, choices: Worksheet, number: int, column: Wanted) -> None:
    """Give a column its drop-down; a list of its own, as names may hold commas."""
    letter = get_column_letter(number)
    for place, choice in enumerate(column.choices, 1):
        choices.cell(place, number, choice)
    source = f"'{CHOICES}'!${letter}$1:${letter}${len(column.choices)}"
    offered = DataValidation(type="list", formula1=source, allow_blank=not column.is_needed)
    offered.errorTitle = "Giá trị không có trong danh mục"
    offered.error = "Hãy chọn một giá trị trong danh sách."
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
