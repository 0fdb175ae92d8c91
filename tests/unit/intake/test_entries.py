"""The life of an entry."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Supplement
from services.intake.domain.eligibility import Author
from services.intake.domain.entries import (
    NEXT,
    Entry,
    Incomplete,
    NoMoreReturns,
    State,
    WrongState,
    missing_papers,
)
from services.intake.domain.windows import DeadlinePassed, SupplementOverdue
from services.intake.rules import check

RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
IN_TIME = datetime(2022, 7, 1, 2, tzinfo=UTC)
TOO_LATE = datetime(2022, 8, 15, 17, tzinfo=UTC)
DUE = datetime(2022, 8, 22, 17, tzinfo=UTC)
ONCE = Supplement(max_requests=1, working_days=5, never_after_closing_by=5)
CODE = "H30-220701-0001"
END_STATES = {State.REFUSED, State.WITHDRAWN, State.DISQUALIFIED}


def an_entry(state: State = State.DRAFT) -> Entry:
    return Entry(
        entry_id="e-1",
        contest_id="HG-CCHC-2022",
        kind="INDIVIDUAL",
        group="NGUOI_DAN",
        title="Nộp hồ sơ một lần",
        summary="Một lần cho mọi thủ tục.",
        area="TTHC",
        channel="ONLINE",
        filed_by="p-1",
        authors=(Author("p-1", "Nguyễn Văn An"),),
        state=state,
    )


def test_handing_in_keeps_the_receipt_of_the_first_time():
    first = an_entry().hand_in(IN_TIME, CODE, ("BAN_CAM_KET",))

    second = first.give_back(ONCE, DUE).hand_in(TOO_LATE, "H30-220815-0009", ())

    assert second == replace(
        an_entry(State.SUBMITTED),
        version=2,
        returns=1,
        declarations=("BAN_CAM_KET",),
        receipt_code=CODE,
        received_at=IN_TIME,
    )


def test_draft_is_handed_in_within_the_window_only():
    an_entry().check_time(RULES, IN_TIME)

    with pytest.raises(DeadlinePassed):
        an_entry().check_time(RULES, TOO_LATE)


def test_returned_entry_is_handed_in_after_the_window_but_before_it_is_due():
    returned = replace(an_entry(State.RETURNED), due_at=DUE)

    returned.check_time(RULES, TOO_LATE)

    with pytest.raises(SupplementOverdue):
        returned.check_time(RULES, DUE)


def test_entry_is_not_returned_more_often_than_the_rules_allow():
    again = an_entry().hand_in(IN_TIME, CODE, ()).give_back(ONCE, DUE).hand_in(IN_TIME, CODE, ())

    with pytest.raises(NoMoreReturns, match="1 times"):
        again.give_back(ONCE, DUE)


def test_incomplete_dossier_is_not_accepted():
    with pytest.raises(Incomplete, match="without BAN_THUYET_MINH"):
        an_entry(State.SUBMITTED).accept(("BAN_THUYET_MINH",))


def test_decision_twice_is_refused_naming_the_state():
    with pytest.raises(WrongState, match="is ACCEPTED; it cannot become ACCEPTED"):
        an_entry(State.ACCEPTED).accept(())


@pytest.mark.parametrize("state", [state for state in State if state not in ("DRAFT", "RETURNED")])
def test_documents_are_not_added_while_others_rely_on_the_dossier(state):
    with pytest.raises(WrongState, match=state):
        an_entry(state).check_open()


@given(st.lists(st.sampled_from(State), max_size=12))
def test_no_path_leads_out_of_an_end_state(wanted):
    entry = an_entry()

    for state in wanted:
        before = entry.state
        try:
            entry = entry.moved(state)
        except WrongState:
            assert state not in NEXT[before]
        else:
            assert before not in END_STATES


@given(st.lists(st.sampled_from(State), max_size=12))
def test_nothing_is_decided_that_was_never_handed_in(wanted):
    path = [State.DRAFT]

    for state in wanted:
        if state in NEXT[path[-1]]:
            path.append(state)

    if path[-1] in (State.ACCEPTED, State.REFUSED, State.RETURNED, State.DISQUALIFIED):
        assert State.SUBMITTED in path


required = [paper.code for paper in RULES.dossier.required]


def test_registration_is_the_entry_itself_and_a_declaration_can_be_said():
    assert missing_papers(RULES.dossier, [], []) == ("BAN_THUYET_MINH", "BAN_CAM_KET")
    assert missing_papers(RULES.dossier, ["BAN_THUYET_MINH"], ["BAN_CAM_KET"]) == ()


def test_saying_that_there_is_a_description_does_not_make_one():
    assert missing_papers(RULES.dossier, [], required) == ("BAN_THUYET_MINH",)


@given(st.sets(st.sampled_from(required)), st.sets(st.sampled_from(required)))
def test_more_papers_never_make_more_missing(some, more):
    fewer = set(missing_papers(RULES.dossier, some | more, []))

    assert fewer <= set(missing_papers(RULES.dossier, some, []))
    assert fewer.isdisjoint(some | more)
