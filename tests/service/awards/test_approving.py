"""A list on its way through minutes, submission, approval or return, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from contracts import awards
from contracts.rules import Awarding
from kernel.testing import Rejected, actor
from tests.service.awards.conftest import (
    CHAIR,
    CHAIRMAN,
    CONTEST,
    DIRECTOR,
    NOVEMBER,
    ORGANISER,
    SECRETARY,
)
from tests.unit.awards.builders import a_prize, some_rules

MEETING = awards.RecordPrizeMeeting(
    contest_id=CONTEST, number="12/BB-BTC", held_on=date(2022, 7, 1), conclusion="Nhất trí."
)
SUBMISSION = awards.SubmitPrizes(contest_id=CONTEST, number="45/TTr-SNV", dated=date(2022, 7, 1))


@pytest.fixture
def formal(marked):
    """Let the rules ask for minutes and a submission."""
    marked.amends(awarding=Awarding(submission=True, may_leave_unawarded=True))
    marked.proposes()
    return marked


def ask(story, command, by):
    return story.bench.ask(command, actor=by)


def submitted(story):
    ask(story, MEETING, SECRETARY)
    ask(story, SUBMISSION, ORGANISER)
    return story


def test_authorities_approve_only_what_minutes_and_a_submission_bring_before_them(formal):
    with pytest.raises(Rejected, match="MeetingMissing"):
        formal.approves("CT_UBND", CHAIRMAN)
    with pytest.raises(Rejected, match="MeetingMissing"):
        ask(formal, SUBMISSION, ORGANISER)
    states = [formal.shows_prizes().state]
    ask(formal, MEETING, SECRETARY)
    states.append(formal.shows_prizes().state)
    with pytest.raises(Rejected, match="SubmissionMissing"):
        formal.approves("CT_UBND", CHAIRMAN)
    ask(formal, SUBMISSION, ORGANISER)
    states.append(formal.shows_prizes().state)
    formal.approves("CT_UBND", CHAIRMAN)
    formal.approves("GD_SNV", DIRECTOR)

    shown = formal.shows_prizes()
    assert [*states, shown.state] == ["PROPOSED", "MINUTED", "SUBMITTED", "APPROVED"]
    assert (shown.meeting.number, shown.submission.number) == ("12/BB-BTC", "45/TTr-SNV")
    assert [one.authority for one in shown.approvals] == ["CT_UBND", "GD_SNV"]
    (said,) = formal.said(awards.PrizesSubmitted)
    assert said.authorities == ("CT_UBND", "GD_SNV")


def test_returned_list_loses_every_approval_and_is_drawn_up_anew(formal):
    submitted(formal).approves("GD_SNV", DIRECTOR)
    back = awards.ReturnPrizes(contest_id=CONTEST, authority="CT_UBND", reason="Thiếu minh chứng.")
    with pytest.raises(Rejected, match="Forbidden"):
        ask(formal, back, DIRECTOR)

    ask(formal, back, CHAIRMAN)

    shown = formal.shows_prizes()
    assert (shown.state, shown.approved, shown.returned.reason) == (
        "RETURNED", (), "Thiếu minh chứng.",
    )  # fmt: skip
    with pytest.raises(Rejected, match="ListReturned"):
        formal.approves("CT_UBND", CHAIRMAN)
    formal.proposes()
    assert formal.shows_prizes().state == "PROPOSED"


def test_who_read_an_older_list_does_not_approve_the_new_one(marked):
    marked.proposes()
    read = marked.shows_prizes().drawn
    marked.proposes()

    with pytest.raises(Rejected, match="ListChanged"):
        marked.approves("CT_UBND", CHAIRMAN, drawn=read)
    assert marked.approves("CT_UBND", CHAIRMAN, drawn=read + 1) is False


def test_two_approvers_at_once_are_both_counted_and_one_is_the_last(marked):
    marked.proposes()

    with ThreadPoolExecutor(2) as pool:
        replies = list(
            pool.map(
                lambda one: marked.approves(*one),
                (("CT_UBND", CHAIRMAN), ("GD_SNV", DIRECTOR)),
            )
        )

    assert sorted(replies) == [False, True]
    assert sorted(marked.shows_prizes().approved) == ["CT_UBND", "GD_SNV"]


def test_of_two_who_approve_for_one_authority_at_once_one_is_told_so(marked):
    marked.proposes()
    deputies = (actor("authority:CT_UBND", id="a-1"), actor("authority:CT_UBND", id="a-9"))

    def approve(by):
        try:
            return marked.approves("CT_UBND", by)
        except Rejected as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(approve, deputies))

    assert sorted(map(str, replies)) == ["AlreadyApproved", "False"]
    assert len(marked.said(awards.PrizesApproved)) == 1


def test_council_leaves_a_prize_unawarded_and_the_list_says_why(formal):
    leave = awards.LeaveUnawarded(
        contest_id=CONTEST, prize="NHAT", count=0, minutes="08/BB-BTC", reason="Chưa xứng đáng."
    )

    ask(formal, leave, CHAIR)
    lines = formal.proposes()

    assert [(line.entry_id, line.prize) for line in lines] == [
        ("e-1", "NHI"), ("e-2", "BA"), ("e-3", "KHUYEN_KHICH"),
    ]  # fmt: skip
    first = formal.shows_prizes().unawarded[0]
    assert (first.prize, first.awarded, first.reason) == ("NHAT", 0, "Chưa xứng đáng.")


def test_council_names_a_side_prize_for_an_entry_without_another(marked):
    side = a_prize("AN_TUONG", 1, 0, ("GD_SNV", "GIAY_KHEN"), side_by="council")
    marked.amends(prizes=(*some_rules().prizes[:2], side))
    named = awards.NameSidePrize(
        contest_id=CONTEST,
        prize="AN_TUONG",
        entry_ids=("e-3",),
        minutes="09/BB",
        reason="Ấn tượng",
    )

    ask(marked, named, ORGANISER)

    lines = marked.proposes()
    assert [(one.entry_id, one.prize, one.score) for one in lines][2:] == [
        ("e-3", "AN_TUONG", Decimal("70.00"))
    ]


def test_shared_prize_splits_its_money_and_group_and_bonus_are_reckoned(marked):
    first = a_prize("NHAT", 1, 85, shared="split", money_vnd=15_000_001)
    marked.amends(prizes=(first,))
    marked.closes(e_1=90, e_2=90, e_3=70)
    assert [line.share for line in marked.proposes()] == ["1/2", "1/2"]
    marked.approves("CT_UBND", CHAIRMAN)
    marked.publishes()

    shown = marked.money()

    assert (shown.is_due, shown.decided_on) == (True, NOVEMBER.date())
    assert [line.amount_vnd for line in shown.lines if line.ledger == "CONTEST"] == [7_500_000] * 2
    assert [line.amount_vnd for line in shown.lines if line.ledger == "BONUS"] == [1_490_000] * 2
    assert (shown.sources[0].name, shown.sources[0].is_checked) == ("Mức lương cơ sở", False)
