"""A sheet of known initiatives: what its rows say, and every mistake by row and column."""

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain import Scope
from services.originality.domain.rows import (
    HEADINGS,
    Known,
    places,
    read,
    read_day,
)

VIETNAMESE = [names[0] for names in HEADINGS.values()]
ROW = (
    *("SK-01", "Hẹn giờ", "Người dân hẹn giờ qua điện thoại.", "Sở Nội vụ"),
    *("01/03/2021", "2022-05-31", "Trong tỉnh", ""),
)
KNOWN = Known(
    row=2,
    code="SK-01",
    title="Hẹn giờ",
    summary="Người dân hẹn giờ qua điện thoại.",
    unit="Sở Nội vụ",
    scope=Scope.PROVINCE,
    applied_from=date(2021, 3, 1),
    applied_to=date(2022, 5, 31),
    file="",
)


def row_with(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(key, cell) for key, cell in zip(HEADINGS, ROW, strict=True))


def read_rows(*rows: tuple[str, ...], files: tuple[str, ...] = ()):
    place_of, wrong = places(VIETNAMESE)
    assert wrong == []
    known, wrong = read(list(enumerate(rows, 2)), place_of, files)
    return known, [(one.row, one.column, one.refusal.code) for one in wrong]


def test_row_is_read():
    assert read_rows(ROW) == ([KNOWN], [])


@pytest.mark.parametrize(
    "headings",
    [
        VIETNAMESE,
        [f" {name.upper()} *" for name in VIETNAMESE],
        [normalize("NFD", name) for name in VIETNAMESE],
        list(HEADINGS),
    ],
)
def test_headings_are_known_in_vietnamese_and_by_their_keys(headings):
    found, wrong = places(headings)

    assert found == {key: place for place, key in enumerate(HEADINGS)}
    assert wrong == []


def test_headings_that_are_missing_twice_or_unknown_are_all_told():
    _, wrong = places(["Mã", "Mã sáng kiến", "Điểm", "Tên sáng kiến", "Đơn vị"])

    assert [(one.value, one.refusal.code) for one in wrong] == [
        ("Mã sáng kiến", "UnknownHeading"),
        ("Điểm", "UnknownHeading"),
        ("Phạm vi", "HeadingMissing"),
    ]


@pytest.mark.parametrize(
    ("cells", "mistakes"),
    [
        ({"code": " "}, [(2, "code", "CellEmpty")]),
        ({"title": ""}, [(2, "title", "CellEmpty")]),
        ({"title": "x" * 1001}, [(2, "title", "CellTooLong")]),
        ({"scope": "Toàn cầu"}, [(2, "scope", "NotAmongScopes")]),
        ({"applied_from": "2021"}, [(2, "applied_from", "NotADay")]),
        ({"applied_to": "31/02/2022"}, [(2, "applied_to", "NotADay")]),
        ({"applied_to": "28/02/2021"}, [(2, "applied_to", "EndsBeforeItBegins")]),
        ({"summary": ""}, [(2, "summary", "NoText")]),
        ({"file": "sk-02.docx"}, [(2, "file", "FileMissing")]),
        (
            {"unit": "", "scope": "", "applied_from": "hôm qua"},
            [(2, "unit", "CellEmpty"), (2, "scope", "CellEmpty"), (2, "applied_from", "NotADay")],
        ),
    ],
)
def test_every_mistake_is_told_by_row_and_column(cells, mistakes):
    assert read_rows(row_with(**cells))[1] == mistakes


def test_code_that_another_row_has_is_a_mistake_of_the_later_row():
    assert read_rows(ROW, row_with(title="Khác"))[1] == [(3, "code", "CodeTwice")]


def test_file_is_found_however_its_name_is_composed():
    row = row_with(summary="", file=normalize("NFD", "tài liệu\\hẹn giờ.docx"))

    known, wrong = read_rows(row, files=("tài liệu/hẹn giờ.docx",))

    assert known == [replace(KNOWN, summary="", file="tài liệu/hẹn giờ.docx")]
    assert wrong == []


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("đơn vị", Scope.UNIT),
        ("OTHER_CONTEST", Scope.OTHER_CONTEST),
        ("TỈNH KHÁC", "OTHER_PROVINCE"),
    ],
)
def test_scope_is_known_by_its_name_or_code(said, scope):
    (known,), wrong = read_rows(row_with(scope=said))

    assert (known.scope, wrong) == (scope, [])


@given(st.dates())
def test_day_is_read_back_however_it_is_written(day):
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}/{day.month}/{day.year:04}") == day
    assert read_day(f"{day.day:02}-{day.month:02}-{day.year:04}") == day


@given(st.lists(st.lists(st.text(max_size=30), max_size=10), max_size=5))
def test_rows_of_anything_are_read_or_refused(lines):
    place_of, _ = places(VIETNAMESE)

    known, wrong = read(list(enumerate(map(tuple, lines), 2)), place_of)

    assert len(known) == len(lines)
    assert all(one.row >= 2 and one.column in HEADINGS for one in wrong)
    sound = {one.row for one in known} - {one.row for one in wrong}
    assert all(one.code and one.title and one.summary for one in known if one.row in sound)
