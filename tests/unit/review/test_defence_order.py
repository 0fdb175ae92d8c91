"""Orders of a defence day: as few leavings as brute force finds, nobody in two places."""

from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.review.assigning.ordering import order
from services.review.assigning.polishing import polish, pull_forward
from services.review.domain.defence.puzzle import Puzzle, Talk, check_order, cost, leavings

JUDGES = ("j-1", "j-2", "j-3", "j-4")


def a_talk(code, *away, room="A", places=range(6), people=()) -> Talk:
    return Talk(code=code, room=room, places=tuple(places), people=people, away=away)


def every_order(puzzle):
    """Yield all orders that keep to a puzzle."""
    for places in product(*(talk.places for talk in puzzle.talks)):
        found = dict(zip((talk.code for talk in puzzle.talks), places, strict=True))
        try:
            check_order(puzzle, found)
        except ValueError:
            continue
        yield found


@st.composite
def puzzles(draw, most=4):
    """Talks in two rooms, some of which cannot have every place, some with people in common."""
    many = draw(st.integers(1, most))
    slots = draw(st.integers(many, many + 1))
    rooms = draw(st.lists(st.sampled_from("AB"), min_size=many, max_size=many))
    talks = []
    for number in range(many):
        places = draw(st.just(set(range(slots))) | st.sets(st.integers(0, slots - 1), min_size=1))
        judges = draw(st.sets(st.sampled_from(JUDGES)))
        busy = draw(st.sets(st.sampled_from(("p-1", "p-2", "p-3")), max_size=1))
        talks.append(
            a_talk(
                f"E-{number}",
                *sorted(judges),
                room=rooms[number],
                places=sorted(places),
                people=tuple(sorted(busy)),
            )
        )
    return Puzzle(talks=tuple(talks), seed=draw(st.sampled_from("abc")))


@settings(deadline=None, max_examples=60)
@given(puzzles())
def test_no_order_is_better_than_the_one_found(puzzle):
    best = min((cost(puzzle.talks, places) for places in every_order(puzzle)), default=None)

    found = order(puzzle)

    if best is None:
        assert (found.places, found.is_settled) == ({}, True)
        return
    check_order(puzzle, found.places)
    assert (found.leavings, found.at_least) == (best, best)
    assert cost(puzzle.talks, found.places) == best


@settings(deadline=None, max_examples=20)
@given(puzzles(most=6))
def test_polishing_and_waiting_less_never_make_an_order_worse_or_wrong(puzzle):
    for places in islice(every_order(puzzle), 3):
        polished = polish(puzzle, places)
        sooner = pull_forward(puzzle, polished)

        check_order(puzzle, sooner)
        assert cost(puzzle.talks, sooner) == cost(puzzle.talks, polished)
        assert cost(puzzle.talks, polished) <= cost(puzzle.talks, places)
        assert all(sooner[code] <= polished[code] for code in sooner)


@pytest.mark.parametrize(
    ("outs", "many"),
    [
        ([], 0),
        (["", "", ""], 0),
        (["a", "a", "", "a"], 2),
        (["ab", "b", "bc", "c"], 3),
        (["", "abc"], 3),
    ],
)
def test_a_judge_out_for_talks_that_follow_one_another_leaves_once(outs, many):
    assert leavings(outs) == many


def test_a_break_does_not_bring_anybody_back():
    puzzle = Puzzle(talks=(a_talk("E-1", "j-1", places=(0,)), a_talk("E-2", "j-1", places=(5,))))

    assert order(puzzle).leavings == 1


def test_forty_finalists_are_put_in_the_best_order():
    talks = tuple(
        a_talk(f"E-{number:02}", *(JUDGES[one] for one in range(4) if (number >> one) % 2),
               places=range(40))
        for number in range(40)
    )  # fmt: skip

    found = order(Puzzle(talks=talks, seed="lot"))

    check_order(Puzzle(talks=talks), found.places)
    assert found.is_best
    assert found.leavings == 8  # a Gray code of four digits turns one on eight times


def test_a_seed_decides_among_equals_and_always_alike():
    talks = tuple(a_talk(f"E-{number}", places=range(8)) for number in range(8))

    orders = {seed: order(Puzzle(talks=talks, seed=seed)).places for seed in "abcd"}

    assert orders["a"] == order(Puzzle(talks=talks[::-1], seed="a")).places
    assert len({tuple(sorted(places.items())) for places in orders.values()}) > 1


def test_many_limits_still_get_an_order_with_a_bound():
    talks = tuple(
        a_talk(
            f"E-{number:02}",
            *(f"j-{one}" for one in range(9) if (number * 7 + one * 5) % 11 == 0),
            places=[place for place in range(26) if (place + number) % 3],
        )
        for number in range(22)
    )
    puzzle = Puzzle(talks=talks, seed="lot")

    found = order(puzzle, work=0.3)

    check_order(puzzle, found.places)
    assert 0 < found.at_least <= found.leavings == cost(talks, found.places)
