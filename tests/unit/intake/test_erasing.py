"""When entrants may be forgotten, and who of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Retention
from services.intake.domain import erasing
from services.intake.rules import check

SOURCE = Path("contests/hau-giang-2022.yaml").read_text()
RULES = check(SOURCE).rules


def kept_for(months: int | None):
    return msgspec.structs.replace(RULES, retention=Retention(personal_months=months))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(1, 1200))  # noqa: DTZ001
def test_time_is_whole_months_and_never_shorter_than_its_shortest_days(closes, months):
    closes = closes.replace(tzinfo=UTC)

    until = erasing.retained_until(kept_for(months), closes)

    assert (until.year * 12 + until.month) - (closes.year * 12 + closes.month) == months
    assert until - closes >= timedelta(days=28) * months
    assert until.day in {closes.day, *range(28, closes.day)}


def test_without_a_time_nobody_is_forgotten():
    with pytest.raises(erasing.NoRetention):
        erasing.retained_until(kept_for(None), datetime(2022, 8, 15, tzinfo=UTC))


@given(st.sets(st.text("abc", min_size=1)), st.sets(st.text("abc", min_size=1)))
def test_everybody_is_forgotten_or_kept(entrants, needed):
    leaving = erasing.leaving(entrants, needed)

    assert {*leaving.forgotten} == entrants - needed
    assert leaving.kept == len(entrants & needed)


@pytest.mark.parametrize(("months", "mistakes"), [(1, 0), (1200, 0), (0, 1), (1201, 1)])
def test_a_time_is_a_month_at_least_and_a_century_at_most(months, mistakes):
    found = check(f"{SOURCE}retention:\n  personal_months: {months}\n").mistakes

    assert [one.path for one in found] == ["retention.personal_months"] * mistakes
