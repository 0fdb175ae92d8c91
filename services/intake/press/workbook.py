"""Lists as one XLSX file that opens in Excel with real numbers and dates: `write`."""

from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from press.lists import NOT_IN_XML, OPENS_A_FORMULA
from services.intake.spreadsheets import Sheet

FORMATS = {"instant": "dd/mm/yyyy hh:mm:ss", "percent": "0.00%", "number": "0"}


def write(sheets: tuple[Sheet, ...]) -> bytes:
    """Return an XLSX file: a heading that stays in sight, widths, real numbers and dates."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for place, column in enumerate(sheet.columns, 1):
            heading = page.cell(1, place)
            _fill(heading, column.heading, "text")
            heading.font = Font(bold=True)
            heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            page.column_dimensions[heading.column_letter].width = column.width
        _fill_rows(page, sheet)
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill_rows(page: Worksheet, sheet: Sheet) -> None:
    for line, row in enumerate(sheet.rows, 2):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            _fill(page.cell(line, place), value, column.holds)


def _fill(cell: Cell, value: Any, holds: str) -> None:  # noqa: ANN401  # whatever a cell holds
    if value is None:
        return
    if holds == "text":
        text = NOT_IN_XML.sub("", str(value))
        cell.value, cell.data_type = text, "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        # Seen by a person it is the same; typed again, or saved as CSV, it stays a text.
        cell.quotePrefix = text.startswith(OPENS_A_FORMULA)
        return
    cell.value = datetime.fromisoformat(value) if holds == "instant" else value
    cell.number_format = FORMATS[holds]
