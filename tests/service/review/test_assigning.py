"""Plans, seeds, pairs kept apart and panels mended in an open round, with a real database."""

from io import BytesIO
from itertools import count

import msgspec
import pytest
from msgspec import json
from msgspec.structs import replace
from openpyxl import load_workbook
from sqlalchemy import select

from contracts import intake, review
from contracts.rules import Area, Assigning
from kernel.testing import Rejected, actor
from services.review.domain.assignment.witness import verify
from services.review.store.assigning_tables import ReleaseRow
from services.review.store.tables import SheetRow
from tests.service.review.conftest import CHAIR, ORGANISER, SECRETARY
from tests.unit.review.builders import FIRST, a_contest

FIVE = ("j-1", "j-2", "j-3", "j-4", "j-5")


@pytest.fixture
def amend(bench):
    """Return a function that amends the rules on assigning."""
    numbers = count(1)

    def amend(round_=FIRST, **assigning) -> None:
        rules = a_contest(replace(round_, assigning=Assigning(**assigning)), jury_size=None)
        areas = (*rules.areas, Area(code="CDS", name="Chuyển đổi số"))
        bench.hear(
            intake.ContestAmended(
                contest_id="HG-2022",
                number=next(numbers),
                rules=replace(rules, areas=areas),
                sha256="1" * 64,
                reason="Bổ sung cách phân công.",
            )
        )

    return amend


@pytest.fixture
def contest(contest, amend):
    """Let the jury be of any size, and make more judges known."""
    amend()
    for judge_id in FIVE:
        contest.register(judge_id)
    return contest


def seat(contest, *seats: review.Seat) -> None:
    first, *others = seats
    jury = (replace(first, role="CHAIR"), *others)
    contest.bench.ask(review.SeatJury(contest_id="HG-2022", seats=jury), actor=ORGANISER)
    contest.give_keys_to(first.person_id, "s-1")


def judges(**more) -> tuple[review.Seat, ...]:
    return tuple(review.Seat(person_id=judge, **more) for judge in FIVE)


def plan(contest, by=SECRETARY, seed=None, round_id="SO_KHAO") -> review.RoundPlan:
    return contest.bench.ask(
        review.PlanRound(contest_id="HG-2022", round_id=round_id, seed=seed),
        actor=by,
        now=contest.now,
        reply=review.RoundPlan,
    )


def open_with(contest, seed) -> review.OpenedRound:
    return contest.bench.ask(
        replace(contest.opening(), seed=seed),
        actor=SECRETARY,
        now=contest.now,
        reply=review.OpenedRound,
    )


def apart(contest, one, other, *, by=ORGANISER, reason="Vợ chồng", kind=review.KeepApart):
    asked = kind(contest_id="HG-2022", judge_id=one, other_id=other, reason=reason)
    contest.bench.ask(asked, actor=by, now=contest.now)


def release(contest, judge_id, by=SECRETARY, reason="Nghỉ ốm") -> review.Repaired:
    return contest.bench.ask(
        review.ReleaseJudge(
            contest_id="HG-2022", round_id="SO_KHAO", judge_id=judge_id, reason=reason
        ),
        actor=by,
        now=contest.now,
        reply=review.Repaired,
    )


def level(contest, by=SECRETARY) -> review.Repaired:
    return contest.bench.ask(
        review.LevelRound(contest_id="HG-2022", round_id="SO_KHAO"),
        actor=by,
        now=contest.now,
        reply=review.Repaired,
    )


def names(many: int) -> list[str]:
    return [f"e-{number:02}" for number in range(1, many + 1)]


def test_plan_says_who_would_judge_what_and_opening_does_just_that(contest):
    seat(contest, *judges())
    contest.enter(*names(6))
    before = len(contest.bench.announced)

    planned = plan(contest)

    assert len(contest.bench.announced) == before
    assert plan(contest) == planned
    assert planned.is_best
    assert sorted(load.entries for load in planned.loads) == [2, 2, 2, 3, 3]
    contest.open()
    assigned = {one.code: one.judge_ids for one in contest.said(review.JudgesAssigned)}
    assert {one.code: one.judge_ids for one in planned.entries} == assigned
    shown = plan(contest)
    assert (shown.state, shown.entries) == ("OPEN", planned.entries)


def test_another_seed_deals_otherwise_and_the_round_keeps_its_own(contest):
    seat(contest, *judges())
    contest.enter(*names(6))
    dealt = {seed: plan(contest, seed=seed) for seed in ("1", "2")}

    open_with(contest, "2")
    kept = plan(contest)

    assert dealt["1"].entries != dealt["2"].entries
    assert (kept.seed, kept.entries) == ("2", dealt["2"].entries)


def test_two_judges_kept_apart_never_meet_until_they_are_let(contest):
    seat(contest, *judges()[:3])
    contest.enter("e-01", "e-02", "e-03")
    apart(contest, "j-2", "j-1")
    apart(contest, "j-1", "j-2")

    parted = plan(contest)
    apart(contest, "j-1", "j-2", kind=review.LetTogether, reason="Nhầm tên")
    united = plan(contest)

    assert all("j-3" in entry.judge_ids for entry in parted.entries)
    assert sorted(load.entries for load in united.loads) == [2, 2, 2]


def test_pairs_are_named_by_chair_or_organiser_with_a_reason(contest):
    seat(contest, *judges()[:3])

    with pytest.raises(Rejected, match="Forbidden"):
        apart(contest, "j-1", "j-2", by=SECRETARY)
    with pytest.raises(Rejected, match="NoReasonGiven"):
        apart(contest, "j-1", "j-2", reason=" ")
    with pytest.raises(Rejected, match="KeptFromThemselves"):
        apart(contest, "j-1", "j-1")


def test_where_everybody_marks_nobody_is_kept_apart(contest, amend):
    amend(replace(FIRST, judges_per_entry=None))
    seat(contest, *judges()[:3])
    contest.enter("e-01")
    assert plan(contest).entries[0].judge_ids == ("j-1", "j-2", "j-3")
    apart(contest, "j-1", "j-2")

    with pytest.raises(Rejected, match="EverybodyMarks"):
        contest.open()


def test_judges_are_kept_from_what_they_do_not_know_where_the_rules_ask_it(contest, amend):
    amend(expertise="required")
    seat(contest, *judges(areas=("TTHC",))[:2], review.Seat(person_id="j-3", areas=("CDS",)))
    contest.enter("e-01")

    shown = plan(contest)

    assert [entry.judge_ids for entry in shown.entries] == [("j-1", "j-2")]
    assert shown.entries[0].kept_away == (review.KeptAway(judge_id="j-3", reason="OUTSIDE_AREA"),)


def test_areas_and_limits_of_seats_make_sense(contest):
    with pytest.raises(Rejected, match="UnknownArea: The rules have no area XD"):
        seat(contest, *judges(areas=("XD",))[:3])
    with pytest.raises(Rejected, match="NothingToTake"):
        seat(contest, *judges(most=0)[:3])


def test_what_cannot_be_assigned_is_refused_and_the_plan_proves_it(contest, amend):
    amend(most_per_judge=2)
    seat(contest, *judges()[:3])
    contest.enter(*names(4))

    shown = plan(contest)

    (shortage,) = shown.shortages
    assert (shortage.entries, shortage.needed, shortage.inside) == (4, 8, 6)
    assert shortage.sentence == (
        "Lĩnh vực “Cải cách thủ tục hành chính”: 4 bài cần 8 lượt chấm;"
        " 3 giám khảo được phép chấm đảm nhận nhiều nhất 6 lượt."
    )
    proof = json.decode(shown.proof)
    assert verify(proof["problem"], proof["witnesses"]) == 1
    with pytest.raises(Rejected, match="CannotAssign: 4 entries need 8 reviews"):
        contest.open()
    assert contest.show().state == "WAITING"


def test_chair_who_marks_blind_is_told_no_reasons(contest, amend):
    seat(contest, *judges())
    contest.enter("e-01")
    contest.enter("e-02", unit_id="SNV")
    contest.register("j-4", unit_id="SNV")

    told, hidden = plan(contest), plan(contest, by=CHAIR)

    assert [kept.reason for entry in told.entries for kept in entry.kept_away] == ["OWN_UNIT"]
    assert [entry.kept_away for entry in hidden.entries] == [(), ()]
    amend(most_per_judge=1)
    contest.enter(*names(9)[2:])
    shown = plan(contest, by=CHAIR)
    assert shown.proof == ""
    assert shown.shortages
    assert all(not one.codes and not one.judge_ids for one in shown.shortages)


def test_plan_is_for_those_who_open_rounds(contest):
    seat(contest, *judges())
    contest.enter("e-01")

    for by in (actor("judge", id="j-2"), actor("entrant"), actor("judge", "chair", id="j-77")):
        with pytest.raises(Rejected, match="Forbidden"):
            plan(contest, by=by)


def test_workbook_says_the_same_in_vietnamese(contest):
    seat(contest, *judges())
    contest.enter("e-01", "e-02")
    contest.register("j-4", unit_id="SNV")
    contest.enter("e-03", unit_id="SNV")

    made = contest.bench.ask(
        review.ExportPlan(contest_id="HG-2022", round_id="SO_KHAO"), actor=SECRETARY
    )

    book = load_workbook(BytesIO(msgspec.convert(made, bytes, strict=False)))
    assert book.sheetnames == [
        "Thông tin",
        "Phân công",
        "Số bài mỗi giám khảo",
        "Không được phân công",
    ]
    rows = [tuple(cell.value for cell in row) for row in book["Phân công"].rows]
    planned = plan(contest).entries
    assert rows[0] == ("Mã bài", "Lĩnh vực", "Giám khảo 1", "Giám khảo 2")
    assert rows[1:] == [
        (one.code, "Cải cách thủ tục hành chính", *one.judge_ids) for one in planned
    ]
    assert book["Không được phân công"]["C2"].value == "Cùng đơn vị với bài hoặc tác giả"


def test_judge_who_leaves_keeps_what_they_marked_and_the_rest_goes_on(contest):
    seat(contest, *judges())
    contest.enter(*names(10))
    contest.open()
    before = contest.panels()
    own = sorted(entry for entry, panel in before.items() if "j-2" in panel)
    contest.give("j-2", contest.code(own[0]), 80)

    repaired = release(contest, "j-2")

    after = contest.panels()
    assert repaired.changes == len(own) - 1 == 3
    assert after[own[0]] == before[own[0]]
    for entry in before:
        assert len(after[entry]) == 2
        assert entry in own or after[entry] == before[entry]
    assert all("j-2" not in after[entry] for entry in own[1:])
    assert [one.code for one in contest.desk("j-2")] == [contest.code(own[0])]
    assert [row.judge_id for row in contest.bench.rows(select(SheetRow))] == ["j-2"]
    assert [row.reason for row in contest.bench.rows(select(ReleaseRow))] == ["Nghỉ ốm"]
    assert contest.said(review.JudgeReleased)[0].judge_id == "j-2"


def test_who_left_gets_no_late_entry_and_may_lose_the_seat(contest):
    seat(contest, *judges())
    contest.enter(*names(5))
    contest.open()
    release(contest, "j-2")
    contest.enter("e-06", "e-07", "e-08")

    contest.open()
    seat(
        contest, *(one for one in judges() if one.person_id != "j-2"), review.Seat(person_id="j-6")
    )

    assert all("j-2" not in panel for panel in contest.panels().values())
    with pytest.raises(Rejected, match="AlreadyLeft"):
        release(contest, "j-2")


def test_late_entry_moves_nobody_who_need_not_move(contest):
    seat(contest, *judges())
    contest.enter(*names(5))
    contest.open()
    before = contest.panels()
    contest.enter("e-06")

    contest.open()

    after = contest.panels()
    assert {entry: after[entry] for entry in before} == before
    assert len(after["e-06"]) == 2


def test_late_entry_makes_room_where_limits_leave_none(contest, amend):
    amend(most_per_judge=2)
    seat(contest, *judges()[:3])
    for judge_id, unit in (("j-1", "SNV"), ("j-2", "STP"), ("j-3", "STC")):
        contest.register(judge_id, unit_id=unit)
    contest.enter("e-01", "e-02")
    contest.open()
    held = {judge: [e for e, p in contest.panels().items() if judge in p] for judge in FIVE[:3]}
    full = next(judge for judge, entries in held.items() if len(entries) == 2)
    spare = next(judge for judge in FIVE[:3] if judge != full)
    units = {"j-1": "SNV", "j-2": "STP", "j-3": "STC"}
    contest.enter("e-03", unit_id=units[spare])

    contest.open()

    after = contest.panels()
    assert spare not in after["e-03"]
    assert sorted(len([1 for p in after.values() if judge in p]) for judge in FIVE[:3]) == [2] * 3


def test_round_is_evened_out_when_a_judge_comes(contest):
    seat(contest, *judges()[:3])
    contest.enter(*names(10))
    contest.open()
    before = contest.panels()
    given = next(entry for entry, panel in before.items() if "j-1" in panel)
    contest.give("j-1", contest.code(given), 75)
    seat(contest, *judges())

    repaired = level(contest)

    after = contest.panels()
    loads = [sum(judge in panel for panel in after.values()) for judge in FIVE]
    assert loads == [4, 4, 4, 4, 4]
    assert repaired.changes == 8
    assert "j-1" in after[given]
    assert level(contest) == review.Repaired(changes=0, moves=())


def test_places_stay_open_where_nobody_can_take_over(contest, amend):
    amend(most_per_judge=2)
    seat(contest, *judges()[:3])
    contest.enter("e-01", "e-02", "e-03")
    contest.open()
    before = contest.panels()

    with pytest.raises(Rejected, match="NoReasonGiven"):
        release(contest, "j-2", reason="")
    with pytest.raises(Rejected, match="NotSeated"):
        release(contest, "j-9")
    with pytest.raises(Rejected, match="Forbidden"):
        release(contest, "j-2", by=actor("judge", id="j-2"))
    repaired = release(contest, "j-2")

    owed = sorted(contest.code(entry) for entry, panel in before.items() if "j-2" in panel)
    assert (repaired.changes, list(repaired.vacant)) == (0, owed)
    assert sorted(one.code for one in contest.said(review.SubstituteSought)) == owed
    assert contest.panels() == {
        entry: tuple(judge for judge in panel if judge != "j-2") for entry, panel in before.items()
    }
    seat(
        contest, *(one for one in judges() if one.person_id != "j-2"), review.Seat(person_id="j-6")
    )
    assert all(len(panel) == 2 for panel in contest.panels().values())


def test_others_change_places_where_nobody_free_has_room(contest, amend):
    amend(most_per_judge=2)
    seat(contest, *judges())
    contest.enter("e-01", "e-02", "e-03", "e-04")
    contest.open()
    before = contest.panels()
    entry = next(iter(before))
    leaving = before[entry][0]

    contest.declare(leaving, contest.code(entry))

    after = contest.panels()
    assert leaving not in after[entry]
    assert all(len(panel) == 2 for panel in after.values())
    assert all(sum(judge in panel for panel in after.values()) <= 2 for judge in FIVE)
