"""How papers write numbers, dates, scores and names (Nghị định 30/2020/NĐ-CP)."""

from datetime import date
from decimal import Decimal

import pytest

from services.awards.domain.paper import (
    file_name,
    full_number,
    head_lines,
    long_date,
    written_score,
)


@pytest.mark.parametrize(
    ("number", "symbol", "written"),
    [(5, "QĐ-BTC", "05/QĐ-BTC"), (10, "QĐ-UBND", "10/QĐ-UBND"), (1344, "QĐ-UBND", "1344/QĐ-UBND")],
)
def test_number_below_ten_gets_a_zero(number, symbol, written):
    assert full_number(number, symbol) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 1, 5), "ngày 05 tháng 01 năm 2023"),
        (date(2022, 8, 15), "ngày 15 tháng 8 năm 2022"),
        (date(2023, 2, 9), "ngày 09 tháng 02 năm 2023"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2022, 11, 8), "ngày 08 tháng 11 năm 2022"),
    ],
)
def test_date_has_zeros_for_days_below_ten_and_for_january_and_february(day, written):
    assert long_date(day) == written


@pytest.mark.parametrize(
    ("score", "written"), [("87.25", "87,25"), ("90.00", "90,00"), ("1E+2", "100")]
)
def test_score_has_a_comma(score, written):
    assert written_score(Decimal(score)) == written


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (None, ()),
        ("Sở Nội vụ", ("SỞ NỘI VỤ",)),
        ("ỦY BAN NHÂN DÂN TỈNH HẬU GIANG", ("ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG")),
        ("KHÔNGCÓKHOẢNGTRẮNGNÀOCẢTRONGTÊN", ("KHÔNGCÓKHOẢNGTRẮNGNÀOCẢTRONGTÊN",)),
    ],
)
def test_long_agency_names_take_two_lines_of_like_length(name, lines):
    assert head_lines(name) == lines


def test_files_are_named_after_the_decision():
    assert file_name(5, "QĐ-UBND", None) == "05-QĐ-UBND"
    assert file_name(5, "QĐ-UBND", 3) == "05-QĐ-UBND, số sổ vàng 03"
