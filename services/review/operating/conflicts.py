"""`sangkien review conflicts CONTEST`: who is kept from what, in lines or as a workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kernel.door import Door

PAGE = 500
KINDS = {"FOUND": "phát hiện", "DECLARED": "khai báo", "PINNED": "Trưởng ban quyết định"}
SIDES = {
    "DECLARED": "khai báo xung đột",
    "APART": "không để chấm",
    "NO_OBSTACLE": "không cản trở",
}
HEADINGS = (
    *("Mã bài", "Tên bài", "Lĩnh vực", "Còn chấm được", "Giám khảo", "Loại", "Căn cứ"),
    *("Trưởng ban cho phép", "Mã khai báo"),
)
TRACE = (
    *("Mã", "Nội dung", "Giám khảo", "Bài", "Người dự thi", "Căn cứ", "Lý do", "Người ghi", "Lúc"),
    *("Người hủy", "Lúc hủy", "Lý do hủy"),
)
Entry = dict[str, Any]


@click.command("conflicts")
@click.argument("contest")
@click.option("--judge", help="Of this judge alone.")
@click.option("--entry", help="Of this entry alone, by its id or its code.")
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Write a workbook instead."
)
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def conflicts(
    contest: str, judge: str | None, entry: str | None, xlsx: Path | None, server: str | None
) -> None:
    """List the conflicts of interest of CONTEST, each with its grounds (xung đột lợi ích)."""
    door = Door.of_environment(server)
    path = f"/v1/contests/{quote(contest, safe='')}/conflicts"
    entries = list(pages(door, path, judge, entry))
    if xlsx is not None:
        write(xlsx, entries, door.read(f"{path}/declared"))
        click.echo(f"{xlsx}: {len(entries)} bài")
        return
    for one in entries:
        click.echo(f"{one['code'] or one['entry_id']}  còn {one['free']} giám khảo chấm được")
        for line in one["lines"]:
            allowed = " [Trưởng ban: không cản trở]" if line["excused_by"] else ""
            judge_id = everybody(line["judge_id"])
            click.echo(f"  {judge_id}: {KINDS[line['kind']]}, {line['words']}{allowed}")
    click.echo(f"{len(entries)} bài có xung đột lợi ích")


def pages(door: Door, path: str, judge: str | None, entry: str | None) -> Iterator[Entry]:
    """Read the entries that something keeps judges from, page by page."""
    after: str | None = ""
    while after is not None:
        page = door.read(path, judge_id=judge, entry_id=entry, after=after, most=PAGE)
        yield from page["entries"]
        after = page["after"]


def everybody(judge_id: str) -> str:
    """Return a judge's id, or what a line about all of them says."""
    return "mọi giám khảo" if judge_id == "*" else judge_id


def write(path: Path, entries: Sequence[Entry], said: Sequence[Entry]) -> None:
    """Write a workbook: every ground on a row, the matrix, and what was declared and pinned."""
    book = Workbook(write_only=True)
    fill(book.create_sheet("Xung đột"), HEADINGS, map(list, rows(entries)))
    judges = sorted({line["judge_id"] for one in entries for line in one["lines"]})
    headings = ("Mã bài", *map(everybody, judges))
    fill(book.create_sheet("Ma trận"), headings, (cells(one, judges) for one in entries))
    fill(book.create_sheet("Khai báo, quyết định"), TRACE, map(trace, said))
    book.save(path)


def fill(sheet: Worksheet, headings: Sequence[str], lines: Iterator[list[object]]) -> None:
    """Write headings that stay in view, and the rows under them."""
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, value=heading) for heading in headings]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for line in lines:
        sheet.append([plain(sheet, value) for value in line])


def plain(sheet: Worksheet, value: object) -> WriteOnlyCell:
    """Return a cell that holds a value as it is; what begins with = is no formula."""
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def rows(entries: Sequence[Entry]) -> Iterator[tuple[object, ...]]:
    """Yield a row for each ground."""
    for one in entries:
        named = (one["code"] or one["entry_id"], one["title"], one["area"], one["free"])
        for line in one["lines"]:
            yield (
                *named,
                everybody(line["judge_id"]),
                KINDS[line["kind"]],
                line["words"],
                "có" if line["excused_by"] else "",
                line["said_by"] or "",
            )


def cells(one: Entry, judges: Sequence[str]) -> list[object]:
    """Return a row of the matrix: x where a judge is kept away, (x) where the chair allows it."""
    kept = {line["judge_id"] for line in one["lines"] if not line["excused_by"]}
    allowed = {line["judge_id"] for line in one["lines"]} - kept
    marks = ("x" if judge in kept else "(x)" if judge in allowed else "" for judge in judges)
    return [one["code"] or one["entry_id"], *marks]


def trace(one: Entry) -> list[object]:
    """Return the row of a declaration or a pin."""
    names = ("judge_id", "entry", "person_id", "ground", "reason", "said_by", "said_at")
    ended = ("ended_by", "ended_at", "ended_reason")
    return [one["id"], SIDES[one["side"]], *(one[name] or "" for name in (*names, *ended))]
