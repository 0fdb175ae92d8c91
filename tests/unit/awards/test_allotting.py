"""Properties of giving prizes: counts, nobody passed over, shares as declared, any input order."""

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from contracts.rules import Awarding, Rounding
from contracts.rules.reckoning import Vote
from services.awards.domain.classes import draw
from services.awards.domain.prizes import (
    Council,
    Drawn,
    Limit,
    Line,
    MustBeAwarded,
    Named,
    NoSuchPrize,
    NotForASidePrize,
    Passed,
    Tied,
    TooManyPrizes,
    allot,
)
from tests.unit.awards.builders import PRIZES, a_candidate, a_prize, some_rules
from tests.unit.awards.test_prizes import any_places, places

SHARED = ("never", "split", "each")
any_prizes = st.lists(
    st.tuples(st.integers(1, 3), st.integers(60, 95), st.sampled_from(SHARED)),
    min_size=1,
    max_size=4,
).map(
    lambda drawn: tuple(
        a_prize(f"P{n}", count, bar, shared=shared, money_vnd=9_000_000)
        for n, (count, bar, shared) in enumerate(drawn)
    )
)
any_awarding = st.builds(
    Awarding,
    after_share=st.sampled_from(("all", "fewer")),
    per_author=st.sampled_from(("every", "best")),
)
# Few authors for many entries, so that one often has several.
any_authors = st.dictionaries(
    st.integers(0, 11).map(lambda n: f"e-{n}"),
    st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=2),
)


def winners(outcome):
    return outcome.lines if isinstance(outcome, Drawn) else ()


@given(any_places, any_prizes, any_awarding, any_authors)
def test_more_win_a_prize_than_there_are_only_where_equals_share_it(
    placed, prizes, awarding, authors
):
    outcome = allot(placed, prizes, awarding, authors)
    ranks = defaultdict(list)
    for line in winners(outcome):
        ranks[line.prize].append(line.rank)

    for prize in prizes:
        won = ranks[prize.code]
        last = Counter(won)[max(won)] if won else 0
        assert len(won) <= prize.count or (
            prize.shared != "never" and last > 1 and len(won) - last < prize.count
        )


@given(any_places, any_prizes, any_awarding, any_authors)
def test_split_prizes_never_cost_more_than_the_rules_give(placed, prizes, awarding, authors):
    outcome = allot(placed, prizes, awarding, authors)

    for prize in prizes:
        lines = [line for line in winners(outcome) if line.prize == prize.code]
        if prize.shared != "each":
            assert sum(Fraction(line.parts, line.of) for line in lines) <= prize.count
        else:
            assert all((line.parts, line.of) == (1, 1) for line in lines)


@given(any_places, any_prizes, any_awarding, any_authors)
def test_nobody_better_goes_without_unless_their_author_holds_a_prize(
    placed, prizes, awarding, authors
):
    outcome = allot(placed, prizes, awarding, authors)
    if isinstance(outcome, Tied):
        return
    worth = {prize.code: n for n, prize in enumerate(prizes)}
    got = {line.entry_id: worth[line.prize] for line in outcome.lines}
    passed = {one.entry_id: one.by for one in outcome.passed}

    for one in placed:
        for other in placed:
            if one.rank < other.rank and other.entry_id in got and one.entry_id not in passed:
                assert got[one.entry_id] <= got[other.entry_id]
    for entry, by in passed.items():
        assert awarding.per_author == "best"
        assert authors[entry] & authors[by]
        assert by in got


@given(any_places, any_prizes, any_authors, st.sampled_from(("all", "fewer")))
def test_an_author_who_may_win_once_wins_once(placed, prizes, authors, after):
    awarding = Awarding(per_author="best", after_share=after)

    outcome = allot(placed, prizes, awarding, authors)

    held = Counter(
        author for line in winners(outcome) for author in authors.get(line.entry_id, ())
    )
    assert all(prizes == 1 for prizes in held.values())


@given(any_places, any_prizes, any_awarding, any_authors, st.randoms())
def test_the_order_of_the_input_changes_nothing(placed, prizes, awarding, authors, random):
    shuffled = tuple(random.sample(placed, k=len(placed)))

    assert allot(shuffled, prizes, awarding, authors) == allot(placed, prizes, awarding, authors)


@given(any_places, any_prizes, any_awarding, any_authors)
def test_parting_every_tie_by_a_vote_always_leads_to_a_list(placed, prizes, awarding, authors):
    parted = tuple(replace(place, rank=n) for n, place in enumerate(placed, start=1))

    assert isinstance(allot(parted, prizes, awarding, authors), Drawn)


def test_equals_share_what_is_left_of_a_prize():
    prizes = (a_prize("NHAT", 1, 85, shared="split"), a_prize("NHI", 2, 80))

    outcome = allot(places(90, 90, 88, 84, 83), prizes)

    assert outcome == Drawn(
        (
            Line("e-0", "NHAT", Decimal(90), 1, 1, 2),
            Line("e-1", "NHAT", Decimal(90), 1, 1, 2),
            Line("e-2", "NHI", Decimal(88), 3),
            Line("e-3", "NHI", Decimal(84), 4),
        )
    )


def test_two_firsts_leave_one_second_fewer_where_the_rules_say_so():
    prizes = (a_prize("NHAT", 1, 85, shared="each"), a_prize("NHI", 2, 80))

    outcome = allot(places(90, 90, 88, 84), prizes, Awarding(after_share="fewer"))

    assert [(line.entry_id, line.prize) for line in outcome.lines] == [
        ("e-0", "NHAT"), ("e-1", "NHAT"), ("e-2", "NHI"),
    ]  # fmt: skip


def test_an_entry_is_passed_over_for_a_better_one_of_its_author():
    authors = {"e-0": frozenset("a"), "e-1": frozenset("ab"), "e-2": frozenset("b")}
    best = Awarding(per_author="best")

    outcome = allot(places(90, 86, 82), PRIZES[:2], best, authors)

    assert [(line.entry_id, line.prize) for line in outcome.lines] == [
        ("e-0", "NHAT"), ("e-2", "NHI"),
    ]  # fmt: skip
    assert outcome.passed == (Passed("e-1", "e-0"),)


def test_which_of_an_authors_equal_entries_wins_is_not_guessed():
    authors = {"e-0": frozenset("a"), "e-1": frozenset("a")}

    outcome = allot(places(82, 82), (a_prize("NHI", 2, 80),), Awarding(per_author="best"), authors)

    assert outcome == Tied((("e-0", "e-1"),))


def side_rules(by, count=1):
    side = a_prize("PHU", count, 10, side_by=by)
    return some_rules(prizes=(*PRIZES[:1], side), final_rounding=Rounding(places=2))


def test_an_entry_passed_over_again_for_a_side_prize_is_told_once():
    field = (a_candidate("a", 95, 95), a_candidate("b", 90, 90), a_candidate("c", 70, 70))
    prizes = (a_prize("NHAT", 1, 85), a_prize("NHI", 1, 60), a_prize("PHU", 1, 10))
    side = structs.replace(prizes[2], side_by="SO_KHAO.total")
    rules = some_rules(prizes=(*prizes[:2], side), awarding=Awarding(per_author="best"))
    authors = {"a": frozenset("y"), "b": frozenset("xy"), "c": frozenset("x")}

    _, outcome = draw(field, rules, Council(), {}, authors)

    assert outcome.passed == (Passed("b", "a"),)


def test_a_side_prize_goes_to_the_best_by_its_value_who_has_no_other():
    field = (
        a_candidate("a", 95, 95, new=30),
        a_candidate("b", 80, 80, new=25),
        a_candidate("c", 84, 84, new=20),
    )

    _, outcome = draw(field, side_rules("SO_KHAO.TINH_MOI"), Council(), {})

    assert [(one.entry_id, one.prize, one.rank) for one in outcome.lines] == [
        ("a", "NHAT", 1), ("b", "PHU", 3),
    ]  # fmt: skip


def test_equals_by_the_value_of_a_side_prize_wait_for_a_vote():
    field = (a_candidate("b", 80, 80, new=25), a_candidate("c", 84, 84, new=25))
    rules = side_rules("SO_KHAO.TINH_MOI")

    _, tied = draw(field, rules, Council(), {})
    voted = Council(votes=(Vote(("b", "c"), "07/BB-BGK"),))
    _, outcome = draw(field, rules, voted, {})

    assert tied == Tied((("b", "c"),))
    assert [(one.entry_id, one.prize) for one in outcome.lines] == [("b", "PHU")]


def test_the_council_names_who_gets_its_side_prize_among_those_without_one():
    field = (a_candidate("a", 95, 95), a_candidate("b", 80, 80))
    rules = side_rules("council")
    council = Council().name(Named("PHU", ("b",), "09/BB", "Ấn tượng"), rules)

    _, outcome = draw(field, rules, council, {})

    assert [(one.entry_id, one.prize) for one in outcome.lines] == [("a", "NHAT"), ("b", "PHU")]
    with pytest.raises(NotForASidePrize, match="not such: a"):
        draw(field, rules, Council().name(Named("PHU", ("a",), "09/BB", "Vì"), rules), {})
    with pytest.raises(TooManyPrizes):
        Council().name(Named("PHU", ("a", "b"), "09/BB", "Vì"), rules)
    with pytest.raises(NoSuchPrize):
        Council().name(Named("NHAT", ("a",), "09/BB", "Vì"), rules)


def test_the_council_names_nobody_whose_author_has_the_one_prize_already():
    field = (a_candidate("a", 95, 95), a_candidate("b", 80, 80), a_candidate("c", 79, 79))
    rules = structs.replace(side_rules("council", 2), awarding=Awarding(per_author="best"))
    authors = {"a": frozenset("x"), "b": frozenset("xy"), "c": frozenset("y")}

    for named in (("b",), ("c", "b")):
        council = Council().name(Named("PHU", named, "09/BB", "Ấn tượng"), rules)
        with pytest.raises(NotForASidePrize, match="an author of these has one: b"):
            draw(field, rules, council, {}, authors)

    council = Council().name(Named("PHU", ("c",), "09/BB", "Ấn tượng"), rules)
    _, outcome = draw(field, rules, council, {}, authors)
    assert [(one.entry_id, one.prize) for one in outcome.lines] == [("a", "NHAT"), ("c", "PHU")]


def test_of_a_side_prize_left_unawarded_and_named_the_later_decision_holds():
    rules = structs.replace(side_rules("council", 2), awarding=Awarding(may_leave_unawarded=True))
    named, limit = Named("PHU", ("a", "b"), "09/BB", "Vì"), Limit("PHU", 1, "10/BB", "Vì")
    fewer = Named("PHU", ("b",), "11/BB", "Vì")

    assert Council().name(named, rules).limit(limit, rules) == Council(limits=(limit,))
    assert Council().limit(limit, rules).name(named, rules) == Council(named=(named,))
    assert Council().limit(limit, rules).name(fewer, rules) == Council((), (limit,), (fewer,))


def test_a_prize_is_left_unawarded_only_where_the_rules_let_the_council():
    limit = Limit("BA", 1, "08/BB-BTC", "Chưa xứng đáng.")
    lets = structs.replace(some_rules(), awarding=Awarding(may_leave_unawarded=True))

    assert [one.count for one in Council().limit(limit, lets).left(PRIZES)] == [1, 1, 1, 4]
    with pytest.raises(MustBeAwarded):
        Council().limit(limit, some_rules())
    with pytest.raises(TooManyPrizes):
        Council().limit(Limit("BA", 3, "08/BB", "Vì"), lets)
