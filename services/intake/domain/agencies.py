"""Rows of a file of agencies: what each column holds, and every mistake by row and column.

Codes are those of the national registers: QCVN 102:2016/BTTTT (`000.00.00.H30`) and Quyết định
20/2020/QĐ-TTg (`H30.22`); one that no source gives stays empty. Start with `read_rows`.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from msgspec import convert

from contracts.intake import Agency, SheetMistake
from services.intake.domain.eligibility import clean

QCVN102 = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", re.ASCII)
QD20 = re.compile(r"[A-Z]\d{2}(?:\.[A-Z0-9]{2,3}){0,9}", re.ASCII)
GSO = re.compile(r"\d{1,5}", re.ASCII)
UNIT_ID = re.compile(r"[\w.-]{1,40}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

REQUIRED = ("unit_id", "name", "kind")
COLUMNS = (
    *("unit_id", "name", "short_name", "kind", "parent_id", "code_qcvn102", "code_qd20"),
    *("gso_code", "valid_from", "valid_to", "staff", "contact_email", "source"),
)
DATES = ("%Y-%m-%d", "%d/%m/%Y")


class Wrong(Exception):
    """A cell does not hold what its column needs; the message says what, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The agencies of a file and its mistakes; with mistakes the agencies are not all."""

    agencies: tuple[Agency, ...]
    mistakes: tuple[SheetMistake, ...]


def read_rows(rows: Sequence[Sequence[str]], known: Collection[str]) -> Roster:
    """Read the rows of a file, its header first; `known` are the units already on record."""
    if not rows:
        return Roster((), (SheetMistake(row=1, column="", sentence="Tệp không có dòng nào."),))
    header = [clean(name).lower() for name in rows[0]]
    if wrong := tuple(wrong_header(header)):
        return Roster((), wrong)
    agencies: list[Agency] = []
    mistakes: list[SheetMistake] = []
    lines = {number: row for number, row in enumerate(rows[1:], 2) if any(map(clean, row))}
    seen: dict[str, int] = {}
    for number, row in lines.items():
        cells = dict(zip(header, map(clean, row), strict=False))
        values, wrong_cells = read_cells(cells, number)
        unit_id = cells.get("unit_id", "")
        if unit_id in seen:
            twice = f"Mã {unit_id} đã có ở dòng {seen[unit_id]}."
            wrong_cells.append(SheetMistake(row=number, column="unit_id", sentence=twice))
        seen.setdefault(unit_id, number)
        mistakes += wrong_cells
        if not wrong_cells:
            agencies.append(convert(values, Agency))
    parents = {*known, *seen}
    mistakes += [
        SheetMistake(row=seen[one.unit_id], column="parent_id", sentence=orphan(one))
        for one in agencies
        if one.parent_id is not None and (one.parent_id not in parents - {one.unit_id})
    ]
    return Roster(tuple(agencies), tuple(sorted(mistakes, key=lambda one: one.row)))


def orphan(agency: Agency) -> str:
    """Say that a unit's parent is not there."""
    return f"Không có đơn vị cấp trên {agency.parent_id} trong tệp hay trong danh mục."


def wrong_header(header: Sequence[str]) -> list[SheetMistake]:
    """Return what is wrong with the names of the columns."""
    said = [f"Thiếu cột {name}." for name in REQUIRED if name not in header]
    said += [f"Không có cột nào tên “{name}”." for name in header if name not in COLUMNS and name]
    said += [f"Cột {name} có hai lần." for name in COLUMNS if header.count(name) > 1]
    return [SheetMistake(row=1, column="", sentence=sentence) for sentence in said]


def read_cells(cells: dict[str, str], number: int) -> tuple[dict[str, object], list[SheetMistake]]:
    """Return the values of a row by column, and the cells that hold something else."""
    values: dict[str, object] = {}
    mistakes: list[SheetMistake] = []
    for column in REQUIRED:
        if not cells.get(column):
            empty = "Ô này không được để trống."
            mistakes.append(SheetMistake(row=number, column=column, sentence=empty))
    for column, read in READERS.items():
        try:
            if cell := cells.get(column):
                values[column] = read(cell)
        except Wrong as wrong:
            mistakes.append(SheetMistake(row=number, column=column, sentence=str(wrong)))
    valid_from, valid_to = values.get("valid_from"), values.get("valid_to")
    if isinstance(valid_from, date) and isinstance(valid_to, date) and valid_to < valid_from:
        sentence = "Ngày hết hiệu lực trước ngày có hiệu lực."
        mistakes.append(SheetMistake(row=number, column="valid_to", sentence=sentence))
    return values, mistakes


def read_day(cell: str) -> date:
    """Read a day as 2025-07-01 or 01/07/2025. Raises `Wrong`."""
    for form in DATES:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise Wrong(f"“{cell}” không phải là ngày; viết như 01/07/2025 hoặc 2025-07-01.")


def read_staff(cell: str) -> int:
    """Read a number of people. Raises `Wrong`."""
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 6:
        raise Wrong(f"“{cell}” không phải là số người.")
    return int(cell)


def shaped(shape: re.Pattern[str], what: str) -> Callable[[str], str]:
    """Return a reader of cells that must look so."""

    def read(cell: str) -> str:
        if not shape.fullmatch(cell):
            raise Wrong(f"“{cell}” không phải là {what}.")
        return cell

    return read


READERS: dict[str, Callable[[str], object]] = {
    "unit_id": shaped(UNIT_ID, "mã đơn vị (chữ, số, gạch, chấm; không có dấu cách)"),
    "name": str,
    "short_name": str,
    "kind": str,
    "parent_id": shaped(UNIT_ID, "mã đơn vị"),
    "code_qcvn102": shaped(QCVN102, "mã định danh theo QCVN 102, như 000.00.00.H30"),
    "code_qd20": shaped(QD20, "mã định danh theo Quyết định 20/2020/QĐ-TTg, như H30.22"),
    "gso_code": shaped(GSO, "mã đơn vị hành chính"),
    "valid_from": read_day,
    "valid_to": read_day,
    "staff": read_staff,
    "contact_email": shaped(EMAIL, "địa chỉ thư điện tử"),
    "source": str,
}
