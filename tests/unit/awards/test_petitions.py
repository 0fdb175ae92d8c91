"""Clocks and steps of petitions and complaints."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from contracts.rules import Aggregate, Calibration, Holiday, Petitions
from services.awards.domain.calendar import Calendar
from services.awards.domain.figures import as_of
from services.awards.domain.petitions import (
    AnswerMissing,
    CannotRejudge,
    NewMarksLost,
    NoSuchScope,
    NotThisStep,
    Petition,
    PetitionsNotForeseen,
    ScopeTooNarrow,
    Step,
    file_by,
    is_overdue,
)
from services.awards.law import load_law
from tests.unit.awards.builders import some_rules

CLOCKS = as_of(load_law().complaints, date(2022, 9, 1))
HOLIDAYS = tuple(Holiday(day=date(2022, 9, day)) for day in (1, 2))
RULES = some_rules(petitions=Petitions(days=5), holidays=HOLIDAYS)
AUGUST = datetime(2022, 8, 30, 17, tzinfo=UTC)  # 31 August in Vietnam


def filed(kind="COMPLAINT", at=AUGUST):
    return Petition("q-1", "HG", "e-1", kind, "Vì", "p-1", at, (Step("FILED", at, "p-1"),))


def test_five_working_days_pass_over_the_national_holiday():
    # 31/8; 5, 6, 7, 8, 9 September are the working days that follow.
    assert file_by("PETITION", AUGUST, RULES, CLOCKS) == datetime(2022, 9, 9, 17, tzinfo=UTC)


def test_a_made_up_saturday_is_worked():
    made_up = Holiday(day=date(2022, 9, 3), type=1)
    rules = some_rules(petitions=Petitions(days=5), holidays=(*HOLIDAYS, made_up))

    assert file_by("PETITION", AUGUST, rules, CLOCKS) == datetime(2022, 9, 8, 17, tzinfo=UTC)


def test_where_the_rules_give_no_window_only_the_law_does():
    with pytest.raises(PetitionsNotForeseen):
        file_by("PETITION", AUGUST, some_rules(), CLOCKS)
    assert file_by("COMPLAINT", AUGUST, some_rules(), CLOCKS) > AUGUST + timedelta(days=90)


@given(st.timedeltas(timedelta(0), timedelta(days=365)), st.integers(1, 90), st.booleans())
def test_a_term_ends_at_midnight_after_a_worked_day_and_grows_with_its_days(since, days, working):
    calendar = Calendar.of(RULES)
    start = AUGUST + since

    end = calendar.after(start, days, working=working)

    last = (end - timedelta(microseconds=1)).astimezone(calendar.zone)
    assert calendar.is_worked(last.date())
    assert end.astimezone(calendar.zone).time().isoformat() == "00:00:00"
    assert calendar.after(start, days + 1, working=working) >= end > start + timedelta(days=days)


def test_a_complaint_is_late_when_its_own_clock_has_run_out():
    complaint = filed()
    taken = complaint.accept(Step("ACCEPTED", AUGUST + timedelta(days=5), "o"), is_complex=True)

    for one, days in ((complaint, 10), (taken, 50)):
        assert not is_overdue(one, AUGUST + timedelta(days=days - 1), RULES, CLOCKS)
        assert is_overdue(one, AUGUST + timedelta(days=days + 4), RULES, CLOCKS)
    assert not is_overdue(filed("PETITION"), AUGUST + timedelta(days=400), RULES, CLOCKS)


def test_steps_follow_one_another_and_need_their_words():
    one = filed()
    later = Step("ACCEPTED", AUGUST, "o")

    with pytest.raises(NotThisStep):
        one.decide(Step("UPHELD", AUGUST, "o", "31/TB"))
    with pytest.raises(AnswerMissing):
        one.refuse(Step("REFUSED", AUGUST, "o", " "))
    taken = one.accept(later, is_complex=False)
    with pytest.raises(NotThisStep):
        taken.accept(later, is_complex=False)
    assert taken.decide(Step("DISMISSED", AUGUST, "o", "31/TB")).is_open is False


def test_only_rounds_and_criteria_of_the_rules_are_judged_again():
    taken = filed().accept(Step("ACCEPTED", AUGUST, "o"), is_complex=False)
    order = Step("REJUDGING", AUGUST, "o", "21/BB")
    first = RULES.rounds[0]

    ordered = taken.rejudge(order, RULES, "SO_KHAO", ("TINH_MOI", "TINH_MOI"))
    assert (ordered.state, ordered.criteria) == ("REJUDGING", ("TINH_MOI",))
    for round_id, criteria in (("XA", ()), ("SO_KHAO", ("DEP",))):
        with pytest.raises(NoSuchScope):
            taken.rejudge(order, RULES, round_id, criteria)
    trimmed = structs.replace(first, aggregate=Aggregate(method="trimmed_mean", drop=1))
    corrected = structs.replace(first, calibration=Calibration(counts=True))
    with pytest.raises(ScopeTooNarrow):
        taken.rejudge(order, with_first(trimmed), "SO_KHAO", ("TINH_MOI",))
    with pytest.raises(CannotRejudge):
        taken.rejudge(order, with_first(corrected), "SO_KHAO", ())


def test_judging_again_never_drops_marks_that_were_given_again_before():
    order = Step("REJUDGING", AUGUST, "o", "21/BB")
    taken = filed().accept(Step("ACCEPTED", AUGUST, "o"), is_complex=False)
    judged = taken.rejudge(order, RULES, "SO_KHAO", ("TINH_MOI",)).then(
        Step("REJUDGED", AUGUST, "o"), "REJUDGING"
    )
    upheld = judged.decide(Step("UPHELD", AUGUST, "o", "31/TB"))

    for one, others in ((judged, ()), (taken, (upheld,))):
        with pytest.raises(NewMarksLost):
            one.rejudge(order, RULES, "SO_KHAO", ("HIEU_QUA",), others)
        for criteria in ((), ("TINH_MOI", "HIEU_QUA")):
            one.rejudge(order, RULES, "SO_KHAO", criteria, others)
        one.rejudge(order, RULES, "BAO_VE", ("NOI_DUNG",), others)


def test_new_marks_are_of_the_round_that_was_judged_though_another_was_ordered_since():
    order = Step("REJUDGING", AUGUST, "o", "21/BB")
    taken = filed().accept(Step("ACCEPTED", AUGUST, "o"), is_complex=False)
    ordered = taken.rejudge(order, RULES, "SO_KHAO", ("TINH_MOI",))
    came = Step("REJUDGED", AUGUST, "review")

    as_ordered = ordered.judged_again(came, "SO_KHAO")
    too_late = ordered.rejudge(order, RULES, "BAO_VE", ("NOI_DUNG",)).judged_again(came, "SO_KHAO")

    assert (as_ordered.round_id, as_ordered.criteria) == ("SO_KHAO", ("TINH_MOI",))
    assert (too_late.round_id, too_late.criteria) == ("SO_KHAO", ())
    with pytest.raises(NotThisStep):
        as_ordered.judged_again(came, "SO_KHAO")


def with_first(round_):
    return structs.replace(RULES, rounds=(round_, *RULES.rounds[1:]))
