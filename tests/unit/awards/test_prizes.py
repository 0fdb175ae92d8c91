"""Who gets which prize, and how the list is approved."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.reckoning import Place, Vote
from services.awards.domain.prizes import (
    AlreadyApproved,
    AlreadyPublished,
    Approval,
    ApprovalsMissing,
    Batch,
    Drawn,
    Line,
    MinutesMissing,
    NoPrizesProposed,
    NothingToApprove,
    NotTheTiedEntries,
    NoVoteForeseen,
    PrizeList,
    Tied,
    UnderApproval,
    allot,
    batches,
)
from tests.unit.awards.builders import CHAIRMAN, DIRECTOR, PRIZES, a_prize, some_rules

RULES = some_rules()
NOW = datetime(2022, 11, 8, 2, tzinfo=UTC)


def places(*scores):
    """Place entries by score; equal scores share a rank, as nothing else parts them here."""
    marks = sorted((Decimal(score) for score in scores), reverse=True)
    return tuple(
        Place(f"e-{n}", mark, 1 + sum(other > mark for other in marks))
        for n, mark in enumerate(marks)
    )


# A few coarse scores: many ties, some below every minimum.
any_places = st.lists(st.integers(60, 95), max_size=12).map(lambda marks: places(*marks))
any_prizes = st.lists(
    st.tuples(st.integers(1, 3), st.integers(60, 95)), min_size=1, max_size=4
).map(lambda drawn: tuple(a_prize(f"P{n}", *each) for n, each in enumerate(drawn)))


def approval(authority, by="a-1"):
    return Approval(authority, by, NOW)


def drawn_list(*scores):
    outcome = allot(places(*scores), RULES.prizes)
    return PrizeList().propose(outcome)


def test_prizes_go_down_the_ranking_by_count_and_minimum_score():
    outcome = allot(places(91, 84, 79, 78, 74, 64), PRIZES)

    assert outcome == Drawn(
        (
            Line("e-0", "NHAT", Decimal(91), 1),
            Line("e-1", "NHI", Decimal(84), 2),
            Line("e-2", "BA", Decimal(79), 3),
            Line("e-3", "BA", Decimal(78), 4),
            Line("e-4", "KHUYEN_KHICH", Decimal(74), 5),
        )
    )


def test_prize_nobody_reaches_stays_unawarded():
    outcome = allot(places(84, 76), PRIZES)

    assert outcome == Drawn(
        (Line("e-0", "NHI", Decimal(84), 1), Line("e-1", "BA", Decimal(76), 2))
    )


def test_tie_across_the_edge_of_a_prize_is_found():
    assert allot(places(90, 90, 76), PRIZES) == Tied((("e-0", "e-1"),))


def test_tie_that_changes_nothing_is_let_be():
    outcome = allot(places(90, 82, 76, 76), PRIZES)

    assert [(line.prize, line.rank) for line in outcome.lines] == [
        ("NHAT", 1),
        ("NHI", 2),
        ("BA", 3),
        ("BA", 3),
    ]


def test_tie_for_the_last_prize_is_found_too():
    last = allot(places(90, 82, 79, 78, 70, 69, 68, 66, 66), PRIZES)

    assert last == Tied((("e-7", "e-8"),))


@given(any_places, any_prizes)
def test_prizes_never_exceed_counts_nor_undercut_scores(placed, prizes):
    outcome = allot(placed, prizes)

    for prize in prizes if isinstance(outcome, Drawn) else ():
        won = [line for line in outcome.lines if line.prize == prize.code]
        assert len(won) <= prize.count
        assert all(line.score >= prize.min_score for line in won)


@given(any_places, any_prizes)
def test_better_score_never_gets_a_lesser_prize(placed, prizes):
    outcome = allot(placed, prizes)
    worth = {prize.code: -n for n, prize in enumerate(prizes)}

    for line in outcome.lines if isinstance(outcome, Drawn) else ():
        for other in outcome.lines:
            if line.score > other.score:
                assert worth[line.prize] >= worth[other.prize]


@given(any_places, any_prizes)
def test_nobody_eligible_is_passed_over(placed, prizes):
    outcome = allot(placed, prizes)
    winners = {line.entry_id for line in outcome.lines} if isinstance(outcome, Drawn) else None

    for place in placed if winners is not None else ():
        if place.entry_id not in winners:
            for prize in prizes:
                won = [line for line in outcome.lines if line.prize == prize.code]
                assert place.score < prize.min_score or len(won) == prize.count


@given(any_places, any_prizes)
def test_tie_is_found_exactly_when_the_order_of_equals_would_matter(placed, prizes):
    def given_when(equals_by):
        ordered = sorted(placed, key=lambda place: (place.rank, equals_by(place.entry_id)))
        parted = tuple(Place(p.entry_id, p.score, n) for n, p in enumerate(ordered, start=1))
        return {line.entry_id: line.prize for line in allot(parted, prizes).lines}

    matters = given_when(lambda id_: int(id_[2:])) != given_when(lambda id_: -int(id_[2:]))

    assert isinstance(allot(placed, prizes), Tied) == matters


@given(any_places, any_prizes, st.randoms())
def test_order_of_equals_in_the_input_does_not_matter(placed, prizes, random):
    shuffled = sorted(random.sample(placed, k=len(placed)), key=lambda place: place.rank)
    first, second = allot(placed, prizes), allot(tuple(shuffled), prizes)

    match first, second:
        case Drawn(lines), Drawn(others):
            assert set(lines) == set(others)
        case Tied(ties), Tied(others):
            assert {frozenset(tie) for tie in ties} == {frozenset(tie) for tie in others}
        case _:
            pytest.fail("one order ties, the other does not")


def test_list_goes_from_nothing_to_published():
    listed = PrizeList()
    states = [listed.state(RULES)]

    listed = listed.propose(allot(places(90, 70), PRIZES))
    states.append(listed.state(RULES))
    listed = listed.approve(approval("GD_SNV"), RULES).approve(approval("CT_UBND"), RULES)
    states.append(listed.state(RULES))
    listed = listed.publish(NOW, RULES)
    states.append(listed.state(RULES))

    assert states == ["NONE", "PROPOSED", "APPROVED", "PUBLISHED"]


def test_authority_is_awaited_only_for_prizes_awarded():
    assert drawn_list(90, 82).awaited(RULES) == ("CT_UBND",)
    assert drawn_list(70).awaited(RULES) == ("GD_SNV",)


def test_empty_list_needs_no_approval():
    listed = drawn_list(50)

    assert listed.state(RULES) == "APPROVED"
    assert listed.publish(NOW, RULES).published_at == NOW


def test_each_authority_approves_once_and_only_its_own():
    listed = drawn_list(90, 82).approve(approval("CT_UBND"), RULES)

    with pytest.raises(AlreadyApproved):
        listed.approve(approval("CT_UBND"), RULES)
    with pytest.raises(NothingToApprove):
        listed.approve(approval("GD_SNV"), RULES)


def test_nothing_can_be_approved_or_published_before_a_proposal():
    with pytest.raises(NoPrizesProposed):
        PrizeList().approve(approval("CT_UBND"), RULES)
    with pytest.raises(NoPrizesProposed):
        PrizeList().publish(NOW, RULES)


def test_publication_waits_for_every_authority():
    listed = drawn_list(90, 82, 70).approve(approval("CT_UBND"), RULES)

    with pytest.raises(ApprovalsMissing, match="Not approved yet by GD_SNV"):
        listed.publish(NOW, RULES)


def test_approved_list_is_not_drawn_up_again():
    listed = drawn_list(90, 70).approve(approval("CT_UBND"), RULES)

    with pytest.raises(UnderApproval):
        listed.propose(allot(places(90, 70), PRIZES))


@pytest.mark.parametrize(
    "change",
    [
        lambda listed: listed.propose(Tied(())),
        lambda listed: listed.resolve(Vote(("e-1",), "01"), RULES),
        lambda listed: listed.approve(approval("CT_UBND"), RULES),
        lambda listed: listed.publish(NOW, RULES),
    ],
)
def test_published_list_is_final(change):
    listed = drawn_list(90).approve(approval("CT_UBND"), RULES).publish(NOW, RULES)

    with pytest.raises(AlreadyPublished):
        change(listed)


def test_vote_settles_exactly_the_tie_it_orders():
    listed = PrizeList().propose(Tied((("e-1", "e-2"), ("e-5", "e-6"))))

    settled = listed.resolve(Vote(("e-2", "e-1"), "07/BB-BGK"), RULES)

    assert settled == PrizeList(ties=(("e-5", "e-6"),), votes=(Vote(("e-2", "e-1"), "07/BB-BGK"),))


@pytest.mark.parametrize(
    "order", [(), ("e-1",), ("e-1", "e-3"), ("e-1", "e-2", "e-2"), ("e-1", "e-2", "e-3")]
)
def test_vote_on_anything_else_is_refused(order):
    listed = PrizeList().propose(Tied((("e-1", "e-2"),)))

    with pytest.raises(NotTheTiedEntries, match="the ties are e-1, e-2"):
        listed.resolve(Vote(order, "07/BB-BGK"), RULES)


def test_vote_that_no_minutes_record_is_refused():
    listed = PrizeList().propose(Tied((("e-1", "e-2"),)))

    with pytest.raises(MinutesMissing):
        listed.resolve(Vote(("e-1", "e-2"), " "), RULES)


def test_vote_is_refused_where_the_rules_name_none():
    listed = PrizeList().propose(Tied((("e-1", "e-2"),)))

    with pytest.raises(NoVoteForeseen):
        listed.resolve(Vote(("e-1", "e-2"), "07/BB-BGK"), some_rules(chain=("BAO_VE.total",)))


def test_list_that_names_an_entry_now_out_is_dropped_with_its_approvals():
    listed = drawn_list(90, 70).approve(approval("CT_UBND"), RULES)

    assert listed.without("e-0") == PrizeList(drawn=1)
    assert listed.without("e-9") == listed


def test_tie_with_an_entry_now_out_is_dropped_and_votes_are_kept():
    vote = Vote(("e-5", "e-6"), "07/BB-BGK")
    listed = PrizeList(ties=(("e-1", "e-2"),), votes=(vote,))

    assert listed.without("e-2") == PrizeList(votes=(vote,))


def test_published_list_outlives_what_happens_later():
    listed = drawn_list(90).approve(approval("CT_UBND"), RULES).publish(NOW, RULES)

    assert listed.without("e-0") == listed
    assert listed.reopened() == listed
    assert drawn_list(90).reopened() == PrizeList(drawn=1)


def test_each_decision_covers_one_authority():
    listed = drawn_list(90, 82, 70)

    assert batches(listed, RULES) == (
        Batch(CHAIRMAN, "BANG_KHEN", listed.lines[:2]),
        Batch(DIRECTOR, "GIAY_KHEN", listed.lines[2:]),
    )
    assert [batch.body for batch in batches(listed, RULES)] == [
        "ỦY BAN NHÂN DÂN TỈNH HẬU GIANG",
        "ỦY BAN NHÂN DÂN TỈNH HẬU GIANG / SỞ NỘI VỤ",
    ]
