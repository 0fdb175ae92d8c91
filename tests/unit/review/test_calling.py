"""Who is called to an entry whose judges stand too far apart may mark it, and is least busy."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Assigning
from services.review.domain.assignment.calling import others
from services.review.domain.assignment.posing import Field
from services.review.domain.assignment.problem import Desk
from services.review.domain.conflicts import Survey
from services.review.domain.entries import Entry
from tests.unit.review.builders import FIRST

NAMES = tuple(f"j-{number}" for number in range(1, 7))
ENTRY = Entry(entry_id="e-1", area="TTHC", code="HG-01")


@st.composite
def calls(draw):
    """Draw judges with limits, areas and loads, pairs kept apart, and two who sit there."""
    desks = [
        Desk(
            judge_id=name,
            areas=draw(st.sampled_from([(), ("TTHC",), ("CDS",)])),
            most=draw(st.none() | st.integers(1, 3)),
        )
        for name in NAMES
    ]
    free = tuple(draw(st.lists(st.sampled_from(NAMES), unique=True)))
    rules = Assigning(expertise=draw(st.sampled_from(["ignored", "required"])))
    field = Field(
        entries=[ENTRY],
        found=Survey(free={ENTRY.entry_id: free}, kept_away={ENTRY.entry_id: {}}),
        desks=desks,
        apart=draw(st.sets(st.sampled_from(list(combinations(NAMES, 2))), max_size=6)),
        rules=replace(FIRST, assigning=rules),
        seed="1",
    )
    loads = {name: draw(st.integers(0, 4)) for name in NAMES}
    return field, frozenset(draw(st.permutations(NAMES))[:2]), loads


def may(field, judge, seated, loads):
    """Say whether somebody may be called beside those who sit there."""
    desk = next(one for one in field.desks if one.judge_id == judge)
    return (
        judge in field.found.free[ENTRY.entry_id]
        and judge not in seated
        and not (field.assigning.expertise == "required" and desk.areas == ("CDS",))
        and not (desk.most is not None and loads[judge] >= desk.most)
        and not any(tuple(sorted((judge, one))) in field.apart for one in seated)
    )


@given(calls())
def test_the_least_busy_of_those_who_may_is_called(drawn):
    field, seated, loads = drawn

    called = others(field, ENTRY, seated, loads, everybody=False)

    allowed = [name for name in NAMES if may(field, name, seated, loads)]
    assert len(called) == bool(allowed)
    assert all(one in allowed for one in called)
    assert all(loads[one] == min(loads[other] for other in allowed) for one in called)


@given(calls())
def test_a_whole_panel_is_called_as_far_as_nobody_sits_beside_one_kept_from_them(drawn):
    field, seated, loads = drawn

    called = others(field, ENTRY, seated, loads, everybody=True)

    assert all(may(field, one, seated, loads) for one in called)
    assert not any(pair in field.apart for pair in combinations(sorted(called), 2))
    left = set(NAMES) - set(called)
    assert not any(may(field, one, {*seated, *called}, loads) for one in left)
