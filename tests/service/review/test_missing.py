"""Sheets that do not come, entries given back, panels that stand apart: with a real database."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contracts import intake, review
from contracts.rules import Divergence
from contracts.rules import Missing as Ways
from kernel.testing import Rejected, actor
from tests.service.review.conftest import ORGANISER, SECRETARY
from tests.unit.review.builders import DAY_AFTER, FIRST, a_contest

STATED = {"minutes": "03/BB-BGK", "reason": "Đi công tác đột xuất"}
JURY = tuple(f"j-{number}" for number in range(1, 22))
NAMED = {"contest_id": "HG-2022", "round_id": "SO_KHAO"}


@pytest.fixture
def juried(contest):
    """Return a function that seats judges under changed rules and opens the round."""

    def prepare(*judges, entries=("e-1",), **rules):
        first = replace(FIRST, **{"divergence": None, **rules})
        amended = a_contest(first, jury_size=len(judges))
        contest.bench.hear(
            intake.ContestAmended(
                contest_id="HG-2022", rules=amended, sha256="1" * 64, number=1, reason="Sửa"
            )
        )
        for judge in judges:
            contest.register(judge)
        contest.seat(*judges)
        contest.enter(*entries)
        contest.open()
        return contest

    return prepare


def apart(then):
    return Divergence(threshold=Decimal(15), then=then)


def ask(contest, message, by=SECRETARY, **options):
    return contest.bench.ask(message, actor=by, now=contest.now, **options)


def give_but(contest, absent, total=80):
    """Let everybody but the absent hand in their sheets."""
    for entry, judges in contest.panels().items():
        for judge in set(judges) - set(absent):
            contest.give(judge, contest.code(entry), total)


def test_two_of_21_jurors_are_gone_and_the_entries_count_with_the_quorum(juried):
    ways = Ways(ways=("quorum",), quorum=19)
    contest = juried(*JURY, judges_per_entry=None, missing=ways)
    give_but(contest, {"j-7", "j-20"})
    with pytest.raises(Rejected, match="SheetsAwaited"):
        contest.unseal()

    missed = ask(contest, review.CountWithout(**NAMED, **STATED), reply=review.JudgesMissed)
    table = contest.close()

    assert missed == review.JudgesMissed(entries=1, judge_ids=("j-20", "j-7"))
    assert (table[0].average.count, str(table[0].score)) == (19, "80.00")
    gone = contest.said(review.JudgeStoodDown)
    assert {(one.judge_id, one.ground, one.minutes) for one in gone} == {
        ("j-7", "COUNTED_WITHOUT", "03/BB-BGK"),
        ("j-20", "COUNTED_WITHOUT", "03/BB-BGK"),
    }


def test_three_of_21_gone_are_one_too_many_for_a_quorum_of_19(juried):
    ways = Ways(ways=("quorum",), quorum=19)
    contest = juried(*JURY, judges_per_entry=None, missing=ways)
    give_but(contest, {"j-7", "j-19", "j-20"})

    with pytest.raises(Rejected, match=r"QuorumNotMet: .* fewer than 19 sheets: HG-01"):
        ask(contest, review.CountWithout(**NAMED, **STATED))


def test_two_of_21_jurors_are_gone_and_others_step_in_for_them(juried):
    entries = tuple(f"e-{number}" for number in range(1, 8))
    contest = juried(*JURY, entries=entries, judges_per_entry=3)
    before = contest.panels()
    absent = {"j-7", "j-20"}
    give_but(contest, absent)
    given = {one.digest for one in contest.said(review.SheetSealed)}

    for judge in sorted(absent):
        ask(contest, review.ReplaceMissing(**NAMED, judge_id=judge, **STATED))
    after = contest.panels()
    for entry, judges in after.items():
        for judge in set(judges) - set(before[entry]):
            contest.give(judge, contest.code(entry), 80)
    table = contest.close()

    assert len(table) == 7
    assert all(len(judges) == 3 and not absent & set(judges) for judges in after.values())
    assert all(set(before[entry]) - absent <= set(after[entry]) for entry in entries)
    assert given <= {one.digest for one in contest.said(review.MarksGiven)}


def test_whose_sheet_did_not_come_steps_in_nowhere(juried):
    contest = juried(*JURY[:5], entries=("e-1", "e-2"))
    absent = contest.panels()["e-1"][0]
    ask(contest, review.ReplaceMissing(**NAMED, judge_id=absent, **STATED))
    declined = review.DeclineEntry(**NAMED, code=contest.code("e-2"), reason="Bận")

    for _ in range(3):
        judge = contest.panels()["e-2"][0]
        ask(contest, declined, by=actor("judge", id=judge))

    assert all(absent not in judges for judges in contest.panels().values())
    assert [one.code for one in contest.said(review.SubstituteSought)] == [contest.code("e-2")]


def test_nobody_is_replaced_where_nobody_is_left_to_step_in(juried):
    contest = juried("j-1", "j-2", "j-3", entries=("e-1", "e-2"))
    before = contest.panels()
    stays, goes = before["e-1"]
    (third,) = {"j-1", "j-2", "j-3"} - {stays, goes}
    contest.declare(third, contest.code("e-1"))

    with pytest.raises(Rejected, match=f"NoJudgeLeft: .* on {contest.code('e-1')}"):
        ask(contest, review.ReplaceMissing(**NAMED, judge_id=goes, **STATED))

    assert contest.panels() == before


def test_no_third_judge_is_called_beside_one_they_are_kept_from(juried):
    contest = juried("j-1", "j-2", "j-3", divergence=apart("third_judge"))
    first, second = contest.panels()["e-1"]
    (third,) = {"j-1", "j-2", "j-3"} - {first, second}
    pair = review.KeepApart(
        contest_id="HG-2022", judge_id=third, other_id=first, reason="Vợ chồng"
    )
    ask(contest, pair, by=ORGANISER)
    contest.give(first, "HG-01", 60)
    contest.give(second, "HG-01", 90)

    contest.unseal()

    assert set(contest.panels()["e-1"]) == {first, second}
    (asked,) = contest.said(review.SecondLookNeeded)
    assert set(asked.judge_ids) == {first, second}


def test_time_is_extended_with_minutes_and_sheets_after_it_are_refused(juried):
    contest = juried("j-1", "j-2", "j-3")
    judge, *_ = contest.panels()["e-1"]
    until = contest.now + timedelta(days=1)

    ask(contest, review.ExtendRound(**NAMED, until=until, **STATED))

    assert contest.show().due == until
    assert [one.until for one in contest.said(review.RoundExtended)] == [until]
    with pytest.raises(Rejected, match="NotLater"):
        ask(contest, review.ExtendRound(**NAMED, until=until, **STATED))
    contest.now = until + timedelta(seconds=1)
    with pytest.raises(Rejected, match="SheetTooLate"):
        contest.give(judge, "HG-01", 80)
    contest.now = until
    assert contest.give(judge, "HG-01", 80) == 1


@pytest.mark.parametrize(
    "message",
    [
        review.CountWithout(**NAMED, **STATED),
        review.ReplaceMissing(**NAMED, judge_id="j-1", **STATED),
        review.ExtendRound(**NAMED, until=DAY_AFTER + timedelta(days=9), **STATED),
    ],
)
def test_ways_the_rules_do_not_declare_are_refused(juried, message):
    contest = juried("j-1", "j-2", "j-3", missing=Ways(ways=()))

    with pytest.raises(Rejected, match="WayNotDeclared"):
        ask(contest, message)


@pytest.mark.parametrize("unstated", [{"minutes": ""}, {"reason": " "}])
def test_nothing_is_done_without_minutes_and_a_reason(juried, unstated):
    contest = juried("j-1", "j-2", "j-3")

    with pytest.raises(Rejected, match="ReasonMissing"):
        ask(contest, review.ReplaceMissing(**NAMED, judge_id="j-1", **{**STATED, **unstated}))


def test_a_judge_does_not_replace_another(juried):
    contest = juried("j-1", "j-2", "j-3")

    with pytest.raises(Rejected, match="Forbidden"):
        ask(
            contest,
            review.ReplaceMissing(**NAMED, judge_id="j-3", **STATED),
            by=actor("judge", id="j-2"),
        )


def test_a_judge_gives_an_entry_back_and_is_not_asked_for_it_again(juried):
    contest = juried("j-1", "j-2", "j-3")
    first, second = contest.panels()["e-1"]
    (third,) = {"j-1", "j-2", "j-3"} - {first, second}
    declined = review.DeclineEntry(**NAMED, code="HG-01", reason="Ngoài chuyên môn")

    ask(contest, declined, by=actor("judge", id=first))

    assert contest.panels()["e-1"] == tuple(sorted((second, third)))
    (gone,) = contest.said(review.JudgeStoodDown)
    assert (gone.ground, gone.reason) == ("DECLINED", "Ngoài chuyên môn")
    ask(contest, declined, by=actor("judge", id=second))
    assert contest.panels()["e-1"] == (third,)
    assert [one.code for one in contest.said(review.SubstituteSought)] == ["HG-01"]
    assert contest.show().sheets_awaited == 2


def test_a_sheet_that_was_given_is_not_declined(juried):
    contest = juried("j-1", "j-2", "j-3")
    first, _ = contest.panels()["e-1"]
    contest.give(first, "HG-01", 80)

    with pytest.raises(Rejected, match="NotYourEntry"):
        ask(
            contest,
            review.DeclineEntry(**NAMED, code="HG-01", reason="Bận"),
            by=actor("judge", id=first),
        )


def test_a_third_judge_is_called_where_the_rules_say_so(juried):
    contest = juried("j-1", "j-2", "j-3", divergence=apart("third_judge"))
    first, second = contest.panels()["e-1"]
    (third,) = {"j-1", "j-2", "j-3"} - {first, second}
    contest.give(first, "HG-01", 60)
    contest.give(second, "HG-01", 90)

    contest.unseal()
    assert set(contest.panels()["e-1"]) == {first, second, third}
    assert contest.said(review.SecondLookNeeded) == []
    contest.give(third, "HG-01", 84)

    assert [str(line.score) for line in contest.close()] == ["78.00"]


def test_a_discussion_is_recorded_and_who_did_not_amend_keeps_the_sheet(juried):
    contest = juried("j-1", "j-2", "j-3", divergence=apart("discuss"))
    first, second = contest.panels()["e-1"]
    contest.give(first, "HG-01", 60)
    contest.give(second, "HG-01", 90)
    contest.unseal()
    (asked,) = contest.said(review.SecondLookNeeded)
    contest.give(first, "HG-01", 70, minutes="05/BB-BGK")
    with pytest.raises(Rejected, match="SheetsAwaited"):
        contest.close()
    recorded = review.RecordDiscussion(
        **NAMED, code="HG-01", minutes="05/BB-BGK", conclusion="Giữ nguyên"
    )

    ask(contest, recorded)

    assert set(asked.judge_ids) == {first, second}
    assert [str(line.score) for line in contest.close()] == ["80.00"]
    assert contest.said(review.DiscussionRecorded)[0].conclusion == "Giữ nguyên"
    with pytest.raises(Rejected, match="RoundNotOpen"):
        ask(contest, recorded)


def list_awaited(contest, by=SECRETARY):
    return ask(contest, review.ListAwaited(**NAMED), by, reply=review.AwaitedSheets)


def test_whose_sheets_are_awaited_is_listed_with_what_the_rules_allow(juried):
    ways = Ways(ways=("replace", "quorum"), quorum=2)
    contest = juried(*JURY[:5], judges_per_entry=3, missing=ways)
    judges = contest.panels()["e-1"]
    give_but(contest, {judges[2]})

    assert list_awaited(contest) == review.AwaitedSheets(
        state="OPEN",
        entries=(review.AwaitedEntry(code="HG-01", given=2, judge_ids=(judges[2],)),),
        ways=("replace", "quorum"),
        quorum=2,
        discusses=False,
    )


def test_an_empty_place_and_a_second_look_are_awaited_too(juried):
    contest = juried(*JURY[:3], judges_per_entry=2, divergence=apart("discuss"))
    first, second = contest.panels()["e-1"]
    (third,) = set(JURY[:3]) - {first, second}
    code = contest.code("e-1")
    for judge in (first, third):
        declined = review.DeclineEntry(**NAMED, code=code, reason="Bận")
        ask(contest, declined, by=actor("judge", id=judge))
    short = list_awaited(contest).entries

    assert short == (review.AwaitedEntry(code=code, given=0, judge_ids=(second,), vacant=1),)


def test_a_panel_that_discusses_is_awaited_until_the_discussion_is_recorded(juried):
    contest = juried(*JURY[:3], judges_per_entry=2, divergence=apart("discuss"))
    one, other = contest.panels()["e-1"]
    contest.give(one, "HG-01", 50)
    contest.give(other, "HG-01", 90)
    contest.unseal()

    before = list_awaited(contest)
    recorded = review.RecordDiscussion(
        **NAMED, code="HG-01", minutes="05/BB-BGK", conclusion="Giữ nguyên điểm"
    )
    ask(contest, recorded)
    after = list_awaited(contest)

    asked = tuple(sorted((one, other)))
    assert (before.state, before.discusses) == ("OPENED", True)
    assert before.entries == (review.AwaitedEntry(code="HG-01", given=2, asked=asked),)
    assert after.entries == ()


def test_who_is_awaited_is_not_for_judges_or_entrants(juried):
    contest = juried(*JURY[:3], judges_per_entry=2)

    for nobody in (actor("judge", id="j-2"), actor("entrant", id="p-e-1")):
        with pytest.raises(Rejected, match="Forbidden"):
            list_awaited(contest, by=nobody)
    assert list_awaited(contest, by=ORGANISER).state == "OPEN"


def test_nothing_is_awaited_in_a_round_that_was_not_opened(juried):
    contest = juried(*JURY[:3], judges_per_entry=2)

    with pytest.raises(Rejected, match="RoundNotOpen"):
        ask(contest, review.ListAwaited(contest_id="HG-2022", round_id="BAO_VE"))


def test_second_look_that_does_not_come_holds_no_round_where_the_rules_have_a_quorum(juried):
    ways = Ways(ways=("quorum",), quorum=2)
    contest = juried(*JURY[:3], judges_per_entry=2, divergence=apart("look_again"), missing=ways)
    one, other = contest.panels()["e-1"]
    contest.give(one, "HG-01", 50)
    contest.give(other, "HG-01", 90)
    contest.unseal()

    missed = ask(contest, review.CountWithout(**NAMED, **STATED), reply=review.JudgesMissed)
    table = contest.close()

    assert missed == review.JudgesMissed(entries=1, judge_ids=tuple(sorted((one, other))))
    assert (table[0].average.count, str(table[0].score)) == (2, "70.00")


def test_third_judge_who_does_not_come_is_not_called_again_and_again(juried):
    ways = Ways(ways=("quorum",), quorum=2)
    contest = juried(*JURY[:5], judges_per_entry=2, divergence=apart("third_judge"), missing=ways)
    one, other = contest.panels()["e-1"]
    contest.give(one, "HG-01", 50)
    contest.give(other, "HG-01", 90)
    contest.unseal()
    (third,) = set(contest.panels()["e-1"]) - {one, other}

    missed = ask(contest, review.CountWithout(**NAMED, **STATED), reply=review.JudgesMissed)
    table = contest.close()

    assert missed.judge_ids == (third,)
    assert set(contest.panels()["e-1"]) == {one, other}
    assert (table[0].average.count, len(contest.said(review.EntryScored))) == (2, 1)


def test_place_that_nobody_can_take_holds_no_round_where_the_rules_have_a_quorum(juried):
    ways = Ways(ways=("quorum",), quorum=2)
    contest = juried(*JURY[:3], judges_per_entry=3, missing=ways)
    declined = review.DeclineEntry(**NAMED, code="HG-01", reason="Bận")
    ask(contest, declined, by=actor("judge", id="j-3"))
    give_but(contest, {"j-3"})
    with pytest.raises(Rejected, match="SheetsAwaited"):
        contest.unseal()

    ask(contest, review.CountWithout(**NAMED, **STATED), reply=review.JudgesMissed)

    assert contest.close()[0].average.count == 2


def test_round_opened_again_for_a_late_entry_keeps_its_time_for_sheets(juried):
    contest = juried(*JURY[:3])
    contest.enter("e-2")

    with pytest.raises(Rejected, match="DueStands"):
        ask(contest, replace(contest.opening(), due=DAY_AFTER + timedelta(days=9)))

    assert contest.show().due is None


def test_round_does_not_open_when_the_time_for_sheets_is_over_already(contest):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="DueIsPast"):
        ask(contest, replace(contest.opening(), due=DAY_AFTER))
