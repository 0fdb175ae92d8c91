"""Sheets as one XLSX file by openpyxl; start with `draw_sheets`, in a child process."""

from collections.abc import Iterable
from io import BytesIO
from typing import Protocol

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of a cell, as in Excel itself

Value = str | int | float | None


class Ruled(Protocol):
    """A sheet: its title, headings with their widths in characters, and rows."""

    @property
    def title(self) -> str:
        """Return what the sheet is called; 31 characters are shown."""

    @property
    def columns(self) -> tuple[tuple[str, int], ...]:
        """Return headings and widths."""

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return what stands below the headings."""


def draw_sheets(sheets: Iterable[Ruled]) -> bytes:
    """Return an XLSX file of these sheets, headings in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        fill(book.create_sheet(sheet.title[:31]), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def fill(page: Worksheet, sheet: Ruled) -> None:
    """Write headings and rows; a text is a text, whatever it begins with."""
    for number, (heading, width) in enumerate(sheet.columns, 1):
        cell = page.cell(1, number, heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A2"
    for line, row in enumerate(sheet.rows, 2):
        for number, value in enumerate(row, 1):
            if value is None:
                continue
            cell = page.cell(line, number)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_CHARACTERS]
                cell.data_type = "s"  # never a formula
            else:
                cell.value = value
    last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.auto_filter.ref = f"A1:{last}"
