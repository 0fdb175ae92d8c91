"""Seating a jury and keeping its judges from entries, with a real database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contracts import intake, review
from kernel.testing import NOON, Rejected, actor
from services.review.store.jury_tables import ConflictRow
from services.review.store.tables import PersonRow
from tests.service.review.conftest import CHAIR, ORGANISER, SECRETARY


def test_seated_jury_is_announced(contest):
    contest.seat()

    assert contest.bench.announced == [
        review.JurySeated(
            contest_id="HG-2022",
            seats=(
                review.Seat(person_id="j-1", role="CHAIR", unit_id="SNV"),
                review.Seat(person_id="j-2", unit_id="STP"),
                review.Seat(person_id="j-3", unit_id="STC"),
            ),
        )
    ]


def test_only_an_organiser_seats_a_jury(contest):
    asked = review.SeatJury(contest_id="HG-2022", seats=())

    with pytest.raises(Rejected, match="Forbidden"):
        contest.bench.ask(asked, actor=SECRETARY)


def test_jury_of_a_contest_nobody_opened_is_refused(contest):
    with pytest.raises(Rejected, match="UnknownContest"):
        contest.bench.ask(review.SeatJury(contest_id="HG-2030", seats=()), actor=ORGANISER)


def test_jury_of_the_wrong_size_is_refused(contest):
    with pytest.raises(Rejected, match="WrongJurySize"):
        contest.seat("j-1", "j-2")


def test_jury_seated_anew_replaces_the_one_before(contest):
    contest.seat()
    contest.seat("j-1", "j-4", "j-5")
    contest.register("j-4")
    contest.register("j-5")
    contest.enter("e-1")

    contest.open()

    assert len(contest.panels()["e-1"]) == 2
    assert set(contest.panels()["e-1"]) <= {"j-1", "j-4", "j-5"}


def test_judge_in_an_open_round_keeps_the_seat(contest):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3")
    contest.open()

    with pytest.raises(Rejected, match="JudgeStillNeeded"):
        contest.seat("j-1", "j-2", "j-4")


def test_judge_of_the_entrys_unit_is_not_assigned_and_the_reply_says_why(contest):
    contest.seat()
    contest.enter("e-1", unit_id="SNV")

    opened = contest.open()

    assert opened == review.OpenedRound(
        entries=1,
        assignments=2,
        kept_away=(review.NotAssigned(code="HG-01", judge_id="j-1", reason="OWN_UNIT"),),
    )
    assert contest.panels() == {"e-1": ("j-2", "j-3")}


def test_judge_of_an_authors_unit_is_not_assigned(contest):
    contest.seat()
    contest.enter("e-1")
    contest.register("p-e-1", unit_id="STP")

    assert [(one.judge_id, one.reason) for one in contest.open().kept_away] == [
        ("j-2", "OWN_UNIT")
    ]


def test_judge_registered_in_another_unit_than_the_seat_says_is_kept_from_both(contest):
    contest.seat()
    contest.register("j-3", unit_id="SYT")
    contest.enter("e-1", unit_id="SYT")
    contest.enter("e-2", unit_id="STC")

    assert [(one.judge_id, one.reason) for one in contest.open().kept_away] == [
        ("j-3", "OWN_UNIT"),
        ("j-3", "OWN_UNIT"),
    ]


@pytest.mark.parametrize("person", ["p-e-1", "j-2"])
def test_late_word_of_an_earlier_unit_does_not_undo_the_newer(contest, person):
    contest.seat("j-1", "j-2", "j-9")
    contest.register("j-9")
    contest.enter("e-1", unit_id=None if person == "p-e-1" else "SYT")
    newer, older = (
        intake.PersonRegistered(person_id=person, full_name="Lê Thị Cúc", unit_id=unit)
        for unit in ("STP" if person == "p-e-1" else "SYT", None)
    )

    contest.bench.hear(newer, now=NOON + timedelta(minutes=1))
    contest.bench.hear(older, now=NOON)

    assert [(one.judge_id, one.reason) for one in contest.open().kept_away] == [
        ("j-2", "OWN_UNIT")
    ]


def test_late_word_of_an_earlier_parent_does_not_undo_the_newer(contest):
    newer, older = (
        intake.Agency(unit_id="TTHCC", name="Trung tâm", kind="DV", parent_id=parent)
        for parent in ("SNV", None)
    )
    contest.seat()
    contest.enter("e-1", unit_id="TTHCC")

    contest.bench.hear(intake.AgenciesImported(agencies=(newer,)), now=NOON + timedelta(minutes=1))
    contest.bench.hear(intake.AgenciesImported(agencies=(older,)), now=NOON)

    assert [one.reason for one in contest.open().kept_away] == ["RELATED_UNIT"]


def test_chair_of_another_contest_is_nobody_here(contest):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3")
    stranger = actor("judge", "chair", id="j-77")

    for ask in (
        contest.show,
        contest.open,
        contest.close,
        lambda by: contest.declare("j-2", "e-1", by=by),
    ):
        with pytest.raises(Rejected, match="Forbidden"):
            ask(by=stranger)


def test_member_of_the_jury_is_not_its_chair_for_chairing_another(contest):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="Forbidden"):
        contest.open(by=actor("judge", "chair", id="j-2"))


def test_judge_of_the_unit_above_is_not_assigned(contest):
    centre = intake.Agency(unit_id="TTHCC", name="Trung tâm", kind="DV", parent_id="SNV")
    contest.bench.hear(intake.AgenciesImported(agencies=(centre,)))
    contest.seat()
    contest.enter("e-1", unit_id="TTHCC")

    assert [(one.judge_id, one.reason) for one in contest.open().kept_away] == [
        ("j-1", "RELATED_UNIT")
    ]


def test_judge_of_whom_nobody_said_where_they_belong_is_kept_from_every_entry(contest):
    contest.seat("j-1", "j-2", "j-9")
    contest.enter("e-1", unit_id="SYT")
    contest.enter("e-2")

    kept_away = contest.open().kept_away

    assert [(one.code, one.judge_id, one.reason) for one in kept_away] == [
        ("HG-01", "j-9", "UNKNOWN_UNIT"),
        ("HG-02", "j-9", "UNKNOWN_UNIT"),
    ]


def test_addresses_are_not_kept_and_names_only_for_minutes(contest):
    contest.register("p-1", unit_id="SNV")

    row = contest.bench.rows(select(PersonRow).where(PersonRow.person_id == "p-1"))[0]

    assert {name for name in vars(row) if not name.startswith("_")} == {
        "tenant",
        "person_id",
        "full_name",  # minutes name who was there; ADR 0034
        "unit_id",
        "said_at",
    }


def test_declared_conflict_is_on_record_and_keeps_the_judge_away(contest):
    contest.seat()
    contest.enter("e-1")

    contest.declare("j-2", "e-1")

    assert contest.panels() == {}
    assert [(one.judge_id, one.reason) for one in contest.open().kept_away] == [
        ("j-2", "DECLARED")
    ]
    row = contest.bench.rows(select(ConflictRow))[0]
    assert (row.reason, row.declared_by, row.declared_at) == ("Người thân", "j-2", contest.now)


def test_judge_declares_for_nobody_else_but_the_chair_may(contest):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="Forbidden"):
        contest.declare("j-2", "e-1", by=actor("judge", id="j-3"))
    contest.declare("j-2", "e-1", by=CHAIR)

    assert [one.judge_id for one in contest.open().kept_away] == ["j-2"]


def test_conflict_of_somebody_not_on_the_jury_is_refused(contest):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="NotSeated"):
        contest.declare("x-1", "e-1")


def test_conflict_with_an_unknown_entry_is_refused(contest):
    contest.seat()

    with pytest.raises(Rejected, match="UnknownEntry"):
        contest.declare("j-2", "e-404")


def test_judge_who_declares_in_an_open_round_stands_down_and_another_steps_in(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    first, second = contest.panels()["e-1"]
    third = ({"j-1", "j-2", "j-3"} - {first, second}).pop()
    contest.give(first, contest.code("e-1"), 80)

    contest.declare(first, contest.code("e-1"))

    assert contest.said(review.JudgeStoodDown) == [
        review.JudgeStoodDown(
            contest_id="HG-2022",
            round_id="SO_KHAO",
            entry_id="e-1",
            judge_id=first,
            kind="DECLARED",
            sheets=1,
            substitute_id=third,
        )
    ]
    assert contest.panels()["e-1"] == tuple(sorted((second, third)))
    with pytest.raises(Rejected, match="NotYourEntry"):
        contest.give(first, contest.code("e-1"), 80)


def test_marks_of_who_stood_down_no_longer_count(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    first, second = contest.panels()["e-1"]
    contest.give_all({"e-1": 80})
    contest.declare(first, "e-1")
    substitute = next(judge for judge in contest.panels()["e-1"] if judge != second)

    contest.give(substitute, "HG-01", 90)

    assert [str(line.score) for line in contest.close()] == ["85.00"]


def test_conflict_stands_though_nobody_is_left_and_the_round_waits_for_another_judge(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    first, second = contest.panels()["e-1"]
    contest.give_all({"e-1": 80})
    contest.declare(first, "e-1")
    third = next(judge for judge in contest.panels()["e-1"] if judge != second)

    contest.declare(second, "e-1")

    sought = review.SubstituteSought(
        contest_id="HG-2022", round_id="SO_KHAO", entry_id="e-1", code="HG-01"
    )
    assert contest.said(review.SubstituteSought) == [sought]
    assert contest.panels()["e-1"] == (third,)
    contest.give(third, "HG-01", 90)
    assert contest.show().sheets_awaited == 1
    with pytest.raises(Rejected, match=r"SheetsAwaited.*HG-01 \(1\)"):
        contest.close()


def test_conflict_of_a_judge_who_does_not_mark_the_entry_changes_no_panel(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    idle = ({"j-1", "j-2", "j-3"} - set(contest.panels()["e-1"])).pop()

    contest.declare(idle, "HG-01")

    assert contest.said(review.JudgeStoodDown) == []


def test_conflict_with_an_entry_that_left_changes_no_panel(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.withdraw("e-1")

    contest.declare(contest.panels()["e-1"][0], "e-1")

    assert contest.said(review.JudgeStoodDown) == []


def test_where_all_judges_mark_a_judge_stands_down_without_a_substitute(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    contest.close()
    contest.open("BAO_VE")
    contest.give("j-1", "HG-01", 80, "BAO_VE")
    contest.give("j-2", "HG-01", 90, "BAO_VE")

    contest.declare("j-3", "e-1")

    assert [str(line.score) for line in contest.close("BAO_VE")] == ["85.00"]
