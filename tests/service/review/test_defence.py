"""Defence days with a real database: drawn up, recorded, changed, shown to whom they concern."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from contracts import intake, review
from contracts.rules import Slot
from kernel.testing import Rejected, actor
from services.review.domain.rounds import State
from tests.service.review.conftest import CHAIR, ORGANISER, SECRETARY
from tests.unit.review.builders import FIRST, LAST, a_contest

EIGHT = datetime(2022, 8, 25, 1, 0, tzinfo=UTC)  # 8 o'clock in Vietnam
MORNING = review.DefenceHours(starts_at=EIGHT, ends_at=EIGHT + timedelta(hours=2))
HALL = review.DefenceRoom(name="Hội trường A")
DEFENCE = replace(LAST, slot=Slot(present_minutes=10, question_minutes=5, changeover_minutes=5))
ENTRANT = actor("entrant", id="p-e-2")
JUDGE = actor("judge", id="j-2")
STRANGER = actor("entrant", id="p-9")


@pytest.fixture
def amend(bench):
    """Return a function that gives the contest these rounds."""

    def amend(*rounds) -> None:
        bench.hear(
            intake.ContestAmended(
                contest_id="HG-2022",
                number=1,
                rules=a_contest(*rounds),
                sha256="1" * 64,
                reason="Bổ sung vòng bảo vệ.",
            )
        )

    return amend


@pytest.fixture
def day(contest, amend):
    """Return the contest with its only round, a defence, open for four entries."""
    amend(DEFENCE)
    contest.seat()
    contest.enter("e-1", "e-2", "e-3", "e-4")
    contest.open("BAO_VE")
    return contest


def asked(kind, **said):
    usual = {"contest_id": "HG-2022", "round_id": "BAO_VE", "hours": (MORNING,), "rooms": (HALL,)}
    return kind(**(usual | said))


def plan(contest, by=SECRETARY, **said) -> review.DefencePlan:
    return contest.bench.ask(
        asked(review.PlanDefence, **said), actor=by, now=contest.now, reply=review.DefencePlan
    )


def record(contest, by=SECRETARY, reason="Theo Kế hoạch của Ban Tổ chức", **said) -> int:
    command = asked(review.RecordDefence, reason=reason, **said)
    return contest.bench.ask(command, actor=by, now=contest.now)


def change(contest, by=SECRETARY, version=1, reason="Đại biểu đến muộn", **said) -> int:
    command = review.ChangeDefence(
        contest_id="HG-2022", round_id="BAO_VE", version=version, reason=reason, **said
    )
    return contest.bench.ask(command, actor=by, now=contest.now)


def show(contest, by=SECRETARY, version=None) -> review.DefenceDay:
    return contest.bench.ask(
        review.ShowDefence(contest_id="HG-2022", round_id="BAO_VE", version=version),
        actor=by,
        reply=review.DefenceDay,
    )


def programme(contest) -> review.Programme:
    return contest.bench.ask(
        review.ShowProgramme(contest_id="HG-2022", round_id="BAO_VE"),
        actor=actor(id="anonymous"),
        reply=review.Programme,
    )


def calendar(contest, by=SECRETARY, **said) -> Calendar:
    query = review.ExportDefence(contest_id="HG-2022", round_id="BAO_VE", **said)
    return Calendar.from_ical(contest.bench.ask(query, actor=by, now=contest.now, reply=bytes))


def summaries(calendar) -> set[str]:
    return {str(one["SUMMARY"]) for one in calendar.walk("VEVENT")}


def slots(contest, by=SECRETARY) -> dict[str, review.DefenceSlot]:
    return {slot.code: slot for slot in show(contest, by).slots}


def in_turn(slots) -> list[str]:
    return [slot.code for slot in slots]


def news(contest) -> review.DefenceRecorded:
    return contest.said(review.DefenceRecorded)[-1]


def test_a_plan_fills_the_hours_and_keeps_nothing(day):
    before = len(day.bench.announced)

    planned = plan(day)

    assert [slot.starts_at for slot in planned.slots] == [
        EIGHT + timedelta(minutes=20 * place) for place in range(4)
    ]
    assert {slot.ends_at - slot.answers_at for slot in planned.slots} == {timedelta(minutes=5)}
    assert {slot.judge_ids for slot in planned.slots} == {("j-1", "j-2", "j-3")}
    assert (planned.leavings, planned.at_least, planned.is_best) == (0, 0, True)
    assert len(day.bench.announced) == before
    with pytest.raises(Rejected, match="No defence day"):
        show(day)


def test_what_is_recorded_is_what_was_planned(day):
    planned = plan(day)

    assert record(day, by=CHAIR) == 1

    recorded = show(day)
    assert in_turn(recorded.slots) == in_turn(planned.slots)
    assert recorded.versions[0].recorded_by == "j-1"
    assert recorded.versions[0].reason == "Theo Kế hoạch của Ban Tổ chức"
    assert recorded.versions[0].changed == tuple(in_turn(planned.slots))


def test_entries_for_which_a_judge_leaves_are_defended_one_after_the_other(day):
    for entry in ("e-1", "e-3"):
        day.declare("j-2", day.code(entry))

    planned = plan(day)

    outs = ["j-2" in slot.away for slot in planned.slots]
    assert outs in ([True, True, False, False], [False, True, True, False],
                    [False, False, True, True])  # fmt: skip
    assert planned.leavings == planned.at_least == 1


def test_finalists_are_those_who_went_on_before_the_round_opens(contest, amend):
    amend(replace(FIRST, judges_per_entry=3), DEFENCE)
    contest.seat()
    contest.enter("e-1", "e-2", "e-3")
    contest.open()
    contest.give_all({"e-1": 90, "e-2": 80, "e-3": 60})
    contest.close()

    planned = plan(contest)
    record(contest)

    assert sorted(slot.title for slot in planned.slots) == ["Một cửa e-1", "Một cửa e-2"]
    assert show(contest).slots[0].judge_ids == ("j-1", "j-2", "j-3")


def test_availability_of_judges_and_presenters_is_honoured(day):
    late = review.DefenceHours(starts_at=EIGHT + timedelta(minutes=60), ends_at=MORNING.ends_at)
    said = (
        review.DefenceAvailability(of=day.code("e-1"), hours=(late,)),
        review.DefenceAvailability(
            of="j-3", hours=(replace(MORNING, starts_at=EIGHT + timedelta(minutes=20)),)
        ),
    )

    planned = plan(day, availability=said)

    assert planned.slots[0].starts_at == EIGHT + timedelta(minutes=20)
    at = {slot.code: slot.starts_at for slot in planned.slots}
    assert at[day.code("e-1")] >= late.starts_at


def test_a_day_that_cannot_be_held_is_refused_with_what_stands_against_it(day):
    short = replace(MORNING, ends_at=EIGHT + timedelta(minutes=60))
    never = review.DefenceAvailability(
        of="j-3", hours=(replace(MORNING, ends_at=EIGHT + timedelta(minutes=10)),)
    )
    soon = review.DefenceHours(starts_at=EIGHT, ends_at=EIGHT + timedelta(minutes=15))
    first = tuple(
        review.DefenceAvailability(of=day.code(entry), hours=(soon,)) for entry in ("e-1", "e-2")
    )

    with pytest.raises(Rejected, match="“Hội trường A” has 4 entries; the hours have room for 3"):
        plan(day, hours=(short,))
    with pytest.raises(Rejected, match="finds no time: j-3 can never be there"):
        plan(day, availability=(never,))
    with pytest.raises(Rejected, match="However the entries are put in order"):
        plan(day, availability=first)
    with pytest.raises(Rejected, match="Hours begin before they end"):
        plan(day, hours=(replace(MORNING, ends_at=EIGHT),))
    with pytest.raises(Rejected, match="Not an entry or a judge of this round: j-9"):
        plan(day, availability=(replace(never, of="j-9"),))
    with pytest.raises(Rejected, match="belongs to 2 rooms"):
        plan(day, rooms=tuple(review.DefenceRoom(name=name, areas=("TTHC",)) for name in "AB"))


def test_the_same_judges_are_not_in_two_rooms_at_once(day):
    rooms = (
        review.DefenceRoom(name="A", codes=(day.code("e-1"), day.code("e-2"))),
        review.DefenceRoom(name="B", codes=(day.code("e-3"), day.code("e-4"))),
    )

    planned = plan(day, rooms=rooms)

    assert len({slot.starts_at for slot in planned.slots}) == 4


def test_a_round_that_is_no_defence_has_no_day(contest, amend):
    amend(LAST)
    contest.seat()
    contest.enter("e-1")
    contest.open("BAO_VE")

    with pytest.raises(Rejected, match="no time to present"):
        plan(contest)


def test_only_those_who_run_the_round_draw_a_day_up(day):
    for by in (JUDGE, ENTRANT, actor("clerk")):
        with pytest.raises(Rejected, match="role"):
            plan(day, by=by)
        with pytest.raises(Rejected, match="role"):
            record(day, by=by)
    record(day, by=ORGANISER)
    with pytest.raises(Rejected, match="role"):
        change(day, by=JUDGE, withdrawn=(day.code("e-1"),))


def test_a_judge_and_an_author_see_what_concerns_them_and_a_stranger_nothing(day):
    day.declare("j-2", day.code("e-1"))
    day.declare("j-3", day.code("e-2"))
    record(day)

    seen, own = show(day, by=JUDGE), show(day, by=ENTRANT)

    assert len(seen.slots) == 4
    assert {slot.code: slot.away for slot in seen.slots if slot.away} == {
        day.code("e-1"): ("j-2",)
    }
    assert {slot.judge_ids for slot in (*seen.slots, *own.slots)} == {()}
    assert in_turn(own.slots) == [day.code("e-2")]
    assert (seen.is_whole, own.is_whole, seen.versions, own.versions) == (False, False, (), ())
    with pytest.raises(Rejected, match="No defence day"):
        show(day, by=STRANGER)


def test_the_programme_is_for_everybody_and_tells_titles_alone(day):
    record(day)

    lines = programme(day).lines

    assert sorted(line.entry for line in lines) == [f"Một cửa e-{one}" for one in range(1, 5)]
    assert day.code("e-1") not in {line.entry for line in lines}


def test_a_blind_programme_has_codes_alone(contest, amend):
    amend(replace(DEFENCE, blind=True))
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.open("BAO_VE")
    contest.declare("j-3", contest.code("e-1"))
    record(contest)

    seen = show(contest, by=CHAIR)

    assert sorted(line.entry for line in programme(contest).lines) == sorted(
        (contest.code("e-1"), contest.code("e-2"))
    )
    assert {(slot.title, slot.away) for slot in seen.slots} == {("", ())}
    assert not any("Một cửa" in one for one in summaries(calendar(contest, by=CHAIR)))
    assert not any("Một cửa" in one for one in summaries(calendar(contest, by=JUDGE, own=True)))
    assert summaries(calendar(contest, by=ENTRANT, own=True)) == {"Bảo vệ ý tưởng: Một cửa e-2"}


def test_a_late_finalist_is_moved_and_nobody_else(day):
    record(day)
    before = slots(day)
    code = in_turn(show(day).slots)[0]
    later = EIGHT + timedelta(minutes=100)

    version = change(day, moves=(review.DefenceMove(code=code, starts_at=later),))

    after = slots(day)
    assert version == 2
    assert after[code] == replace(
        before[code],
        starts_at=later,
        answers_at=later + timedelta(minutes=10),
        ends_at=later + timedelta(minutes=15),
        sequence=1,
    )
    assert {one: after[one] for one in after if one != code} == {
        one: before[one] for one in before if one != code
    }
    assert [slot.code for slot in news(day).slots if slot.calendar] == [code]
    assert in_turn(show(day, version=1).slots) == in_turn(
        sorted(before.values(), key=lambda slot: slot.starts_at)
    )
    assert show(day).versions[1].reason == "Đại biểu đến muộn"


def test_two_finalists_change_places_at_once(day):
    record(day)
    before = slots(day)
    one, other = in_turn(show(day).slots)[:2]

    change(day, swaps=(review.DefenceSwap(one=one, other=other),))

    after = slots(day)
    assert (after[one].starts_at, after[other].starts_at) == (
        before[other].starts_at,
        before[one].starts_at,
    )
    assert {code: slot.sequence for code, slot in after.items() if slot.sequence} == {
        one: 1,
        other: 1,
    }
    assert {code: slot.uid for code, slot in after.items()} == {
        code: slot.uid for code, slot in before.items()
    }


def test_a_change_that_cannot_be_is_refused_and_keeps_the_version(day):
    record(day)
    one, other = show(day).slots[:2]
    taken = review.DefenceMove(code=one.code, starts_at=other.starts_at)
    night = review.DefenceMove(code=one.code, starts_at=EIGHT + timedelta(hours=12))

    with pytest.raises(Rejected, match="at the same time"):
        change(day, moves=(taken,))
    with pytest.raises(Rejected, match="not within the hours"):
        change(day, moves=(night,))
    with pytest.raises(Rejected, match="no room “B”"):
        change(day, moves=(replace(taken, room="B"),))
    with pytest.raises(Rejected, match="has no entry XX"):
        change(day, withdrawn=("XX",))
    with pytest.raises(Rejected, match="would change nothing"):
        change(day, moves=(replace(taken, starts_at=one.starts_at),))
    with pytest.raises(Rejected, match="Say why"):
        change(day, withdrawn=(one.code,), reason=" ")
    with pytest.raises(Rejected, match="is at version 1, not 2"):
        change(day, version=2, withdrawn=(one.code,))
    with pytest.raises(Rejected, match="is at version 1, not 0"):
        record(day)
    assert show(day).newest == 1


def test_an_entry_that_is_withdrawn_is_cancelled_by_itself(day):
    record(day)
    before = slots(day)
    gone = day.code("e-2")

    day.withdraw("e-2")

    after = slots(day)
    assert (after[gone].state, after[gone].sequence) == ("CANCELLED", 1)
    assert {code: after[code] for code in after if code != gone} == {
        code: before[code] for code in before if code != gone
    }
    assert show(day).versions[1].reason == "Hồ sơ được rút khỏi cuộc thi."
    assert "Một cửa e-2" not in {line.entry for line in programme(day).lines}
    assert calendar(day, by=ENTRANT, own=True)["METHOD"] == "CANCEL"


def test_another_plan_keeps_the_identity_of_every_slot(day):
    record(day)
    before = slots(day)

    record(day, version=1, hours=(replace(MORNING, ends_at=EIGHT + timedelta(hours=3)),))
    same = slots(day)
    afternoon = review.DefenceHours(
        starts_at=EIGHT + timedelta(hours=5), ends_at=EIGHT + timedelta(hours=8)
    )
    record(day, version=2, hours=(afternoon,))

    assert same == before
    assert {code: (slot.uid, slot.sequence) for code, slot in slots(day).items()} == {
        code: (slot.uid, 1) for code, slot in before.items()
    }


def test_calendars_say_when_where_and_for_whom(day):
    day.declare("j-2", day.code("e-1"))
    record(day)
    slot = slots(day)[day.code("e-2")]

    entry = calendar(day, by=ENTRANT, own=True)
    judge = calendar(day, by=JUDGE, judge_id="j-2")
    everything = calendar(day)

    (event,) = entry.walk("VEVENT")
    assert (event["UID"], int(event["SEQUENCE"]), event["STATUS"]) == (slot.uid, 0, "CONFIRMED")
    assert (event.start, event.end) == (slot.starts_at, slot.ends_at)
    assert event.start.utcoffset() == timedelta(0)
    assert event["LOCATION"] == "Hội trường A"
    assert entry["METHOD"] == "PUBLISH"
    assert f"Tạm rời phòng khi bảo vệ bài {day.code('e-1')}" in summaries(judge)
    assert f"Nghe bảo vệ bài {day.code('e-2')}: Một cửa e-2" in summaries(judge)
    assert len(everything.walk("VEVENT")) == 4
    with pytest.raises(Rejected, match="role"):
        calendar(day, by=JUDGE)
    with pytest.raises(Rejected, match="role"):
        calendar(day, by=ENTRANT, code=day.code("e-1"))
    with pytest.raises(Rejected, match="role"):
        calendar(day, by=JUDGE, judge_id="j-3")


def test_the_event_tells_judges_what_they_hear_and_when_they_leave(day):
    day.declare("j-2", day.code("e-1"))

    record(day)

    told = {judge.judge_id: judge for judge in news(day).judges}
    assert set(told["j-2"].entry_ids) == {"e-2", "e-3", "e-4"}
    assert told["j-2"].away == ("e-1",)
    assert told["j-1"].away == ()
    change(day, withdrawn=(day.code("e-1"),))
    assert {judge.judge_id for judge in news(day).judges} == {"j-1", "j-2", "j-3"}
    assert news(day).version == 2


def test_a_closed_round_has_its_day_left_as_it_was(day):
    record(day)
    day.give_all(dict.fromkeys(("e-1", "e-2", "e-3", "e-4"), 80), "BAO_VE")
    day.close("BAO_VE")

    with pytest.raises(Rejected, match="not open"):
        change(day, withdrawn=(day.code("e-1"),))
    day.withdraw("e-2")

    assert show(day).newest == 1
    assert day.show("BAO_VE").state == State.CLOSED.value
    assert len(show(day).slots) == 4


def test_a_day_is_noted_for_the_minutes(day):
    record(day)

    notes = day.bench.ask(
        review.ListJuryNotes(contest_id="HG-2022"),
        actor=SECRETARY,
        reply=tuple[review.JuryNote, ...],
    )

    assert notes[-1].words == "Ghi nhận lịch bảo vệ, lần 1. Lý do: Theo Kế hoạch của Ban Tổ chức"
