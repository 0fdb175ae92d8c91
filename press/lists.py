"""Rows of text as files for an office: `as_csv` and `as_xlsx`, which anybody may have written.

No cell is taken for a formula. openpyxl, which takes 30 MB and numpy, is imported when the first
workbook is written: most processes never write one.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

Row = Sequence[str]

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that a CSV is UTF-8
OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets compute instead of showing
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML 1.0, 2.2 Characters


def as_csv(rows: Iterable[Row], *, is_more: bool = False) -> bytes:
    """Write rows, headings first, as spreadsheets read them; `is_more` goes on from others."""
    written = StringIO(newline="")
    csv.writer(written).writerows([*map(tamed, row)] for row in rows)
    return ("" if is_more else BYTE_ORDER_MARK).encode() + written.getvalue().encode()


def as_xlsx(title: str, rows: Iterable[Row]) -> bytes:
    """Write rows, headings first, as the one sheet of a workbook."""
    from openpyxl import Workbook  # noqa: PLC0415  # see above

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([*map(tamed, row)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def tamed(cell: str) -> str:
    """Return a cell that can be written, and that no spreadsheet takes for a formula."""
    shown = NOT_IN_XML.sub("", cell)
    return f"'{shown}" if shown.startswith(OPENS_A_FORMULA) else shown
