"""A rules file whose closing is moved."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from services.intake.rules import check
from services.intake.rules.moving import ClosingNotFound, with_closing

SOURCE = Path("contests/hau-giang-2022.yaml").read_text()
RULES = check(SOURCE).rules


@settings(deadline=None, max_examples=10)  # each reads the whole file twice
@given(st.integers(1, 100_000))
def test_nothing_but_the_closing_is_changed(minutes):
    closes = RULES.intake.closes + timedelta(minutes=minutes)

    moved = check(with_closing(SOURCE, closes)).rules

    window = structs.replace(RULES.intake, closes=closes)
    assert moved == structs.replace(RULES, intake=window)


@pytest.mark.parametrize(
    "before",
    [
        "intake: {opens: 2022-06-30T00:00:00+07:00, closes: 2022-08-16T00:00:00+07:00}",
        'intake:\n  closes: "2022-08-16 00:00:00+07:00"  # [S]',
    ],
)
def test_closing_is_found_however_it_is_written(before):
    closes = datetime.fromisoformat("2022-08-17T22:00:00+07:00")

    after = with_closing(before, closes)

    assert "2022-08-17T22:00:00+07:00" in after
    assert "2022-08-16" not in after
    assert after.endswith(before[-1])


@pytest.mark.parametrize("source", ["intake: {closes: null}", "title: x", "intake: []"])
def test_file_without_a_closing_is_refused(source):
    with pytest.raises(ClosingNotFound):
        with_closing(source, RULES.intake.closes)
