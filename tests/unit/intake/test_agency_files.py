"""Files of agencies, and lists as spreadsheets."""

import csv
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from contracts.intake import Agency
from services.intake.domain.agencies import COLUMNS, read_rows
from services.intake.domain.succession import Succession, check_successions
from services.intake.press.workbook import write
from services.intake.spreadsheets import Column, NotATable, NotUnicode, Sheet, TableTooLarge
from services.intake.spreadsheets import read_rows as read_sheet

FOLDER = Path("contests/agencies")
HEADER = ["unit_id", "name", "kind", "code_qcvn102", "code_qd20", "valid_from", "staff"]
ROW = ["SNV", "Sở  Nội vụ", "SO_BAN_NGANH", "000.01.02.H30", "H30.22", "01/07/2025", "60"]
READ = Agency(
    unit_id="SNV", name="Sở Nội vụ", kind="SO_BAN_NGANH", code_qcvn102="000.01.02.H30",
    code_qd20="H30.22", valid_from=date(2025, 7, 1), staff=60,
)  # fmt: skip


def written(separator: str, *rows: list[str]) -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_of_any_excel_is_read(separator, mark):
    rows = read_sheet(mark + written(separator, HEADER, ROW))

    assert read_rows(rows, ()).agencies == (READ,)


def test_xlsx_with_real_days_and_numbers_is_read():
    book = Workbook()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append([*ROW[:5], datetime(2025, 7, 1), 60])  # noqa: DTZ001  # as Excel's
    content = BytesIO()
    book.save(content)

    roster = read_rows(read_sheet(content.getvalue()), ())

    assert (roster.agencies, roster.mistakes) == ((READ,), ())


@pytest.mark.parametrize("encoding", ["cp1258", "cp1252"])
def test_file_of_an_old_code_page_is_refused_with_the_way_out(encoding):
    with pytest.raises(NotUnicode, match="CSV UTF-8"):
        read_sheet("unit_id,name\nTP,Thanh tra Hậu Giâng".encode(encoding, "replace"))


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"a,b\x00c", b'a,"b\nc'])
def test_file_that_is_no_table_is_refused(content):
    with pytest.raises(NotATable):
        read_sheet(content)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_workbook_with_a_broken_part_is_refused(part):
    whole, bent = BytesIO(write((Sheet("Đơn vị", (Column("unit_id", 9),), ()),))), BytesIO()
    with ZipFile(whole) as parts, ZipFile(bent, "w") as packed:
        for name in parts.namelist():
            packed.writestr(name, b"<worksheet><a" if name == part else parts.read(name))

    with pytest.raises(NotATable):
        read_sheet(bent.getvalue())


def test_file_too_large_is_refused():
    with pytest.raises(TableTooLarge):
        read_sheet(b"a" * (2 * 1024 * 1024 + 1))


def test_every_mistake_is_told_by_row_and_column():
    rows = [
        HEADER,
        ["S NV", "", "SO_BAN_NGANH", "H30", "h30", "30/02/2025", "nhiều"],
        ROW,
        [],
        ROW,
    ]

    roster = read_rows(rows, ())

    assert [(one.row, one.column) for one in roster.mistakes] == [
        (2, "name"), (2, "unit_id"), (2, "code_qcvn102"), (2, "code_qd20"),
        (2, "valid_from"), (2, "staff"), (5, "unit_id"),
    ]  # fmt: skip
    assert roster.mistakes[-1].sentence == "Mã SNV đã có ở dòng 3."


def test_wrong_columns_are_told():
    told = read_rows([["unit_id", "Tên", "kind", "kind"], ROW], ()).mistakes

    assert [one.sentence for one in told] == [
        "Thiếu cột name.", "Không có cột nào tên “tên”.", "Cột kind có hai lần.",
    ]  # fmt: skip


def test_parent_is_in_the_file_or_on_record():
    header = ["unit_id", "name", "kind", "parent_id"]
    rows = [header, ["A", "A", "X", "P"], ["B", "B", "X", "A"], ["C", "C", "X", "C"]]

    assert [one.row for one in read_rows(rows, ()).mistakes] == [2, 4]
    assert [one.row for one in read_rows(rows, ("P",)).mistakes] == [4]


def test_unit_that_ends_before_it_begins_is_told():
    header = ["unit_id", "name", "kind", "valid_from", "valid_to"]

    told = read_rows([header, ["A", "A", "X", "2025-07-01", "2025-06-30"]], ()).mistakes

    assert [(one.row, one.column) for one in told] == [(2, "valid_to")]


@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=5))
def test_no_table_breaks_the_reader(rows):
    roster = read_rows([list(COLUMNS), *rows], ())

    assert len(roster.agencies) <= len(rows)


def shipped(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_shipped_agencies_are_sound_and_say_what_is_unverified():
    first = read_rows(read_sheet((FOLDER / "hau-giang-2022.csv").read_bytes()), ())
    then = read_rows(
        read_sheet((FOLDER / "hau-giang-2025.csv").read_bytes()),
        [one.unit_id for one in first.agencies],
    )

    assert (first.mistakes, then.mistakes) == ((), ())
    assert sum(one.kind == "UBND_CAP_HUYEN" for one in first.agencies) == 8
    assert all(one.source for one in (*first.agencies, *then.agencies))
    assert {one.code_qd20 for one in first.agencies} == {None}
    assert then.agencies[0].code_qcvn102 == "000.00.00.H30"


def test_shipped_successions_are_sound():
    known = {
        row["unit_id"] for name in ("hau-giang-2022.csv", "hau-giang-2025.csv")
        for row in shipped(name)
    }  # fmt: skip
    links = tuple(
        Succession(
            row["predecessor_id"], row["successor_id"], date.fromisoformat(row["on"]),
            row["kind"], row["basis"],
        )
        for row in shipped("hau-giang-2025-successions.csv")
    )  # fmt: skip

    check_successions(links)
    assert {unit for one in links for unit in (one.predecessor, one.successor)} <= known


LIST = Sheet(
    "Hồ sơ",
    (
        Column("TT", 6, "number"),
        Column("Tên", 40),
        Column("Lúc", 20, "instant"),
        Column("Tỷ lệ", 10, "percent"),
    ),
    ((1, "Đặng", "2022-08-15T23:59:59", 0.5), (2, "=1+1", None, None)),
)


def test_list_opens_with_real_numbers_and_dates():
    page = load_workbook(BytesIO(write((LIST,))))["Hồ sơ"]

    assert [cell.value for cell in page[1]] == ["TT", "Tên", "Lúc", "Tỷ lệ"]
    assert [cell.value for cell in page[2]] == [
        1, "Đặng", datetime(2022, 8, 15, 23, 59, 59), 0.5,  # noqa: DTZ001  # as Excel's
    ]  # fmt: skip
    assert [cell.number_format for cell in page[2]] == [
        "0", "General", "dd/mm/yyyy hh:mm:ss", "0.00%",
    ]  # fmt: skip
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["B"].width == 40


@settings(deadline=None)  # a whole workbook is written and read
@given(st.sampled_from("=+-@\t"), st.text(max_size=10))
def test_no_text_becomes_a_formula(sign, rest):
    text = LIST.rows[0][1]
    rows = ((1, sign + rest, None, None), (2, text, None, None))

    page = load_workbook(BytesIO(write((Sheet("Hồ sơ", LIST.columns, rows),))))["Hồ sơ"]

    assert (page["B2"].data_type, page["B2"].quotePrefix) == ("s", True)
    assert not page["B3"].quotePrefix
