"""Which certificates may sign for whom, and when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.awards.domain.signers import (
    Binding,
    SignerDaysReversed,
    SignerNotBound,
    check_days,
    require_bound,
)

CODES, ROLES, DIGESTS = ("CT_UBND", "GD_SNV"), ("approve", "issue"), ("aa", "bb")
FIRST = date(2026, 1, 1)
days = st.integers(0, 9).map(lambda after: FIRST + timedelta(days=after))
bindings = st.builds(
    Binding,
    st.sampled_from(CODES),
    st.sampled_from(ROLES),
    st.sampled_from(DIGESTS),
    days,
    st.none() | days,
)


@given(st.lists(bindings, max_size=5), bindings, days)
def test_a_certificate_signs_if_and_only_if_one_binding_says_so(known, wanted, day):
    same = [
        each
        for each in known
        if (each.authority, each.role, each.sha256)
        == (wanted.authority, wanted.role, wanted.sha256)
    ]
    may = any(each.since <= day <= (each.until or date.max) for each in same)

    try:
        require_bound(known, wanted, "Người ký", "5f", day)
    except SignerNotBound:
        assert not may
    else:
        assert may


def test_days_of_which_none_is_meant_are_refused():
    check_days(FIRST, FIRST)
    with pytest.raises(SignerDaysReversed):
        check_days(FIRST, FIRST - timedelta(days=1))
