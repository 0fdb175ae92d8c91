"""Units that continue one another, and what they were called."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.succession import (
    Succession,
    SuccessionCycle,
    SuccessionUnclear,
    check_successions,
    continuing,
    descendants,
    is_succeeded,
    name_on,
)
from services.intake.operating.agencies import group

MERGER = date(2025, 7, 1)
LINKS = (
    Succession("STTTT", "SKHCN", date(2025, 3, 1), "MERGED", "QĐ sắp xếp"),
    Succession("SKHCN", "SKHCN_MOI", MERGER, "RENAMED", "NQ 202/2025/QH15"),
    Succession("SXD", "SXD_1", MERGER, "SPLIT", "QĐ chia tách"),
    Succession("SXD", "SXD_2", MERGER, "SPLIT", "QĐ chia tách"),
)
names = st.sampled_from("ABCDEFG")
days = st.dates(date(2025, 1, 1), date(2025, 1, 5))
forests = st.dictionaries(names, st.tuples(names, days), max_size=6).map(
    lambda made: tuple(
        Succession(one, other, on, "MERGED", "QĐ") for one, (other, on) in made.items()
    )
)


@pytest.mark.parametrize(
    ("unit", "day", "now"),
    [
        ("STTTT", date(2025, 2, 28), "STTTT"),
        ("STTTT", date(2025, 3, 1), "SKHCN"),
        ("STTTT", MERGER - timedelta(days=1), "SKHCN"),
        ("STTTT", MERGER, "SKHCN_MOI"),
        ("SXD", MERGER, "SXD_1"),
        ("SYT", MERGER, "SYT"),
    ],
)
def test_open_work_goes_on_under_who_continues_the_unit(unit, day, now):
    assert continuing(LINKS, unit, day) == now


def test_unit_is_succeeded_from_the_day_on():
    assert not is_succeeded(LINKS, "STTTT", date(2025, 2, 28))
    assert is_succeeded(LINKS, "STTTT", date(2025, 3, 1))


def test_circle_of_units_is_refused():
    back = Succession("SKHCN_MOI", "STTTT", date(2026, 1, 1), "RENAMED", "QĐ")

    with pytest.raises(SuccessionCycle, match="would come after itself"):
        check_successions((*LINKS, back))


def test_unit_that_comes_after_itself_is_refused():
    with pytest.raises(SuccessionCycle, match="SYT would come after itself"):
        check_successions((Succession("SYT", "SYT", MERGER, "RENAMED", "QĐ"),))


@pytest.mark.parametrize(
    "second",
    [
        Succession("STTTT", "STC", date(2025, 3, 1), "MERGED", "QĐ"),
        Succession("STTTT", "STC", MERGER, "SPLIT", "QĐ"),
        Succession("SXD", "SXD_3", date(2026, 1, 1), "SPLIT", "QĐ"),
    ],
)
def test_second_fate_of_a_unit_is_refused(second):
    with pytest.raises(SuccessionUnclear, match="goes to more than one unit"):
        check_successions((*LINKS, second))


@given(forests, names, days)
def test_whatever_is_accepted_leads_to_one_unit_that_nobody_has_succeeded(links, unit, day):
    try:
        check_successions(links)
    except SuccessionCycle:
        assert any(one in descendants(links, one) for one in "ABCDEFG")
        return

    now = continuing(links, unit, day)

    assert not is_succeeded(links, now, day)
    assert now == unit or now in descendants(links, unit)
    assert continuing(links, now, day) == now


def test_name_is_that_of_the_day():
    called = [(date(1900, 1, 1), "Sở Nội vụ"), (date(2025, 7, 1), "Sở Nội vụ và Lao động")]

    assert name_on(called, date(2025, 6, 30)) == "Sở Nội vụ"
    assert name_on(called, date(2025, 7, 1)) == "Sở Nội vụ và Lao động"
    assert name_on(called[1:], date(2020, 1, 1)) == "Sở Nội vụ và Lao động"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_file_of_successions_that_is_not_utf_8_is_named_with_what_to_do(tmp_path, encoding):
    file = tmp_path / "kế thừa.csv"
    head = "predecessor_id,successor_id,on,kind,basis\n"
    file.write_text(f"{head}SA,SB,2025-03-01,MERGED,Quyêt dinh\n", encoding)

    done = CliRunner().invoke(group, ["succeed", str(file)])

    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert done.output == (
        f"Error: {file} is no CSV in UTF-8; in Excel save it as “CSV UTF-8 (Comma delimited)”.\n"
    )
