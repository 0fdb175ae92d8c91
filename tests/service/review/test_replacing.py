"""Judges who leave before the work is done, panels of a jury, and what stays of both."""

from datetime import date

import pytest
from msgspec.structs import replace

from contracts import intake, review
from contracts.rules import Area, JuryRules
from kernel.testing import Rejected, actor
from tests.service.review.conftest import ORGANISER, SECRETARY
from tests.unit.review.builders import LAST, a_contest

DECISION = review.Decision(number="05/QĐ-BTC", issued_on=date(2022, 8, 20))


def leave(contest, judge_id, substitute_id=None, by=ORGANISER, **other):
    asked = review.ReplaceJudge(
        contest_id="HG-2022",
        judge_id=judge_id,
        substitute_id=substitute_id,
        **({"decision": DECISION, "reason": "Đi công tác dài ngày"} | other),
    )
    return contest.bench.ask(asked, actor=by, now=contest.now, reply=review.JudgeReplacement)


def shown(contest, by=SECRETARY):
    asked = review.ShowJury(contest_id="HG-2022")
    return contest.bench.ask(asked, actor=by, reply=review.JuryView)


def noted(contest):
    asked = review.ListJuryNotes(contest_id="HG-2022")
    notes = contest.bench.ask(asked, actor=ORGANISER, reply=tuple[review.JuryNote, ...])
    return [one.words for one in notes]


def amend(contest, number=1, **changed):
    rules = replace(a_contest(), **changed)
    contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=rules, sha256="1" * 64, number=number, reason="Bổ sung"
        )
    )


@pytest.fixture(name="judging")
def judging_first(contest):
    """Two entries, each with two judges of three; the first judge of e-1 has marked it."""
    contest.seat()
    contest.register("j-4")
    contest.enter("e-1", "e-2")
    contest.open()
    first = contest.panels()["e-1"][0]
    contest.give(first, contest.code("e-1"), 80)
    return first


def test_seat_that_ends_names_its_decision_reason_and_who_came(contest, judging):
    leave(contest, judging, "j-4")

    seats = {seat.person_id: seat for seat in shown(contest).seats}
    left, came = seats[judging], seats["j-4"]
    assert (left.left_at, left.left_by, left.reason, left.substitute_id) == (
        contest.now,
        DECISION,
        "Đi công tác dài ngày",
        "j-4",
    )
    assert (came.role, came.seated_at, came.seated_by, came.left_at) == (
        left.role,
        contest.now,
        DECISION,
        None,
    )
    assert (
        f"Giám khảo {judging} thôi tham gia Ban Giám khảo theo Quyết định số 05/QĐ-BTC ngày 20"
        " tháng 08 năm 2022; thay bằng j-4. Lý do: Đi công tác dài ngày"
    ) in noted(contest)
    (said,) = contest.said(review.JudgeReplaced)
    assert said.seats == (review.Seat(person_id="j-4", role=left.role),)


@pytest.mark.parametrize("rule", ["COUNT", "WITHDRAW"])
def test_rules_say_whether_sheets_of_a_judge_who_left_count(contest, rule):
    amend(contest, jury=JuryRules(left_sheets=rule))
    contest.seat()
    contest.register("j-4")
    contest.enter("e-1")
    contest.open()
    first, second = contest.panels()["e-1"]
    contest.give(first, "HG-01", 80)

    done = leave(contest, first, "j-4")

    assert done == (
        review.JudgeReplacement(kept=("HG-01",), handed_over=(), vacant=())
        if rule == "COUNT"
        else review.JudgeReplacement(kept=(), handed_over=("HG-01",), vacant=())
    )
    contest.give(second, "HG-01", 84)
    if rule == "WITHDRAW":
        assert contest.panels()["e-1"] == tuple(sorted((second, "j-4")))
        contest.give("j-4", "HG-01", 90)
    score = {"COUNT": "82.00", "WITHDRAW": "87.00"}[rule]
    assert [str(line.score) for line in contest.close()] == [score]


def test_what_a_judge_still_owed_goes_to_the_substitute_unless_a_conflict_forbids(contest):
    contest.seat()
    contest.register("j-4", unit_id="SYT")
    contest.enter("e-1", unit_id="SYT")
    contest.enter("e-2")
    contest.open()
    leaver = next(iter(set(contest.panels()["e-1"]) & set(contest.panels()["e-2"])))
    stay = {"j-1", "j-2", "j-3"} - {leaver}

    done = leave(contest, leaver, "j-4")

    assert done.handed_over == ("HG-01", "HG-02")
    assert set(contest.panels()["e-1"]) == stay
    assert "j-4" in contest.panels()["e-2"]
    assert contest.desk(leaver) == ()


@pytest.mark.usefixtures("judging")
def test_judge_who_left_marks_no_more_and_opens_nothing(contest):
    second = contest.panels()["e-1"][1]
    leave(contest, second, "j-4")

    with pytest.raises(Rejected, match="NotYourEntry"):
        contest.give(second, contest.code("e-1"), 80)
    with pytest.raises(Rejected, match="Forbidden"):
        contest.show(by=actor("judge", "chair", id=second))


def test_seats_are_ended_by_the_organiser_with_a_number_and_a_reason(contest, judging):
    with pytest.raises(Rejected, match="Forbidden"):
        leave(contest, judging, "j-4", by=SECRETARY)
    with pytest.raises(Rejected, match="NoReasonGiven"):
        leave(contest, judging, "j-4", reason=" ")
    with pytest.raises(Rejected, match="NoReasonGiven"):
        leave(contest, judging, "j-4", decision=replace(DECISION, number=" "))
    with pytest.raises(Rejected, match="NotSeated"):
        leave(contest, "j-77", "j-4")
    with pytest.raises(Rejected, match="SeatTakenTwice"):
        leave(contest, judging, contest.panels()["e-1"][1])


def test_place_that_nobody_can_take_stays_open_until_somebody_can(contest):
    amend(contest, jury=JuryRules(quorum={"parts": 1, "of": 3}))
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    for entry_id, judges in contest.panels().items():
        for judge_id in judges:
            contest.give(judge_id, contest.code(entry_id), 80)
    second, third = "j-2", "j-3"
    contest.declare(second, "e-1")
    contest.declare(third, "e-1")

    assert [one.code for one in shown(contest).vacancies] == [contest.code("e-1")]
    contest.register("j-5")
    leave(contest, third, "j-5")

    assert contest.panels()["e-1"] == ("j-1", "j-5")
    assert shown(contest).vacancies == ()
    contest.give("j-5", contest.code("e-1"), 90)
    for judge_id in ("j-1", "j-2"):
        for one in contest.desk(judge_id):
            if one.state == "OPEN":
                contest.give(judge_id, one.code, 80)
    assert len(contest.close()) == 2


@pytest.mark.usefixtures("judging")
def test_jury_may_go_on_without_a_substitute_while_the_quorum_is_there(contest):
    amend(contest, jury_size=None)
    done = leave(contest, contest.panels()["e-1"][1])

    view = shown(contest)
    assert (view.judges, view.quorum, done.vacant) == (2, 2, ())
    with pytest.raises(Rejected, match=r"BelowQuorum|NoChair"):
        leave(contest, contest.panels()["e-1"][1])


def test_conflict_of_a_judge_who_left_withdraws_the_sheet_that_counted(contest, judging):
    leave(contest, judging, "j-4")
    assert judging in contest.panels()["e-1"]

    contest.register("p-e-1", unit_id={"j-1": "SNV", "j-2": "STP", "j-3": "STC"}[judging])

    stood_down = contest.said(review.JudgeStoodDown)[-1]
    assert (stood_down.judge_id, stood_down.kind, stood_down.sheets) == (judging, "FOUND", 1)
    assert judging not in contest.panels()["e-1"]


def test_jury_can_be_seated_anew_after_a_judge_whose_sheets_count_has_left(contest, judging):
    leave(contest, judging, "j-4")
    stay = sorted({"j-1", "j-2", "j-3", "j-4"} - {judging})

    contest.seat(*stay)

    assert {seat.person_id for seat in shown(contest).seats if seat.left_at is None} == {*stay}


AREAS = (Area(code="TTHC", name="Thủ tục hành chính"), Area(code="THE_CHE", name="Thể chế"))


def seat_panels(contest):
    panels = (
        review.SubJury(panel_id="A", name="Tiểu ban 1", areas=("TTHC",), rounds=("SO_KHAO",)),
        review.SubJury(panel_id="B", name="Tiểu ban 2", areas=("THE_CHE",), rounds=("SO_KHAO",)),
        review.SubJury(panel_id="C", name="Chung khảo", rounds=("BAO_VE",)),
    )
    seats = [review.Seat(person_id="c-1", role="CHAIR", unit_id="UBND")]
    for panel_id, people in (("A", "123"), ("B", "456"), ("C", "145")):
        seats += [
            review.Seat(
                person_id=f"k-{one}",
                role="MEMBER" if place else "CHAIR",
                unit_id=f"U{one}",
                panel_id=panel_id,
            )
            for place, one in enumerate(people)
        ]
    asked = review.SeatJury(
        contest_id="HG-2022", seats=tuple(seats), panels=panels, decision=DECISION
    )
    contest.bench.ask(asked, actor=ORGANISER)
    contest.give_keys_to("c-1", "s-1")


def test_panels_judge_their_own_fields_in_their_own_rounds(contest):
    amend(contest, areas=AREAS, jury_size=None)
    seat_panels(contest)
    contest.enter("e-1", "e-2", "e-3")

    contest.open()

    judged = {judge for judges in contest.panels().values() for judge in judges}
    assert judged <= {"c-1", "k-1", "k-2", "k-3"}
    contest.give_all(dict.fromkeys(("e-1", "e-2", "e-3"), 80))
    contest.close()
    contest.open(LAST.id)
    assert set(contest.panels(LAST.id)["e-1"]) == {"c-1", "k-1", "k-4", "k-5"}


def test_panels_are_shown_and_their_chairs_do_not_run_the_contest(contest):
    amend(contest, areas=AREAS, jury_size=None)
    seat_panels(contest)
    contest.enter("e-1")

    view = shown(contest)

    assert [panel.name for panel in view.panels] == ["Tiểu ban 1", "Tiểu ban 2", "Chung khảo"]
    assert (len(view.seats), view.judges, view.quorum) == (10, 7, 5)
    with pytest.raises(Rejected, match="Forbidden"):
        contest.open(by=actor("judge", "chair", id="k-1"))
    (line,) = noted(contest)
    assert line == (
        "Thành lập Ban Giám khảo theo Quyết định số 05/QĐ-BTC: 7 giám khảo, 0 thư ký, chia thành"
        " 3 tiểu ban."
    )


def test_substitute_takes_every_seat_of_who_left(contest):
    amend(contest, areas=AREAS, jury_size=None)
    seat_panels(contest)

    leave(contest, "k-1", "k-9", substitute_unit_id="U9")

    seats = [seat for seat in shown(contest).seats if seat.person_id == "k-9"]
    assert {(seat.panel_id, seat.role, seat.unit_id) for seat in seats} == {
        ("A", "CHAIR", "U9"),
        ("C", "CHAIR", "U9"),
    }


def test_jury_without_panels_is_seated_as_before(contest):
    contest.seat()

    (said,) = contest.said(review.JurySeated)
    assert (said.panels, said.decision) == ((), None)
