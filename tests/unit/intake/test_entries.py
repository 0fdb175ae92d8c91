"""The life of an entry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import Supplement
from services.intake.domain.deadlines import Arrival, Basis, Counted, ExtensionTooShort
from services.intake.domain.eligibility import Author
from services.intake.domain.entries import (
    NEXT,
    Entry,
    Incomplete,
    NoMoreReturns,
    State,
    WrongState,
)
from services.intake.domain.windows import Calendar, SupplementOverdue
from services.intake.rules import check

RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
CALENDAR = Calendar.of(RULES)
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


def counted(at: datetime, basis: Basis = Basis.WINDOW) -> Counted:
    return Counted(at, at, basis, f"theo {basis}")


def test_handing_in_keeps_the_receipt_and_the_rule_of_the_first_time():
    first = an_entry().hand_in(counted(IN_TIME), CODE, ("BAN_CAM_KET",))

    supplement = counted(TOO_LATE, Basis.SUPPLEMENT)
    second = first.give_back(ONCE, DUE).hand_in(supplement, "H30-220815-0009", ("BAN_CAM_KET",))

    assert second == replace(
        an_entry(State.SUBMITTED),
        version=2,
        returns=1,
        declarations=("BAN_CAM_KET",),
        receipt_code=CODE,
        received_at=IN_TIME,
        counted_at=IN_TIME,
        counting_rule="theo WINDOW",
        handed_at=TOO_LATE,
    )


def test_draft_that_comes_late_is_kept_and_can_be_admitted():
    late = an_entry().count(RULES, Arrival(TOO_LATE))

    kept = an_entry().hand_in(late, CODE, ())
    admitted = kept.admit(counted(TOO_LATE, Basis.EXTENSION))

    assert (kept.state, kept.competes, kept.received_at) == (State.LATE, False, TOO_LATE)
    assert (admitted.state, admitted.counting_rule) == (State.SUBMITTED, "theo EXTENSION")


def test_late_entry_is_not_handed_in_once_more():
    with pytest.raises(WrongState, match="is LATE"):
        an_entry(State.LATE).count(RULES, Arrival(IN_TIME))


def test_returned_entry_is_handed_in_after_the_window_but_before_it_is_due():
    returned = replace(an_entry(State.RETURNED), due_at=DUE)

    assert returned.count(RULES, Arrival(TOO_LATE)) == Counted(
        TOO_LATE, TOO_LATE, Basis.SUPPLEMENT, "Bổ sung trước 24:00 22/08/2022."
    )

    with pytest.raises(SupplementOverdue):
        returned.count(RULES, Arrival(DUE))


def test_supplement_is_due_later_by_an_extension_and_never_earlier():
    returned = replace(an_entry(State.RETURNED), due_at=DUE)
    later = DUE + timedelta(days=2)

    assert returned.extend(later, CALENDAR) == replace(returned, due_at=later)

    with pytest.raises(ExtensionTooShort, match="24:00 22/08/2022"):
        returned.extend(DUE, CALENDAR)
    with pytest.raises(WrongState, match="is DRAFT; no supplement is due"):
        an_entry().extend(later, CALENDAR)


def test_entry_is_not_returned_more_often_than_the_rules_allow():
    first = an_entry().hand_in(counted(IN_TIME), CODE, ())
    again = first.give_back(ONCE, DUE).hand_in(counted(IN_TIME), CODE, ())

    with pytest.raises(NoMoreReturns, match="1 times"):
        again.give_back(ONCE, DUE)


def test_incomplete_dossier_is_not_accepted():
    with pytest.raises(Incomplete, match="without BAN_THUYET_MINH"):
        an_entry(State.SUBMITTED).accept(("BAN_THUYET_MINH",))


def test_decision_twice_is_refused_naming_the_state():
    with pytest.raises(WrongState, match="is ACCEPTED; it cannot become ACCEPTED"):
        an_entry(State.ACCEPTED).accept(())


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
        assert {State.SUBMITTED, State.LATE} & set(path)
