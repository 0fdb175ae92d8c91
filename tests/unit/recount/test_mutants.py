"""Checks left out of the recount are missed; `make mutants` tries every one, and operators too."""

from random import Random

import pytest

from tests.unit.recount.equivalent import EQUIVALENT
from tests.unit.recount.mutants import places, survivors


@pytest.mark.slow
def test_a_check_that_is_left_out_is_noticed(kits):
    every = [place for place in places() if place.step and place.name not in EQUIVALENT]
    chosen = Random(4).sample(every, 6)

    alive = survivors(chosen, kits)

    assert alive == []
