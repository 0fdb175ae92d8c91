"""What the rows of a sheet say, and every mistake with its row and column."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from services.intake.domain.cells import read_instant
from services.intake.domain.contents import Enterprise
from services.intake.domain.imports import (
    NoRows,
    PaperDossier,
    TooManyRows,
    WrittenAuthor,
    check_rows,
    columns,
    letter,
    places,
    read,
)
from services.intake.domain.windows import Calendar
from services.intake.rules import check

RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
COLUMNS = columns(RULES)
HEADINGS = [column.heading for column in COLUMNS]
PLACES, _ = places(HEADINGS, COLUMNS)
CALENDAR = Calendar.of(RULES)
GOOD = {
    "title": "Một cửa lưu động",
    "summary": "Mang một cửa đến từng ấp.",
    "area": "Cải cách thủ tục hành chính",
    "group": "Người dân trên địa bàn tỉnh",
    "kind": "Cá nhân",
    "channel": "Trực tiếp",
    "name_1": "Bà Tư",
}


def row(**cells: str) -> list[str]:
    said = GOOD | cells
    return [said.get(column.key, "") for column in COLUMNS]


def mistakes(*rows: list[str]) -> list[tuple[int, str, str, str]]:
    _, wrong = read(list(enumerate(rows, 2)), PLACES, RULES)
    return [(one.row, letter(PLACES[one.key]), one.value, one.refusal.code) for one in wrong]


def test_row_is_read_as_its_clerk_meant_it():
    full = row(
        kind="Tập thể",
        channel="Bưu chính",
        unit_id="SNV",
        applicant=" Nguyễn  Văn An ",
        phone="0912 345 678",
        posted_at="15/8/2022",
        arrived_at="2022-08-17T09:30:00",
        is_declared="Có",
        is_handed_in="có",
        email_1="tu@vd.vn",
        share_1="66,5",
        name_2="Trần Thị Bình",
        share_2="33.5%",
    )

    dossiers, wrong = read([(2, full)], PLACES, RULES)

    assert wrong == []
    assert dossiers == [
        PaperDossier(
            row=2,
            title="Một cửa lưu động",
            summary="Mang một cửa đến từng ấp.",
            area="TTHC",
            group="NGUOI_DAN",
            kind="COLLECTIVE",
            channel="POST",
            authors=(
                WrittenAuthor("Bà Tư", "tu@vd.vn", None, None, Decimal("66.5")),
                WrittenAuthor("Trần Thị Bình", None, None, None, Decimal("33.5")),
            ),
            unit_id="SNV",
            applicant="Nguyễn Văn An",
            phone="0912 345 678",
            posted_at=date(2022, 8, 15),
            arrived_at=datetime(2022, 8, 17, 2, 30, tzinfo=UTC),
            is_declared=True,
            is_handed_in=True,
        )
    ]


def test_single_author_has_the_whole_share_and_codes_stand_for_themselves():
    (dossier,), wrong = read([(2, row(area="TTHC", kind="individual"))], PLACES, RULES)

    assert wrong == []
    assert (dossier.area, dossier.authors[0].share) == ("TTHC", Decimal(100))


def test_an_enterprise_is_read_where_the_contest_takes_them():
    firm = {
        "enterprise.name": "Công ty  TNHH Vị Thanh",
        "enterprise.tax_code": "6300123456",
        "enterprise.representative": "Lê Văn Chín",
    }
    without = structs.replace(RULES.entrants, groups=RULES.entrants.groups[:-1])

    (dossier, plain), wrong = read([(2, row(**firm)), (3, row(title="Khác"))], PLACES, RULES)

    assert wrong == []
    assert dossier.enterprise == Enterprise("Công ty TNHH Vị Thanh", "6300123456", "Lê Văn Chín")
    assert plain.enterprise is None
    assert not any(
        "enterprise" in one.key for one in columns(structs.replace(RULES, entrants=without))
    )


def test_every_mistake_has_its_row_and_column():
    broken = row(title="", area="Y tế", arrived_at="hôm qua", share_1="nhiều", email_2="b@vd.vn")

    assert mistakes(row(), broken) == [
        (3, "A", "", "CellEmpty"),
        (3, "C", "Y tế", "NotAmongChoices"),
        (3, "R", "nhiều", "NotAPercentage"),
        (3, "S", "", "CellEmpty"),
        (3, "K", "hôm qua", "NotADay"),
    ]


def test_two_rows_that_say_the_same_are_a_mistake():
    assert mistakes(row(), row(title="MỘT CỬA LƯU ĐỘNG")) == [
        (3, "A", "MỘT CỬA LƯU ĐỘNG", "RowTwice")
    ]


def test_columns_may_stand_anywhere_and_strange_ones_are_named():
    shuffled = [*reversed(HEADINGS), "Ghi chú"]

    found, wrong = places(shuffled, COLUMNS)

    assert found["title"] == len(HEADINGS) - 1
    assert [str(one.refusal) for one in wrong] == [
        "“Ghi chú” is no column of this sheet, or stands there twice."
    ]


def test_column_that_is_needed_and_missing_is_named():
    _, wrong = places(HEADINGS[1:], COLUMNS)

    assert [(one.row, one.value) for one in wrong] == [(1, "Tên mô hình, sáng kiến, giải pháp")]


def test_as_many_rows_as_one_import_takes():
    check_rows(1000)

    with pytest.raises(NoRows):
        check_rows(0)
    with pytest.raises(TooManyRows, match="more than 1000"):
        check_rows(1001)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("15/08/2022", "2022-08-14T17:00:00Z"),
        ("5-8-2022 16:30", "2022-08-05T09:30:00Z"),
        ("15.8.2022 7h05", "2022-08-15T00:05:00Z"),
        ("2022-08-15", "2022-08-14T17:00:00Z"),
        ("2022-08-15T16:30:00", "2022-08-15T09:30:00Z"),
    ],
)
def test_local_days_and_hours_are_read_in_the_usual_ways(text, instant):
    assert read_instant(text, CALENDAR) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text", ["31/02/2022", "15/13/2022", "2022", "15/08/22", "mai", "15/08/0022", "0001-01-01"]
)
def test_what_is_no_day_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        read_instant(text, CALENDAR)


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")]
)
def test_columns_are_called_as_spreadsheets_do(place, letters):
    assert letter(place) == letters


cells = st.text(max_size=12) | st.sampled_from(["Có", "Cá nhân", "15/08/2022", "100", "TTHC"])


@given(st.lists(st.lists(cells, max_size=len(COLUMNS) + 2), max_size=5))
def test_whatever_stands_in_a_sheet_is_read_or_named(rows):
    dossiers, wrong = read(list(enumerate(rows, 2)), PLACES, RULES)

    assert [dossier.row for dossier in dossiers] == list(range(2, len(rows) + 2))
    assert {one.row for one in wrong} <= set(range(2, len(rows) + 2))
    for dossier in dossiers:
        fine = all(one.row != dossier.row for one in wrong)
        assert not fine or (dossier.title and dossier.area and dossier.authors[0].full_name)
