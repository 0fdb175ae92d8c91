"""The seed alone says what befalls a stack."""

from hypothesis import given
from hypothesis import strategies as st

from tests.reliability.chaos.faults import WEIGHTS, plan

TARGETS = {kind: [f"{kind} a", f"{kind} b"] for kind in WEIGHTS}


@given(st.integers(), st.integers(0, 60))
def test_a_seed_gives_the_same_faults_again(seed, count):
    assert plan(seed, count, TARGETS) == plan(seed, count, TARGETS)


@given(st.integers(), st.integers(len(WEIGHTS), 60))
def test_every_kind_comes_and_as_many_faults_as_were_asked_for(seed, count):
    faults = plan(seed, count, TARGETS)

    assert len(faults) == count
    assert {fault.kind for fault in faults} == WEIGHTS.keys()
    assert all(fault.target in TARGETS[fault.kind] for fault in faults)


@given(st.integers())
def test_what_a_machine_cannot_do_is_left_out(seed):
    allowed = TARGETS | {"slow": [], "cut": []}

    assert {fault.kind for fault in plan(seed, 40, allowed)} == WEIGHTS.keys() - {"slow", "cut"}


def test_another_seed_gives_other_faults():
    assert plan(1, 40, TARGETS) != plan(2, 40, TARGETS)
