"""A winner is adopted once it has won, from a day that has come, by a document."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.awards.domain.adoption import (
    AdoptedLater,
    Adoption,
    BasisMissing,
    NotAWinner,
    adopt,
)
from services.awards.domain.prizes import Line, PrizeList

TODAY = date(2022, 12, 1)
LISTED = PrizeList(
    lines=(Line("e-1", "NHAT", Decimal("91.25"), 1),),
    published_at=datetime(2022, 11, 8, tzinfo=UTC),
)
ADOPTION = Adoption("e-1", TODAY, "UBND huyện Châu Thành A", "UNIT", "Quyết định 12/QĐ-UBND")


def test_winner_is_adopted_today():
    untidy = replace(ADOPTION, adopted_at=f" {ADOPTION.adopted_at} ", basis=f"{ADOPTION.basis}\n")

    assert adopt(LISTED, untidy, TODAY) == ADOPTION


@pytest.mark.parametrize(
    ("listed", "adoption", "refusal"),
    [
        (PrizeList(), ADOPTION, NotAWinner),
        (replace(LISTED, published_at=None), ADOPTION, NotAWinner),
        (LISTED, replace(ADOPTION, entry_id="e-2"), NotAWinner),
        (LISTED, replace(ADOPTION, adopted_at=" "), BasisMissing),
        (LISTED, replace(ADOPTION, basis=""), BasisMissing),
    ],
)
def test_what_is_no_adoption_is_refused(listed, adoption, refusal):
    with pytest.raises(refusal):
        adopt(listed, adoption, TODAY)


@given(st.integers(-5000, 5000))
def test_adoption_is_recorded_once_it_has_begun(days):
    adoption = replace(ADOPTION, adopted_on=TODAY + timedelta(days=days))

    if days > 0:
        with pytest.raises(AdoptedLater):
            adopt(LISTED, adoption, TODAY)
    else:
        assert adopt(LISTED, adoption, TODAY) == adoption
