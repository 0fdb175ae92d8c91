"""When a round may open or close, and whom it judges."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.entries import Entry, Exit
from services.review.domain.rounds import (
    EntriesOverlooked,
    NothingToJudge,
    Progress,
    RoundAlreadyOpen,
    RoundTooEarly,
    SheetsAwaited,
    State,
    UnknownRound,
    check_closing,
    check_complete,
    check_opening,
    is_last,
    newcomers,
    reached,
    round_of,
)
from tests.unit.review.builders import CLOSING, DAY_AFTER, FIRST, a_contest

RULES = a_contest()


def eligible(entry_id: str, **changes) -> Entry:
    known = {"submitted": 1, "accepted": 1, "cleared": 1, "title": f"Một cửa {entry_id}"}
    return Entry(entry_id=entry_id, **(known | changes))


def names(entries) -> list[str]:
    return [entry.entry_id for entry in entries]


def test_first_round_judges_the_eligible():
    entries = [eligible("e-1"), eligible("e-2", out=Exit.WITHDRAWN), eligible("e-3")]

    check_opening(RULES, "SO_KHAO", {}, entries, CLOSING)

    assert names(reached(RULES, "SO_KHAO", {}, entries)) == ["e-1", "e-3"]


def test_later_round_judges_those_who_went_on_and_are_not_out_since():
    entries = [eligible("e-1"), eligible("e-2"), eligible("e-3", out=Exit.DISQUALIFIED)]
    progress = {"SO_KHAO": Progress(State.CLOSED, advanced=frozenset({"e-2", "e-3"}))}

    check_opening(RULES, "BAO_VE", progress, entries, DAY_AFTER)

    assert names(reached(RULES, "BAO_VE", progress, entries)) == ["e-2"]


def test_first_round_waits_for_the_end_of_intake():
    with pytest.raises(RoundTooEarly, match="2022-08-15T17:00:00"):
        check_opening(RULES, "SO_KHAO", {}, [eligible("e-1")], CLOSING - timedelta(microseconds=1))


def test_first_round_waits_for_every_decision():
    entries = [eligible("e-1"), eligible("e-2", cleared=0), eligible("e-3", accepted=0)]

    with pytest.raises(RoundTooEarly, match=r"2 entries .*: “Một cửa e-2”; “Một cửa e-3”"):
        check_opening(RULES, "SO_KHAO", {}, entries, DAY_AFTER)


def test_first_round_waits_until_the_authors_are_known():
    entries = [eligible("e-1", strangers=frozenset({"p-9"}))]

    with pytest.raises(RoundTooEarly, match=r"authors of 1 entries .*: “Một cửa e-1”"):
        check_opening(RULES, "SO_KHAO", {}, entries, DAY_AFTER)


@pytest.mark.parametrize("before", [{}, {"SO_KHAO": Progress(State.OPEN)}])
def test_later_round_waits_for_the_one_before(before):
    with pytest.raises(RoundTooEarly, match="Close the round “Vòng sơ khảo” first"):
        check_opening(RULES, "BAO_VE", before, [eligible("e-1")], DAY_AFTER)


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_round_opens_once(state):
    progress = {"SO_KHAO": Progress(state, entered=frozenset({"e-1"}))}

    with pytest.raises(RoundAlreadyOpen):
        check_opening(RULES, "SO_KHAO", progress, [eligible("e-1")], DAY_AFTER)


def test_open_round_opens_again_for_newcomers():
    progress = {"SO_KHAO": Progress(State.OPEN, entered=frozenset({"e-1"}))}
    entries = [eligible("e-1"), eligible("e-2")]

    check_opening(RULES, "SO_KHAO", progress, entries, DAY_AFTER)

    assert names(newcomers(RULES, "SO_KHAO", progress, entries)) == ["e-2"]


def test_closed_round_has_no_room_for_newcomers():
    progress = {"SO_KHAO": Progress(State.CLOSED, entered=frozenset({"e-1"}))}

    with pytest.raises(RoundAlreadyOpen):
        check_opening(RULES, "SO_KHAO", progress, [eligible("e-2")], DAY_AFTER)


def test_round_that_would_leave_an_eligible_entry_out_stays_open():
    progress = {"SO_KHAO": Progress(State.OPEN, entered=frozenset({"e-1"}))}

    with pytest.raises(EntriesOverlooked, match=r"1 entries .*: “Một cửa e-2”"):
        check_closing(RULES, "SO_KHAO", progress, [eligible("e-1"), eligible("e-2")], DAY_AFTER)


def test_round_in_which_all_eligible_are_may_close():
    progress = {"SO_KHAO": Progress(State.OPEN, entered=frozenset({"e-1"}))}
    gone = eligible("e-2", out=Exit.REFUSED)

    check_closing(RULES, "SO_KHAO", progress, [eligible("e-1"), gone], DAY_AFTER)


def test_round_without_entries_does_not_open():
    with pytest.raises(NothingToJudge):
        check_opening(RULES, "SO_KHAO", {}, [eligible("e-1", out=Exit.DUPLICATE)], DAY_AFTER)


def test_round_that_the_rules_do_not_know_is_refused():
    with pytest.raises(UnknownRound, match="CHUNG_KET"):
        round_of(RULES, "CHUNG_KET")


def test_last_round_is_the_last_of_the_rules():
    assert [is_last(RULES, "SO_KHAO"), is_last(RULES, "BAO_VE")] == [False, True]
    assert is_last(a_contest(FIRST), "SO_KHAO")


def test_round_with_sheets_to_come_stays_open_and_says_which():
    with pytest.raises(SheetsAwaited, match=r"HG-01 \(2\), HG-03 \(1\)\."):
        check_complete({"HG-03": 1, "HG-02": 0, "HG-01": 2})


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 2)))
def test_round_closes_exactly_when_no_sheet_is_awaited(awaited):
    if any(awaited.values()):
        with pytest.raises(SheetsAwaited):
            check_complete(awaited)
    else:
        check_complete(awaited)


entries_drawn = st.lists(
    st.builds(
        Entry,
        entry_id=st.uuids().map(str),
        submitted=st.integers(0, 2),
        accepted=st.integers(0, 2),
        cleared=st.integers(0, 2),
        out=st.none() | st.sampled_from(Exit),
    ),
    max_size=6,
)


@given(entries_drawn)
def test_open_first_round_leaves_out_only_entries_that_are_out(entries):
    try:
        check_opening(RULES, "SO_KHAO", {}, entries, DAY_AFTER)
    except (RoundTooEarly, NothingToJudge):
        return

    judged = names(reached(RULES, "SO_KHAO", {}, entries))
    assert judged == [entry.entry_id for entry in entries if entry.out is None]
