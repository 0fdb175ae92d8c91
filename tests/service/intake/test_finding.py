"""Entries are found by whom they concern, a page at a time, and counted for staff."""

import pytest

from contracts import intake, review
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import AN, BINH, CLERK, CONTEST, ORGANISER, SECRETARY

HEAD = actor("coordinator", id="d-1", unit_id="STP")


def find(contest, by, **sought):
    asked = intake.FindEntries(contest_id=CONTEST, **sought)
    return contest.ask(asked, by, reply=intake.EntriesFound)


@pytest.fixture
def entered(contest):
    """Have one entry of a unit and one of nobody's handed in, and one only begun."""
    mine = contest.enter(AN, unit_id="STP", title="Cải cách một cửa")
    other = contest.enter(BINH, title="Số hóa 100% hồ sơ")
    contest.draft(BINH, title="Chưa xong")
    return mine, other


def test_staff_find_by_words_without_accents_and_leaf_through(contest, entered):
    mine, other = entered

    by_title = find(contest, CLERK, whose="ALL", words="cai cach")
    by_author = find(contest, CLERK, whose="ALL", words="nguyen AN cua")
    by_sign = find(contest, CLERK, whose="ALL", words="100%")
    second = find(contest, CLERK, whose="ALL", first=1, most=1)

    assert [line.entry_id for line in by_title.lines] == [mine]
    assert by_title.lines[0].unit == "Đơn vị STP"
    assert by_author == by_title
    assert [line.entry_id for line in by_sign.lines] == [other]
    assert (second.total, len(second.lines)) == (2, 1)
    assert find(contest, CLERK, whose="ALL", state="RETURNED").total == 0


def test_everybody_finds_what_concerns_them_and_nothing_else(contest, entered):
    mine, other = entered

    assert [one.entry_id for one in find(contest, AN).lines] == [mine]
    assert find(contest, BINH).total == 2  # their draft too
    assert [one.entry_id for one in find(contest, HEAD, whose="UNIT").lines] == [mine]
    assert find(contest, actor("coordinator", unit_id="SNV"), whose="UNIT").total == 0
    for by, whose in ((AN, "ALL"), (AN, "UNIT"), (HEAD, "ALL"), (actor("head"), "UNIT")):
        with pytest.raises(Rejected):
            find(contest, by, whose=whose)
    del other


def test_who_marks_neither_finds_nor_counts(contest, entered):
    del entered
    both = actor("secretary", "coordinator", id="j-1", unit_id="STP")
    seat = review.Seat(person_id="j-1", role="MEMBER")
    contest.bench.hear(review.JurySeated(contest_id=CONTEST, seats=(seat,)))

    for asked in (
        intake.FindEntries(contest_id=CONTEST, whose="ALL"),
        intake.FindEntries(contest_id=CONTEST, whose="UNIT"),
        intake.CountEntries(contest_id=CONTEST),
    ):
        with pytest.raises(Rejected, match="JudgeOfEntries"):
            contest.ask(asked, both)


def test_a_contest_is_counted_by_state_area_unit_and_day(contest, entered):
    contest.give_back(entered[0])

    asked = intake.CountEntries(contest_id=CONTEST)
    counted = contest.ask(asked, ORGANISER, reply=intake.EntriesCounted)

    assert (counted.total, counted.drafts, counted.overdue) == (2, 1, 0)
    states = {one.code: one.count for one in counted.states if one.count}
    assert states == {"SUBMITTED": 1, "RETURNED": 1}
    assert {one.name: one.count for one in counted.areas}["Cải cách thủ tục hành chính"] == 2
    assert [(one.code, one.count) for one in counted.units] == [("STP", 1), ("", 1)]
    assert [(str(one.day), one.count) for one in counted.days] == [("2022-07-01", 2)]
    with pytest.raises(Rejected, match="Forbidden"):
        contest.ask(asked, AN)
    assert contest.ask(asked, SECRETARY, reply=intake.EntriesCounted) == counted
