"""What judges see and hand in, with a real database."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from contracts import review
from contracts.review import Average
from kernel.database import Origin
from kernel.testing import Rejected, actor
from services.review.store.tables import MarkRow, SheetRow
from tests.service.review import keys
from tests.unit.review.builders import FIRST, marks


@pytest.fixture
def opened(contest):
    """One entry, HG-01, in an open round: j-1 and j-2 judge it, j-3 is of its unit."""
    contest.seat()
    contest.enter("e-1", unit_id="STC")
    contest.open()
    return contest


def test_sheet_is_announced_sealed_and_as_it_stands_once_two_keys_are_given(opened):
    version = opened.give("j-1", "HG-01", "80.5")
    opened.give("j-2", "HG-01", 80)

    assert version == 1
    assert opened.said(review.MarksGiven) == []
    sealed = next(one for one in opened.said(review.SheetSealed) if one.judge_id == "j-1")
    opened.unseal()

    said = next(one for one in opened.said(review.MarksGiven) if one.judge_id == "j-1")
    assert said == review.MarksGiven(
        contest_id="HG-2022",
        round_id="SO_KHAO",
        entry_id="e-1",
        judge_id="j-1",
        version=1,
        marks={"TINH_MOI": Decimal(60), "HIEU_QUA": Decimal("20.5")},
        total=Decimal("80.5"),
        given_at=opened.now,
        digest=sealed.digest,
        nonce=said.nonce,
        words=said.words,
    )
    assert len(said.nonce) == len(said.words) == 64


def test_entry_is_scored_when_its_sheets_are_opened(opened):
    opened.give("j-1", "HG-01", 80)
    opened.give("j-2", "HG-01", "75.5")
    assert opened.said(review.EntryScored) == []

    opened.unseal()

    assert opened.said(review.EntryScored) == [
        review.EntryScored(
            contest_id="HG-2022",
            round_id="SO_KHAO",
            entry_id="e-1",
            average=Average(total=Decimal("155.5"), count=2),
            criteria={
                "TINH_MOI": Average(total=Decimal(120), count=2),
                "HIEU_QUA": Average(total=Decimal("35.5"), count=2),
            },
        )
    ]


def test_judges_62_and_84_look_again_and_the_first_marks_are_kept(opened):
    opened.give("j-1", "HG-01", 62)
    opened.give("j-2", "HG-01", 84)
    assert opened.said(review.SecondLookNeeded) == []
    opened.unseal()
    assert opened.said(review.SecondLookNeeded) == [
        review.SecondLookNeeded(
            contest_id="HG-2022",
            round_id="SO_KHAO",
            entry_id="e-1",
            code="HG-01",
            judge_ids=("j-1", "j-2"),
            spread=Decimal(22),
        )
    ]
    assert opened.show().second_looks == 2

    minutes = {"minutes": "05/BB-BGK", "reason": "Đã thảo luận"}
    versions = [
        opened.give("j-1", "HG-01", 70, **minutes),
        opened.give("j-2", "HG-01", 90, **minutes),
    ]

    assert versions == [2, 2]
    assert [event.average for event in opened.said(review.EntryScored)] == [
        Average(total=Decimal(160), count=2)
    ]
    amended = opened.said(review.MarksGiven)[-1]
    assert (amended.minutes, amended.reason) == ("05/BB-BGK", "Đã thảo luận")
    rows = opened.bench.rows(select(MarkRow).where(MarkRow.criterion == "HIEU_QUA"))
    assert {(row.judge_id, row.version, row.points) for row in rows} == {
        ("j-1", 1, Decimal(2)),
        ("j-2", 1, Decimal(24)),
        ("j-1", 2, Decimal(10)),
        ("j-2", 2, Decimal(30)),
    }


def test_second_look_names_the_minutes_it_rests_on(opened):
    opened.give("j-1", "HG-01", 62)
    opened.give("j-2", "HG-01", 84)
    opened.unseal()

    with pytest.raises(Rejected, match="MinutesNeeded"):
        opened.give("j-1", "HG-01", 70)


def test_another_sheet_before_opening_needs_a_reason_and_is_another_version(opened):
    opened.give("j-1", "HG-01", 80)
    with pytest.raises(Rejected, match="ReasonNeeded"):
        opened.give("j-1", "HG-01", 81)

    version = opened.give("j-1", "HG-01", 82, reason="Gõ nhầm điểm")
    opened.give("j-2", "HG-01", 80)
    opened.unseal()

    said = [one for one in opened.said(review.MarksGiven) if one.judge_id == "j-1"]
    assert version == 2
    assert [(one.version, one.total, one.reason) for one in said] == [
        (1, Decimal(80), ""),
        (2, Decimal(82), "Gõ nhầm điểm"),
    ]
    assert [one.average.total for one in opened.said(review.EntryScored)] == [Decimal(162)]


def test_sheet_of_an_opened_round_stands_unless_a_second_look_is_asked_for(opened):
    opened.give("j-1", "HG-01", 80)
    opened.give("j-2", "HG-01", 80)
    opened.unseal()

    with pytest.raises(Rejected, match="SheetAlreadyGiven"):
        opened.give("j-1", "HG-01", 81, minutes="05/BB-BGK", reason="Xem lại")


@pytest.mark.parametrize("sheet", ["", "bm90IHNlYWxlZA"])
def test_marks_that_come_in_clear_or_sealed_to_nobody_are_refused(opened, sheet):
    asked = review.GiveMarks(
        contest_id="HG-2022", round_id="SO_KHAO", code="HG-01", marks=marks(80), sheet=sheet
    )

    with pytest.raises(Rejected, match="SheetUnreadable"):
        opened.bench.ask(asked, actor=actor("judge", id="j-1"), now=opened.now)


def test_repeated_command_gives_one_sheet(opened):
    text = review.SheetText(marks=marks(80))
    sealed = keys.sheet(opened.bench, "j-1", text)
    sheet = review.GiveMarks(contest_id="HG-2022", round_id="SO_KHAO", code="HG-01", **sealed)
    judge = actor("judge", id="j-1")

    replies = [opened.bench.ask(sheet, actor=judge, id="c-1") for _ in range(2)]

    assert replies == [1, 1]
    assert len(opened.said(review.SheetSealed)) == 1


def test_codes_of_others_and_codes_of_nothing_are_refused_alike(opened):
    refusals = []
    for code in ("HG-01", "HG-99"):
        with pytest.raises(Rejected) as refused:
            opened.give("j-3", code, 80)
        refusals.append(str(refused.value))

    assert refusals == ["NotYourEntry: No entry with this code is yours to mark."] * 2


def test_organiser_cannot_mark(opened):
    with pytest.raises(Rejected, match="NotYourEntry"):
        opened.give("o-1", "HG-01", 80)


def test_marks_before_opening_and_after_closing_are_refused(contest):
    contest.seat()
    contest.enter("e-1")
    with pytest.raises(Rejected, match="RoundNotOpen"):
        contest.give("j-1", "HG-01", 80)
    contest.open()
    contest.give_all({"e-1": 80})
    contest.close()

    with pytest.raises(Rejected, match="RoundNotOpen"):
        contest.give("j-1", "HG-01", 80)


def test_marks_for_an_entry_that_left_are_refused(opened):
    opened.withdraw("e-1")

    with pytest.raises(Rejected, match="EntryOut"):
        opened.give("j-1", "HG-01", 80)


def test_desk_shows_own_entries_by_code_and_own_marks(opened):
    opened.give("j-1", "HG-01", 62)
    opened.give("j-2", "HG-01", 84)
    digest = next(one.digest for one in opened.said(review.SheetSealed) if one.judge_id == "j-1")
    line = review.Assignment(
        code="HG-01",
        title="Bản che tên đang được kiểm tra",
        area="TTHC",
        summary="",
        state="GIVEN",
        marks={"TINH_MOI": Decimal(60), "HIEU_QUA": Decimal(2)},
        comment="Rõ ràng.",
        version=1,
        digest=digest,
        given_at=opened.now,
    )
    sealed = opened.desk("j-1")
    opened.unseal()

    assert sealed == (line,)
    assert opened.desk("j-1") == (replace(line, state="SECOND_LOOK"),)
    assert opened.desk("j-3") == ()


@pytest.mark.parametrize("reader", ["j-2", "j-3", "s-1", "o-1"])
def test_nobody_reads_anothers_marks_author_or_unit_before_the_round_is_closed(opened, reader):
    opened.give("j-1", "HG-01", "61.5")  # with author p-e-1 and unit STC: what could leak

    blank = review.Assignment(
        code="HG-01",
        title="Bản che tên đang được kiểm tra",
        area="TTHC",
        summary="",
        state="OPEN",
    )
    assert opened.desk(reader) == ((blank,) if reader == "j-2" else ())
    assert opened.show() == review.RoundView(
        round_id="SO_KHAO",
        state="OPEN",
        entries=1,
        sheets_given=1,
        sheets_awaited=1,
        second_looks=0,
        officers=("j-1", "s-1"),
        recovery="thanh-tra",
        rules=FIRST,
    )


def test_entrants_and_strangers_do_not_see_a_round(opened):
    for roles in (("entrant",), ("clerk",), ()):
        with pytest.raises(Rejected, match="Forbidden"):
            opened.show(by=actor(*roles))


def test_desk_is_empty_before_the_round_opens(contest):
    contest.seat()
    contest.enter("e-1")

    assert contest.desk("j-1") == ()


def test_desk_goes_from_open_to_given_and_loses_what_left(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open()
    code = contest.code("e-1")
    judge_id = contest.panels()["e-1"][0]

    before = {one.code: one.state for one in contest.desk(judge_id)}
    contest.give(judge_id, code, 80)
    given = {one.code: one.state for one in contest.desk(judge_id)}
    contest.withdraw("e-1")
    after = {one.code for one in contest.desk(judge_id)}

    assert (before[code], given[code], code in after) == ("OPEN", "GIVEN", False)


def test_sheet_keeps_who_was_at_the_keyboard_and_its_comments_once_opened(opened):
    text = review.SheetText(marks=marks(80), comments={"HIEU_QUA": "Cần số liệu."}, comment="Tốt.")
    sealed = keys.sheet(opened.bench, "j-1", text)
    sheet = review.GiveMarks(contest_id="HG-2022", round_id="SO_KHAO", code="HG-01", **sealed)
    judge = replace(actor("judge", id="j-1"), true_id="s-1")
    opened.bench.ask(sheet, actor=judge, now=opened.now)
    opened.give("j-2", "HG-01", 80)
    opened.unseal()

    row = opened.bench.rows(select(SheetRow).where(SheetRow.judge_id == "j-1"))[0]
    assert (row.given_by, row.comment, row.comments) == (
        "s-1",
        "Tốt.",
        {"HIEU_QUA": "Cần số liệu."},
    )


def test_judges_who_hand_in_at_the_same_moment_are_both_heard(opened):
    start = Barrier(2)

    def hand_in(judge_id: str) -> None:
        start.wait()
        opened.give(judge_id, "HG-01", 80)

    judges = [Thread(target=hand_in, args=(judge_id,)) for judge_id in ("j-1", "j-2")]
    for judge in judges:
        judge.start()
    for judge in judges:
        judge.join()

    assert {one.judge_id for one in opened.said(review.SheetSealed)} == {"j-1", "j-2"}
    opened.unseal()
    assert len(opened.said(review.EntryScored)) == 1


def test_sheet_handed_in_while_a_judge_is_replaced_waits_for_who_steps_in(contest):
    contest.seat()
    contest.enter("e-1")
    contest.open()
    stays, leaves = contest.panels()["e-1"]
    asked = review.DeclareConflict(
        contest_id="HG-2022", judge_id=leaves, entry_id="e-1", reason="Người thân"
    )
    bench, judge = contest.bench, actor("judge", id=leaves)
    declare = type(bench.service).declare_conflict.handler.method
    hand_in = Thread(target=contest.give, args=(stays, "HG-01", 80))

    origin = Origin("hau-giang", judge, contest.now, "c-1", "c-1")
    with bench.database.work(origin) as work:
        declare(bench.service, asked, work)
        hand_in.start()
        while not waits_for_a_lock(bench):
            pass
    hand_in.join()

    assert [one.judge_id for one in contest.said(review.SheetSealed)] == [stays]
    with pytest.raises(Rejected, match="SheetsAwaited"):
        contest.unseal()


def waits_for_a_lock(bench) -> bool:
    with bench.database.engine.connect() as connection:
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return connection.scalar(waiting) > 0


def test_sheet_made_before_another_came_is_refused_and_the_other_stands(opened):
    opened.give("j-1", "HG-01", 80, based_on=0)

    with pytest.raises(Rejected, match="SheetOvertaken: You gave version 1") as refused:
        opened.give("j-1", "HG-01", 70, based_on=0, reason="Chấm trên máy khác")
    second = opened.give("j-1", "HG-01", 75, based_on=1, reason="Xem lại")

    assert refused.value.kind == "Conflict"
    assert second == 2
    assert [one.version for one in opened.said(review.SheetSealed)] == [1, 2]


def test_second_look_made_before_another_came_is_refused(opened):
    opened.give("j-1", "HG-01", 62)
    opened.give("j-2", "HG-01", 84)
    opened.unseal()
    minutes = {"minutes": "05/BB-BGK", "reason": "Đã thảo luận"}

    with pytest.raises(Rejected, match="SheetOvertaken"):
        opened.give("j-1", "HG-01", 70, based_on=0, **minutes)

    assert opened.give("j-1", "HG-01", 70, based_on=1, **minutes) == 2


def test_a_judge_sees_the_digest_and_the_instant_of_their_own_sheet(opened):
    opened.give("j-1", "HG-01", 80)

    mine, theirs = opened.desk("j-1")[0], opened.desk("j-2")[0]

    (sealed,) = opened.said(review.SheetSealed)
    assert (mine.digest, mine.given_at) == (sealed.digest, opened.now)
    assert (theirs.digest, theirs.given_at) == ("", None)
