"""A dozen faults, one of each kind at least, befall a platform at work; then all is checked.

Many more, from other seeds: `make chaos SEED=2 FAULTS=500`.
"""

import pytest

from deploy.local.stack import Stack
from invariants.catalogue import INVARIANTS
from tests.reliability.chaos.play import COPIES, play
from tests.reliability.chaos.striking import SmallDisk

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(1200)]

NAME = "chaos-short"
SEED, FAULTS = 1, 12


@pytest.fixture(scope="module")
def outcome():
    """Play through the faults."""
    with SmallDisk(NAME) as disk, Stack(NAME, copies=COPIES) as stack:
        yield play(stack, SEED, FAULTS, disk)


def test_everything_befell_it_that_was_drawn(outcome):
    assert outcome.struck.total() == FAULTS
    assert outcome.struck.keys() == {fault.kind for fault in outcome.faults}


def test_people_got_on_with_their_work_meanwhile(outcome):
    assert outcome.granted > 0
    assert outcome.entries > 0
    assert outcome.sheets > 0


def test_all_that_must_hold_was_checked_and_holds(outcome):
    assert {each["invariant"] for each in outcome.verdicts} == {one.name for one in INVARIANTS}
    assert outcome.broken == {}
