"""Conflicts found, declared and pinned, and what follows from one that comes late."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contracts import intake, review
from contracts.rules import ConflictRules, JuryRules
from kernel.testing import NOON, Rejected, actor
from tests.service.review.conftest import CHAIR, ORGANISER, SECRETARY, Contest
from tests.unit.review.builders import a_contest

DECISION = review.Decision(number="05/QĐ-BTC", issued_on=date(2022, 8, 20))
MERGED_ON = date(2022, 8, 10)


@dataclass
class Said:
    """What a test says of conflicts, in few words, and what it then sees."""

    contest: Contest

    def ask(self, message, by, reply=None):
        contest = self.contest
        return contest.bench.ask(message, actor=by, now=contest.now, reply=reply)

    def pin(self, judge, entry, ground=None, by=CHAIR):
        return self.ask(
            review.PinConflict(
                contest_id="HG-2022",
                judge_id=judge,
                entry_id=entry,
                side="NO_OBSTACLE" if ground else "APART",
                ground=ground,
                reason="Đã cân nhắc",
            ),
            by,
        )

    def lift(self, pin_id, by=CHAIR):
        self.ask(review.LiftPin(contest_id="HG-2022", pin_id=pin_id, reason="Nhầm"), by)

    def withdraw(self, declaration_id, by):
        asked = review.WithdrawConflict(
            contest_id="HG-2022", declaration_id=declaration_id, reason="Khai nhầm"
        )
        self.ask(asked, by)

    def declared(self, by=ORGANISER):
        asked = review.ListDeclarations(contest_id="HG-2022")
        return self.ask(asked, by, tuple[review.Declared, ...])

    def listed(self, by=ORGANISER, **about):
        asked = review.ListConflicts(contest_id="HG-2022", **about)
        return self.ask(asked, by, review.ConflictList)

    def grounds(self, **about):
        return {
            (entry.entry_id, line.judge_id): line.ground
            for entry in self.listed(**about).entries
            for line in entry.lines
            if line.excused_by is None
        }

    def notes(self, by=ORGANISER):
        asked = review.ListJuryNotes(contest_id="HG-2022")
        return [one.words for one in self.ask(asked, by, tuple[review.JuryNote, ...])]

    def merge(self, *units, into="SNV_MOI", on=MERGED_ON):
        links = tuple(
            intake.AgencySuccession(
                predecessor_id=unit, successor_id=into, on=on, kind="MERGED", basis="QĐ sắp xếp"
            )
            for unit in units
        )
        self.contest.bench.hear(intake.AgenciesSucceeded(successions=links))

    def marks_of(self, entry_id):
        """Name the judges of an entry in the open round, as last announced."""
        return self.contest.panels()[entry_id]


@pytest.fixture
def said(contest):
    return Said(contest)


@pytest.fixture
def opened(contest, said):
    """Open the first round with one entry, and let both of its judges mark it."""
    contest.seat()
    contest.enter("e-1")
    contest.open()
    contest.give_all({"e-1": 80})
    return said


def other_than(judges):
    return next(judge for judge in ("j-1", "j-2", "j-3") if judge not in judges)


def stood_down(contest):
    return [
        (one.entry_id, one.judge_id, one.kind, one.sheets)
        for one in contest.said(review.JudgeStoodDown)
    ]


@pytest.mark.parametrize("late", ["author", "judge"])
def test_person_registered_late_in_the_same_unit_takes_the_judges_sheet_out(contest, opened, late):
    first, second = opened.marks_of("e-1")
    unit = {"j-1": "SNV", "j-2": "STP", "j-3": "STC"}[first]
    if late == "author":
        contest.register("p-e-1", unit_id=unit)
    else:
        contest.register("p-e-1", unit_id="SYT")
        contest.register(first, unit_id="SYT")

    third = other_than((first, second))
    assert stood_down(contest) == [("e-1", first, "FOUND", 1)]
    assert opened.marks_of("e-1") == tuple(sorted((second, third)))
    assert opened.notes()[-1] == (
        f"Giám khảo {first} thôi chấm bài HG-01: phát hiện xung đột lợi ích. 1 phiếu chấm đã nộp"
        f" được lưu, không tính vào kết quả. Giám khảo {third} chấm thay."
    )
    contest.give(third, "HG-01", 90)
    assert [str(line.score) for line in contest.close()] == ["85.00"]


def test_departments_merged_while_their_people_mark_are_one_unit(contest, said):
    contest.seat()
    contest.enter("e-1", unit_id="SYT")
    contest.open()
    first, second = said.marks_of("e-1")
    unit = {"j-1": "SNV", "j-2": "STP", "j-3": "STC"}[first]

    said.merge("SYT", unit)

    assert stood_down(contest) == [("e-1", first, "FOUND", 0)]
    assert said.marks_of("e-1") == tuple(sorted((second, other_than((first, second)))))


def test_merger_that_comes_about_on_a_later_day_is_none_yet_and_is_found_by_itself(contest, said):
    contest.seat()
    contest.enter("e-1", unit_id="SYT")
    contest.open()
    first, _ = said.marks_of("e-1")
    unit = {"j-1": "SNV", "j-2": "STP", "j-3": "STC"}[first]
    said.merge("SYT", unit, on=contest.now.date() + timedelta(days=9))
    assert stood_down(contest) == []

    contest.now += timedelta(days=9)
    contest.bench.tick("look_for_conflicts", now=contest.now)

    assert stood_down(contest) == [("e-1", first, "FOUND", 0)]


def test_judge_who_turns_out_to_be_an_author_under_another_id_stands_down(contest, opened):
    first, _ = opened.marks_of("e-1")

    contest.bench.hear(
        intake.PersonRegistered(
            person_id=first, full_name="Lê Thị Cúc", unit_id=None, also_ids=("p-e-1",)
        )
    )

    assert stood_down(contest) == [("e-1", first, "FOUND", 1)]
    assert opened.grounds() == {("e-1", first): "AUTHOR"}


def test_member_of_the_jury_who_enters_is_kept_from_the_entry_as_its_author(contest):
    contest.seat()
    contest.enter("e-1", "e-2")
    about = contest.about("e-1") | {"author_ids": ("p-e-1", "j-2")}
    contest.bench.hear(
        intake.EntryAccepted(
            **about,
            version=1,
            area="TTHC",
            kind="COLLECTIVE",
            shares=(intake.Share(person_id="j-2", percent=Decimal(100)),),
            summary="Tóm tắt",
        )
    )

    kept_away = {(one.judge_id, one.reason) for one in contest.open().kept_away}

    assert kept_away == {("j-2", "AUTHOR")}


def test_author_seated_later_is_flagged_on_the_entry_and_has_none_of_it(contest, said):
    contest.seat()
    contest.enter("e-1", unit_id="SYT")
    contest.open()

    contest.register("p-e-1", unit_id="SYT")
    said.ask(
        review.ReplaceJudge(
            contest_id="HG-2022",
            judge_id=said.marks_of("e-1")[1],
            decision=DECISION,
            reason="Đi công tác",
            substitute_id="p-e-1",
        ),
        ORGANISER,
    )

    (entry,) = said.listed().entries
    assert [(one.judge_id, one.words) for one in entry.lines] == [
        ("p-e-1", "là tác giả hoặc đồng tác giả của bài dự thi"),
        ("p-e-1", "cùng đơn vị với tác giả hoặc bài dự thi (SYT)"),
    ]
    assert len(said.marks_of("e-1")) == 2
    assert "p-e-1" not in said.marks_of("e-1")


def test_judge_who_writes_with_an_author_in_another_contest_stands_down_here(contest, opened):
    first, _ = opened.marks_of("e-1")
    about = contest.about("e-77") | {"contest_id": "HG-2021", "author_ids": ("p-e-1", first)}

    contest.bench.hear(
        intake.EntryAccepted(
            **about, version=1, area="TTHC", kind="COLLECTIVE", shares=(), summary=""
        )
    )

    assert stood_down(contest) == [("e-1", first, "FOUND", 1)]
    assert opened.grounds() == {("e-1", first): "CO_AUTHOR"}


def test_entry_with_an_author_nobody_registered_is_for_no_judge(contest, said):
    contest.seat()
    contest.submit("e-9")
    contest.accept("e-9")

    (entry,) = said.listed().entries

    assert (entry.free, [(one.judge_id, one.ground) for one in entry.lines]) == (
        0,
        [("*", "UNKNOWN_AUTHOR")],
    )


def test_former_post_counts_as_long_as_the_rules_say(contest, said):
    rules = replace(a_contest(), conflicts=ConflictRules(former_years=3))
    amended = intake.ContestAmended(
        contest_id="HG-2022", rules=rules, sha256="1" * 64, number=1, reason="Bổ sung"
    )
    contest.bench.hear(amended)
    contest.seat()
    contest.enter("e-1", unit_id="SYT")
    posts = (review.DatedPost(unit_id="SYT", until=date(2020, 1, 31)),)

    said.ask(review.RecordPosts(person_id="j-2", posts=posts), actor("judge", id="j-2"))

    assert said.grounds() == {("e-1", "j-2"): "FORMER_UNIT"}


def test_unit_a_judge_was_registered_with_before_is_a_former_post(contest, said):
    rules = replace(a_contest(), conflicts=ConflictRules(former_years=1))
    contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=rules, sha256="1" * 64, number=1, reason="Bổ sung"
        )
    )
    contest.seat()
    contest.enter("e-1", unit_id="SYT")
    for day, unit in ((1, "SYT"), (2, "STP")):
        moved = intake.PersonRegistered(person_id="j-2", full_name="Lê Thị Cúc", unit_id=unit)
        contest.bench.hear(moved, now=NOON + timedelta(days=day))

    assert said.grounds() == {("e-1", "j-2"): "FORMER_UNIT"}


def test_posts_of_others_are_for_staff_to_record(said):
    with pytest.raises(Rejected, match="Forbidden"):
        said.ask(review.RecordPosts(person_id="j-1", posts=()), actor("judge", id="j-2"))


def test_author_may_declare_a_conflict_with_a_judge_and_nobody_elses(contest, said):
    contest.seat()
    contest.enter("e-1", "e-2")

    contest.declare("j-2", "e-1", by=actor("entrant", id="p-e-1"))
    with pytest.raises(Rejected, match="Forbidden"):
        contest.declare("j-2", "e-2", by=actor("entrant", id="p-e-1"))

    assert said.grounds() == {("e-1", "j-2"): "DECLARED"}


def test_author_is_not_told_who_is_on_a_secret_jury_by_declaring_a_conflict(contest):
    rules = replace(a_contest(), jury=JuryRules(names="SECRET"))
    contest.bench.hear(
        intake.ContestAmended(
            contest_id="HG-2022", rules=rules, sha256="1" * 64, number=1, reason="Giữ kín"
        )
    )
    contest.seat()
    contest.enter("e-1")

    for judge in ("j-2", "nobody"):
        with pytest.raises(Rejected, match="JurySecret"):
            contest.declare(judge, "e-1", by=actor("entrant", id="p-e-1"))


def test_tie_to_a_person_declared_before_they_enter_holds_for_their_entry(contest, said):
    contest.seat()
    said.ask(
        review.DeclareConflict(
            contest_id="HG-2022",
            judge_id="j-3",
            person_id="p-e-1",
            relation="SPOUSE",
            reason="Vợ chồng",
        ),
        actor("judge", id="j-3"),
    )

    contest.enter("e-1", "e-2")

    assert said.grounds() == {("e-1", "j-3"): "DECLARED"}


def test_declaration_is_taken_back_by_who_made_it_or_the_chair_and_stays_on_record(contest, said):
    contest.seat()
    contest.enter("e-1")
    contest.declare("j-2", "e-1")
    (made,) = said.declared()

    for stranger in (actor("judge", id="j-3"), SECRETARY, ORGANISER):
        with pytest.raises(Rejected, match="NotYoursToWithdraw"):
            said.withdraw(made.id, stranger)
    said.withdraw(made.id, actor("judge", id="j-2"))
    contest.declare("j-3", "e-1")
    again = next(one for one in said.declared() if one.judge_id == "j-3")
    said.withdraw(again.id, CHAIR)

    assert said.grounds() == {}
    assert {(one.judge_id, one.ended_by, one.ended_reason) for one in said.declared()} == {
        ("j-2", "j-2", "Khai nhầm"),
        ("j-3", "j-1", "Khai nhầm"),
    }
    with pytest.raises(Rejected, match="UnknownDeclaration"):
        said.withdraw(made.id, CHAIR)


def test_one_declaration_of_several_taken_back_leaves_the_others(contest, said):
    contest.seat()
    contest.enter("e-1")
    contest.declare("j-2", "e-1")
    contest.declare("j-2", "e-1", by=actor("entrant", id="p-e-1"))
    contest.declare("j-2", "e-1")  # said twice by one person is said once
    own = next(one for one in said.declared() if one.said_by == "j-2")

    said.withdraw(own.id, CHAIR)

    assert len(said.declared()) == 2
    assert said.grounds() == {("e-1", "j-2"): "DECLARED"}


def test_who_stood_down_does_not_come_back_when_the_declaration_is_taken_back(contest, opened):
    first, second = opened.marks_of("e-1")
    contest.declare(first, "HG-01")
    contest.declare(second, "HG-01")
    third = other_than((first, second))
    assert opened.marks_of("e-1") == (third,)

    withdrawn = next(one for one in opened.declared() if one.judge_id == first)
    opened.withdraw(withdrawn.id, CHAIR)

    assert opened.marks_of("e-1") == (third,)


def test_chair_keeps_a_judge_from_an_entry_and_lifts_it(contest, said):
    contest.seat()
    contest.enter("e-1")

    pin = said.pin("j-2", "e-1")
    assert said.grounds() == {("e-1", "j-2"): "PINNED"}
    said.lift(pin)

    assert said.grounds() == {}
    assert [(one.side, one.ended_by) for one in said.declared()] == [("APART", "j-1")]
    assert [one.is_lifted for one in contest.said(review.ConflictPinned)] == [False, True]


def test_chair_states_that_a_found_ground_is_no_obstacle_and_it_is_minuted(contest, said):
    contest.seat()
    contest.enter("e-1", unit_id="SNV")
    assert said.grounds() == {("e-1", "j-1"): "OWN_UNIT"}

    pin = said.pin("j-1", "e-1", "OWN_UNIT")

    assert said.grounds() == {}
    assert said.listed().entries[0].lines[0].excused_by == pin
    assert said.notes()[-1] == (
        "Trưởng Ban Giám khảo kết luận việc giám khảo j-1 cùng đơn vị với tác giả hoặc bài dự thi"
        " không cản trở chấm bài e-1. Lý do: Đã cân nhắc"
    )
    assert contest.open().kept_away == ()


@pytest.mark.parametrize("ground", ["AUTHOR", "UNKNOWN_AUTHOR", "UNKNOWN_UNIT"])
def test_chair_cannot_state_it_of_an_author_or_of_what_is_unknown(contest, said, ground):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="NotExcusable"):
        said.pin("j-2", "e-1", ground)


@pytest.mark.parametrize("by", [SECRETARY, ORGANISER, actor("judge", "chair", id="j-2")])
def test_only_the_chair_of_this_jury_pins(contest, said, by):
    contest.seat()
    contest.enter("e-1")

    with pytest.raises(Rejected, match="Forbidden"):
        said.pin("j-3", "e-1", by=by)


def test_pin_lifted_in_an_open_round_lets_the_judge_stand_down(contest, said):
    contest.seat()
    contest.enter("e-1", unit_id="SNV")
    pin = said.pin("j-1", "e-1", "OWN_UNIT")
    contest.declare("j-3", "e-1")
    contest.open()
    assert said.marks_of("e-1") == ("j-1", "j-2")

    said.lift(pin)

    assert stood_down(contest) == [("e-1", "j-1", "FOUND", 0)]
    assert said.marks_of("e-1") == ("j-2",)


def test_what_was_declared_and_pinned_survives_that_the_found_is_computed_anew(contest, said):
    contest.seat()
    contest.enter("e-1", "e-2")
    contest.declare("j-2", "e-1")
    said.pin("j-3", "e-2")
    contest.register("p-e-1", unit_id="SNV")
    contest.register("p-e-2", unit_id="STP")
    before = said.declared()
    assert len(said.grounds()) == 4

    contest.register("p-e-1", unit_id="SYT")
    contest.register("p-e-2", unit_id="SYT")

    assert said.grounds() == {("e-1", "j-2"): "DECLARED", ("e-2", "j-3"): "PINNED"}
    assert said.declared() == before


def test_who_marks_in_a_blind_round_sees_no_conflicts_until_it_is_closed(contest, opened):
    contest.register("p-e-1", unit_id="STC")
    both = (CHAIR, actor("organiser", "secretary", id="j-2"))

    for by in both:
        for see in (opened.listed, opened.notes):
            with pytest.raises(Rejected, match="ConflictsHidden"):
                see(by=by)
        assert opened.declared(by=by) == ()
    assert opened.listed(by=SECRETARY) == opened.listed(by=ORGANISER)

    for judge in opened.marks_of("e-1"):
        if (desk := contest.desk(judge)) and desk[0].state == "OPEN":
            contest.give(judge, "HG-01", 80)
    contest.close()
    assert opened.listed(by=CHAIR).entries


def test_judge_without_another_office_never_lists_conflicts(opened):
    with pytest.raises(Rejected, match="Forbidden"):
        opened.listed(by=actor("judge", id="j-2"))


def test_judge_sees_own_declarations_only(contest, said):
    contest.seat()
    contest.enter("e-1")
    contest.declare("j-2", "e-1")
    contest.declare("j-3", "e-1")

    mine = said.declared(by=actor("judge", id="j-2"))

    assert [(one.judge_id, one.entry, one.reason) for one in mine] == [
        ("j-2", "e-1", "Người thân")
    ]


def test_list_goes_on_where_a_page_ends_and_may_be_of_one_judge_or_entry(contest, said):
    contest.seat()
    contest.enter("e-1", "e-2", "e-3", unit_id="SNV")
    contest.declare("j-2", "e-2")

    first = said.listed(most=2)
    rest = said.listed(most=2, after=first.after)

    assert [one.entry_id for one in (*first.entries, *rest.entries)] == ["e-1", "e-2", "e-3"]
    assert (first.after, rest.after) == ("e-2", None)
    assert said.grounds(judge_id="j-2") == {("e-2", "j-2"): "DECLARED"}
    assert said.grounds(entry_id="e-3") == {("e-3", "j-1"): "OWN_UNIT"}


def test_looking_again_changes_nothing(contest, opened):
    first, _ = opened.marks_of("e-1")
    contest.declare(first, "HG-01")
    before = list(contest.bench.announced)

    for _ in range(2):
        contest.bench.tick("look_for_conflicts", now=contest.now)
        contest.bench.hear(intake.AgenciesImported(agencies=()))

    assert contest.bench.announced == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_every_conflict_is_honoured_whatever_order_facts_arrive_in(contest, said, seed):
    chance = random.Random(seed)  # noqa: S311  # an order
    contest.seat()
    contest.enter("e-1", "e-2", "e-3", "e-4", "e-5")
    centre = intake.Agency(unit_id="TTCNTT", name="Trung tâm", kind="DV", parent_id="STP")
    facts = [
        lambda: contest.register("p-e-1", unit_id="SNV"),  # j-1's own unit
        lambda: contest.register("p-e-2", unit_id="TTCNTT"),
        lambda: contest.bench.hear(intake.AgenciesImported(agencies=(centre,))),  # below j-2's
        lambda: contest.register("p-e-3", unit_id="SYT"),
        lambda: said.merge("SYT", "STC"),  # with j-3's
        lambda: contest.declare("j-2", "e-5"),
        lambda: contest.bench.hear(
            intake.PersonRegistered(
                person_id="j-3", full_name="Lê Thị Cúc", unit_id=None, also_ids=("p-e-4",)
            )
        ),
        contest.open,
    ]
    chance.shuffle(facts)

    for fact in facts:
        fact()

    conflicts = {("e-1", "j-1"), ("e-2", "j-2"), ("e-3", "j-3"), ("e-4", "j-3"), ("e-5", "j-2")}
    judged = {(entry, judge) for entry, judges in contest.panels().items() for judge in judges}
    assert said.grounds().keys() == conflicts
    assert (
        judged
        == {(entry, judge) for entry in contest.panels() for judge in ("j-1", "j-2", "j-3")}
        - conflicts
    )
