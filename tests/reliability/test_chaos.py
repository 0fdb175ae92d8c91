"""A little of everything goes wrong while people work; what must hold is checked at the end.

`make chaos SEED=… FAULTS=…` is the long run; what this one drew, it does again by its seed.
"""

import pytest

from deploy.local.stack import Stack
from tests.reliability.chaos.faults import WEIGHTS
from tests.reliability.chaos.play import COPIES, play
from tests.reliability.chaos.striking import SmallDisk

pytestmark = [pytest.mark.slow, pytest.mark.stack, pytest.mark.timeout(600)]

NAME, SEED, FAULTS = "chaos", 1, 24
NETWORK = {"slow", "cut"}  # need root


def test_all_that_must_hold_does_after_a_fault_of_every_kind():
    with SmallDisk(NAME) as disk, Stack(NAME, copies=COPIES) as stack:
        outcome = play(stack, SEED, FAULTS, disk)

    print(f"seed {SEED}:", *outcome.lines(), sep="\n")  # noqa: T201 -- for who asks with -s
    assert outcome.broken == {}
    assert outcome.struck.total() == FAULTS
    assert outcome.struck.keys() | NETWORK == WEIGHTS.keys()
    assert outcome.entries > 0
    assert outcome.sheets > 0
