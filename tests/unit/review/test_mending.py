"""Places that judges have left are filled as far as anything allows, and marks are kept."""

import dataclasses
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Assigning
from services.review.assigning.answering import answer
from services.review.domain.assignment.mending import (
    Opening,
    asking,
    can_make_room,
    everybody,
    fill,
    fillable,
)
from services.review.domain.assignment.posing import Field, NotWorkedOut, Place
from services.review.domain.assignment.problem import Answer, Desk
from services.review.domain.conflicts import Survey
from services.review.domain.entries import Entry
from tests.unit.review.builders import FIRST, LAST

NAMES = tuple(f"j-{number}" for number in range(1, 6))


@st.composite
def rounds(draw):
    """Draw a round that has judges on some entries, and places that others have left."""
    many = range(draw(st.integers(1, 4)))
    entries = [Entry(entry_id=f"e-{n}", area="TTHC", code=f"HG-{n}") for n in many]
    some = st.lists(st.sampled_from(NAMES), unique=True, max_size=4).map(tuple)
    places, free, openings = {}, {}, []
    for entry in entries:
        has = draw(some)[:2]
        places[entry.entry_id] = Place(frozenset(has), frozenset(has[: draw(st.integers(0, 2))]))
        free[entry.entry_id] = tuple(sorted({*has, *draw(some)}))
        for number in range(draw(st.integers(0, 2))):
            named = draw(st.none() | st.sampled_from(NAMES))
            openings.append(Opening(entry.entry_id, f"left-{number}", named))
    limits = st.none() | st.integers(1, 3)
    pair = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1])
    return (
        Field(
            entries=entries,
            found=Survey(free=free, kept_away={entry.entry_id: {} for entry in entries}),
            desks=[Desk(judge_id=name, most=draw(limits)) for name in NAMES],
            apart=draw(st.sets(pair, max_size=2)),
            rules=replace(FIRST, assigning=Assigning()),
            seed="1",
            places=places,
        ),
        draw(st.permutations(openings)),
    )


def after(field, moves):
    """Return the panels once some have left and others come."""
    panels = {one: place.judges for one, place in field.places.items()}
    for one, (left, came) in moves.items():
        assert left <= panels[one]
        assert not came & panels[one]
        panels[one] = panels[one] - left | came
    return panels


@given(rounds())
@settings(deadline=None)
def test_who_steps_in_may_and_no_mark_is_lost(drawn):
    field, openings = drawn

    moves = fill(answer, field, openings)

    panels = after(field, moves)
    for one, panel in panels.items():
        left, came = moves.get(one, (frozenset(), frozenset()))
        assert not left & field.places[one].given
        assert came <= set(field.found.free[one])
        assert not any({a, b} <= panel and {a, b} & came for a, b in field.apart)
        more = len(panel) - len(field.places[one].judges)
        assert 0 <= more <= sum(opening.entry_id == one for opening in openings)
    for desk in field.desks:
        load = sum(desk.judge_id in panel for panel in panels.values())
        came = any(desk.judge_id in came for _, came in moves.values())
        assert not came or desk.most is None or load <= desk.most


@given(rounds())
@settings(deadline=None)
def test_as_many_places_are_filled_as_can_be(drawn):
    field, openings = drawn

    panels = after(field, fill(answer, field, openings))

    filled = sum(map(len, panels.values())) - sum(len(p.judges) for p in field.places.values())
    assert filled == max(
        len(some)
        for count in range(len(openings) + 1)
        for some in combinations(openings, count)
        if not some
        or any(answer(asking(field, some, stays=stays).problem()).panels for stays in (0, 1))
    )


@given(rounds())
@settings(deadline=None)
def test_nobody_else_moves_where_that_fills_every_place(drawn):
    field, openings = drawn
    openings = [replace_named(one) for one in openings]
    asked = []

    def solve(problem):
        asked.append(len(problem.entries))
        return answer(problem)

    moves = fill(solve, field, openings)

    wanted = fillable(field, openings)
    alone = asking(field, wanted, stays=True).problem()
    if wanted and answer(alone).panels:
        elsewhere = asking(field, wanted, stays=False)
        found = answer(elsewhere.problem())
        if found.panels:
            others = field.changed(elsewhere.panels(found))
            assert sum(len(came) for _, came in others.values()) >= len(wanted)
        assert sum(len(came) for _, came in moves.values()) == len(wanted)
        assert not any(left for left, _ in moves.values())
        assert max(asked) <= len({one.entry_id for one in openings})


def replace_named(one):
    """Leave out who is to have the place: who is named counts as no change."""
    return Opening(one.entry_id, one.judge_id)


def test_round_is_not_worked_out_anew_for_a_place_that_nobody_can_make_room_for():
    """The one judge who is free is full, and has given the sheet of the entry they have."""
    entries = [Entry(entry_id=f"e-{n}", area="TTHC", code=f"HG-{n}") for n in (1, 2, 3)]
    places = {
        "e-1": Place(frozenset(), frozenset()),
        "e-2": Place(frozenset({"j-1"}), frozenset({"j-1"})),
        "e-3": Place(frozenset({"j-2"}), frozenset()),
    }
    free = {"e-1": ("j-1",), "e-2": ("j-1",), "e-3": ("j-2", "j-3")}
    field = Field(
        entries=entries,
        found=Survey(free=free, kept_away={entry.entry_id: {} for entry in entries}),
        desks=[Desk(judge_id="j-1", most=1), Desk(judge_id="j-2"), Desk(judge_id="j-3")],
        apart=(),
        rules=FIRST,
        seed="1",
        places=places,
    )
    asked = []

    def solve(problem):
        asked.append(len(problem.entries))
        return answer(problem)

    assert fill(solve, field, [Opening("e-1", "j-9")]) == {}
    assert asked == [1]
    movable = replace_place(field, "e-2", Place(frozenset({"j-1"}), frozenset()))
    assert not can_make_room(movable, {}, [Opening("e-1", "j-9")])  # nobody else has e-2


def replace_place(field, entry_id, place):
    return dataclasses.replace(field, places={**field.places, entry_id: place})


def test_whoever_is_named_steps_in_where_they_may():
    field = a_round(free=("j-1", "j-2", "j-3"))

    assert fill(answer, field, [Opening("e-1", "j-9", "j-3")]) == came("j-3")
    parted = a_round(free=("j-1", "j-2", "j-3"), apart=[("j-1", "j-3")])
    assert fill(answer, parted, [Opening("e-1", "j-9", "j-3")]) == came("j-2")


def test_what_is_not_worked_out_in_time_leaves_places_open():
    def never(_problem):
        raise NotWorkedOut

    field = a_round(free=("j-1", "j-2"))

    assert fill(never, field, [Opening("e-1", "j-9")]) == {}
    assert fill(lambda _problem: Answer(), field, [Opening("e-1", "j-9")]) == {}


def test_where_all_free_judges_mark_they_step_in_only_when_nobody_is_left():
    marked = a_round(free=("j-1", "j-2", "j-3"), rules=LAST)
    empty = a_round(free=("j-2", "j-3"), has=(), rules=LAST)

    assert everybody(marked, [Opening("e-1", "j-9")]) == {}
    assert fill(answer, marked, [Opening("e-1", "j-9", "j-3")]) == came("j-3")
    assert fill(answer, empty, [Opening("e-1", "j-9")]) == came("j-2", "j-3")


def a_round(*, free, has=("j-1",), apart=(), rules=FIRST):
    return Field(
        entries=[Entry(entry_id="e-1", area="TTHC", code="HG-1")],
        found=Survey(free={"e-1": free}, kept_away={"e-1": {}}),
        desks=[Desk(judge_id=name) for name in NAMES],
        apart=apart,
        rules=rules,
        seed="1",
        places={"e-1": Place(frozenset(has), frozenset(has))},
    )


def came(*names):
    return {"e-1": (frozenset(), frozenset(names))}
