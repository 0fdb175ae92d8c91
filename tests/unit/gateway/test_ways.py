"""What the page offers about sheets that do not come agrees with what the service allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.review import AwaitedEntry, AwaitedSheets
from contracts.rules import Missing
from kernel.errors import Refused
from services.gateway import words
from services.gateway.portal import ways
from services.review.domain.missing import check_allowed, check_quorum
from tests.unit.review.builders import FIRST

NAMES = ("replace", "quorum", "extend")
ENTRIES = st.lists(
    st.builds(
        AwaitedEntry,
        code=st.sampled_from(("HG-01", "HG-02", "HG-03")),
        given=st.integers(0, 3),
        judge_ids=st.sampled_from(((), ("a",), ("a", "b"))),
        asked=st.sampled_from(((), ("c",))),
        vacant=st.integers(0, 1),
    ),
    max_size=3,
    unique_by=lambda one: one.code,
)
VIEWS = st.builds(
    AwaitedSheets,
    state=st.just("OPEN"),
    entries=ENTRIES.map(tuple),
    ways=st.sets(st.sampled_from(NAMES)).map(tuple),
    quorum=st.integers(1, 3),
    discusses=st.booleans(),
)


def allows(name, view):
    """Say whether the service's own rules refuse nothing."""
    rules = replace(FIRST, missing=Missing(ways=view.ways, quorum=view.quorum))
    given_sheets = {one.code: one.given for one in view.entries if waits(one, view)}
    try:
        check_allowed(rules, name)
        if name == "quorum":
            check_quorum(rules, given_sheets)
    except Refused:
        return False
    return True


def waits(one, view):
    """Say whether a quorum has something to do without."""
    return one.judge_ids or one.vacant or (one.asked and not view.discusses)


@given(VIEWS, st.sampled_from(NAMES))
def test_a_way_is_open_where_the_rules_allow_it_and_something_is_awaited(view, name):
    needed = {
        "replace": any(one.judge_ids for one in view.entries),
        "quorum": any(waits(one, view) for one in view.entries),
    }
    is_needed = needed.get(name, True)

    assert (ways.way(view, name).why == "") == (is_needed and allows(name, view))


@given(VIEWS, st.sampled_from(("OPENED", "CLOSED")))
def test_once_the_sheets_are_opened_only_a_quorum_helps(view, state):
    found = ways.ways(replace(view, state=state))

    is_open = {name for name, one in found.items() if not one.why}
    assert is_open <= ({"quorum"} if state == "OPENED" else set())


@given(VIEWS)
def test_everything_owed_is_owed_by_somebody(view):
    pairs = {(judge, code) for judge, codes in ways.owed(view).items() for code in codes}

    assert pairs == {(judge, one.code) for one in view.entries for judge in one.judge_ids}


@pytest.mark.parametrize("sentence", ways.SENTENCES)
def test_every_reason_is_said_in_vietnamese(sentence):
    assert sentence in words.catalogue("vi")


def test_the_entries_short_of_a_quorum_are_named():
    entries = (AwaitedEntry(code="HG-02", given=1, judge_ids=("a",)),)
    view = AwaitedSheets(
        state="OPEN", entries=entries, ways=("quorum",), quorum=2, discusses=False
    )

    found = ways.way(view, "quorum")

    said = "Mỗi bài phải có ít nhất 2 phiếu; chưa đủ: HG-02."
    assert words.say(found.why, found.params) == said
