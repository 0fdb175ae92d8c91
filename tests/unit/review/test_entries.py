"""When an entry may be judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.entries import Entry, Exit, Standing

versions = st.integers(0, 3)


@pytest.mark.parametrize(
    ("submitted", "accepted", "cleared", "standing"),
    [
        (1, 0, 0, Standing.UNDECIDED),
        (1, 1, 0, Standing.UNDECIDED),
        (1, 0, 1, Standing.UNDECIDED),
        (1, 1, 1, Standing.ELIGIBLE),
        (2, 1, 1, Standing.UNDECIDED),  # handed in anew
        (2, 2, 1, Standing.UNDECIDED),  # accepted anew, the new text not checked
        (2, 2, 2, Standing.ELIGIBLE),
        (0, 1, 1, Standing.ELIGIBLE),  # news of the submission is late
        (0, 0, 0, Standing.UNDECIDED),
    ],
)
def test_entry_is_eligible_once_its_newest_version_is_accepted_and_cleared(
    submitted, accepted, cleared, standing
):
    entry = Entry(entry_id="e-1", submitted=submitted, accepted=accepted, cleared=cleared)

    assert entry.standing is standing


@given(versions, versions, versions, st.sampled_from(Exit))
def test_entry_that_left_stays_out_whatever_else_is_said(submitted, accepted, cleared, why):
    entry = Entry(entry_id="e-1", submitted=submitted, accepted=accepted, cleared=cleared, out=why)

    assert entry.standing is Standing.OUT
