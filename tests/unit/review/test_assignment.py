"""Sharing entries out: nobody in conflict, nobody overburdened."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.assignment import assign, replacement

JUDGES = [f"j-{number}" for number in range(1, 8)]


def loads_of(panels, judges) -> list[int]:
    return [sum(judge in panel for panel in panels.values()) for judge in judges]


@st.composite
def fields(draw, judges=7, entries=16, per_entry=3):
    """Draw who is free for what, with enough free judges for every entry."""
    known = JUDGES[: draw(st.integers(1, judges))]
    needed = draw(st.integers(1, min(per_entry, len(known))))
    free = {
        f"e-{number}": tuple(
            sorted(draw(st.sets(st.sampled_from(known), min_size=needed, max_size=len(known))))
        )
        for number in range(draw(st.integers(0, entries)))
    }
    return free, needed


def test_seven_judges_share_sixteen_entries_evenly():
    panels = assign({f"e-{number}": JUDGES for number in range(16)}, 3)

    assert sorted(loads_of(panels, JUDGES)) == [6, 7, 7, 7, 7, 7, 7]


def test_exchange_evens_what_greed_leaves_uneven():
    free = {"e-1": ("j-1", "j-2"), "e-2": ("j-1", "j-2"), "e-3": ("j-1",), "e-4": ("j-1",)}

    panels = assign(free, 1)

    assert panels == {"e-1": ("j-2",), "e-2": ("j-2",), "e-3": ("j-1",), "e-4": ("j-1",)}


def test_latecomers_go_to_those_who_carry_least():
    panels = assign({"e-9": ("j-1", "j-2", "j-3")}, 2, {"j-1": 5, "j-2": 4})

    assert panels == {"e-9": ("j-2", "j-3")}


def test_without_a_number_every_free_judge_marks():
    assert assign({"e-1": ("j-1", "j-3"), "e-2": ("j-2",)}, None) == {
        "e-1": ("j-1", "j-3"),
        "e-2": ("j-2",),
    }


@given(fields())
def test_every_entry_gets_its_number_of_judges_and_none_in_conflict(drawn):
    free, needed = drawn

    panels = assign(free, needed)

    assert panels.keys() == free.keys()
    assert all(len(set(panel)) == len(panel) == needed for panel in panels.values())
    assert all(set(panel) <= set(free[entry]) for entry, panel in panels.items())


@given(fields(judges=4, entries=5))
def test_loads_are_as_even_as_any_assignment_could_make_them(drawn):
    free, needed = drawn
    judges = sorted({judge for known in free.values() for judge in known})
    choices = [list(combinations(known, needed)) for known in free.values()]
    thinkable = [
        sum(load**2 for load in loads_of(dict(enumerate(chosen)), judges))
        for chosen in product(*choices)
    ]

    panels = assign(free, needed)

    assert sum(load**2 for load in loads_of(panels, judges)) == min(thinkable)


@given(st.integers(1, 7), st.integers(0, 40), st.data())
def test_without_conflicts_loads_differ_by_one_at_most(judges, entries, data):
    needed = data.draw(st.integers(1, judges))

    panels = assign({f"e-{number}": JUDGES[:judges] for number in range(entries)}, needed)

    loads = loads_of(panels, JUDGES[:judges])
    assert max(loads) - min(loads) <= 1


@given(fields())
def test_assignment_can_be_repeated(drawn):
    free, needed = drawn

    assert assign(free, needed) == assign(dict(free), needed)


@given(
    st.dictionaries(st.sampled_from(JUDGES), st.integers(0, 9)), st.sets(st.sampled_from(JUDGES))
)
def test_least_busy_free_judge_steps_in(loads, panel):
    chosen = replacement(JUDGES, panel, loads)

    spare = set(JUDGES) - panel
    least = min((loads.get(judge, 0) for judge in spare), default=None)
    assert chosen is None if not spare else (chosen in spare and loads.get(chosen, 0) == least)
