"""Receipt codes."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.receipts import UnreadableCode, code, example

FORMAT = "{unit}-{yyMMdd}-{seq:04d}"
ONE_STOP = r"^(?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[A-Z0-9]{2,3})*)-\d{6}-\d{4,}$"
units = st.one_of(
    st.from_regex(r"[A-Z][0-9]{2}(\.[A-Z0-9]{2,3}){0,3}", fullmatch=True),
    st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True),
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_code_names_unit_day_and_number():
    assert code(FORMAT, "H30.22", date(2022, 8, 15), 1) == "H30.22-220815-0001"


@given(units, days, st.integers(1, 99_999))
def test_every_code_is_one_a_one_stop_system_reads(unit, day, number):
    assert re.fullmatch(ONE_STOP, code(FORMAT, unit, day, number), re.ASCII)


@given(units, st.tuples(days, st.integers(1, 99_999)), st.tuples(days, st.integers(1, 99_999)))
def test_no_two_receipts_have_the_same_code(unit, one, other):
    assert (code(FORMAT, unit, *one) == code(FORMAT, unit, *other)) == (one == other)


@pytest.mark.parametrize(
    "wrong",
    [
        "{unit}-{seq:04d}",
        "{unit}/{yyMMdd}/{seq:04d}",
        "{unit}-{day}-{seq}",
        "{unit",
        "{unit.x}",
        "{unit}-{yyMMdd}-{seq:99999999999d}",
        "{unit.__class__}-{yyMMdd}-{seq:04d}",
    ],
)
def test_format_nobody_can_read_is_refused(wrong):
    with pytest.raises(UnreadableCode, match="H30-220815-0001"):
        code(wrong, "H30", date(2022, 8, 15), 1)


def test_format_that_hides_the_number_is_refused():
    with pytest.raises(UnreadableCode):
        example("{unit}-{yyMMdd}-0001", "H30")
