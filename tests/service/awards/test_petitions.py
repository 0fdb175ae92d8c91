"""A petition from filing to a new revision of the results."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from contracts import awards, review
from contracts.rules import Petitions
from kernel.testing import Rejected, actor
from tests.service.awards.conftest import (
    CHAIRMAN,
    CONTEST,
    DIRECTOR,
    NOVEMBER,
    ORGANISER,
    SECRETARY,
    a_line,
)
from tests.unit.awards.builders import a_prize

PRIZES = (
    a_prize("NHAT", 1, 85, name="Giải Nhất"),
    a_prize("NHI", 1, 80, name="Giải Nhì"),
    a_prize("BA", 1, 65, name="Giải Ba", money_vnd=5_000_000),
    a_prize("KHUYEN_KHICH", 1, 65, ("GD_SNV", "GIAY_KHEN"), name="Giải Khuyến khích"),
)
AUTHOR = actor("entrant", id="p4")
LATER = NOVEMBER + timedelta(days=3)


@pytest.fixture
def four(story):
    """Four entries with a prize each, published; the third and the fourth are close."""
    story.opens(prizes=PRIZES, petitions=Petitions(days=5))
    people = ("Nguyễn An", "Trần Bình", "Lê Chi", "Phạm Dung")
    story.knows(**{f"p{n}": name for n, name in enumerate(people, start=1)})
    for n in range(1, 5):
        story.accepts(f"e-{n}", f"p{n}")
    story.closes(e_1=91, e_2=84, e_3=76, e_4=75)
    story.proposes()
    story.approves("CT_UBND", CHAIRMAN)
    story.approves("GD_SNV", DIRECTOR)
    story.publishes()
    return story


def files(story, entry_id="e-4", by=AUTHOR, kind="PETITION", now=NOVEMBER):
    asked = awards.FilePetition(
        contest_id=CONTEST, entry_id=entry_id, kind=kind, grounds="Chấm chưa đúng tiêu chí."
    )
    return story.bench.ask(asked, actor=by, now=now)


def moves(story, command, by=ORGANISER):
    return story.bench.ask(command, actor=by, now=LATER)


def lists(story, by=ORGANISER, now=LATER):
    asked = awards.ListPetitions(contest_id=CONTEST)
    return story.bench.ask(asked, actor=by, now=now, reply=tuple[awards.PetitionView, ...])


def rejudged(story, petition, total):
    moves(story, awards.AcceptPetition(petition_id=petition))
    moves(
        story,
        awards.OrderRejudging(petition_id=petition, round_id="BAO_VE", minutes="21/BB-BTC"),
    )
    line = a_line("e-4", total)
    story.bench.hear(
        review.EntryRejudged(
            contest_id=CONTEST, petition_id=petition, round_id="BAO_VE", entry_id="e-4", line=line
        ),
        now=LATER,
    )


def test_upheld_appeal_swaps_ranks_three_and_four_and_the_old_certificate_is_revoked(four):
    papers = {one.entry_id: one for one in published(four) if one.entry_id}
    petition = files(four)
    rejudged(four, petition, 79)
    (waiting,) = lists(four)
    assert waiting.marks == awards.Remarked(
        mean_before=Decimal("75.00"), mean_after=Decimal("79.00"), rank_before=4, rank_after=3
    )

    moves(
        four,
        awards.DecidePetition(
            petition_id=petition, upheld=True, number="31/TB-BTC", answer="Chấp nhận."
        ),
    )
    assert prizes_of(four) == ["NHAT", "NHI", "BA", "KHUYEN_KHICH"]  # until the revision is out
    lines = [(one.entry_id, one.rank, one.prize) for one in four.proposes()]
    assert lines[2:] == [("e-4", 3, "BA"), ("e-3", 4, "KHUYEN_KHICH")]
    four.approves("CT_UBND", CHAIRMAN)
    four.approves("GD_SNV", DIRECTOR)
    issued = four.publishes(now=LATER)

    revoked = {one.paper_id for one in four.said(awards.PaperRevoked)}
    assert revoked == {papers["e-3"].paper_id, papers["e-4"].paper_id}
    certificates = {one.entry_id: one.prize for one in issued if one.entry_id}
    assert certificates == {"e-3": "KHUYEN_KHICH", "e-4": "BA"}
    holding = {one.paper_id for one in published(four, LATER)}
    assert not holding & revoked
    assert {papers["e-1"].paper_id, papers["e-2"].paper_id} <= holding
    (said,) = four.said(awards.ResultsRevised)
    assert (said.revision, set(said.lost)) == (2, {"e-3", "e-4"})
    assert four.results(LATER).revised_at == LATER
    assert contest_money(four) == [("e-3", "DUE"), ("e-3", "RECALLED"), ("e-4", "DUE")]
    assert [one.state for one in lists(four)[0].steps] == [
        "FILED", "ACCEPTED", "REJUDGING", "REJUDGED", "UPHELD",
    ]  # fmt: skip


def test_money_that_a_revision_recalled_comes_back_as_that_of_a_revoked_prize(four):
    rejudged(four, petition := files(four), 79)
    moves(
        four,
        awards.DecidePetition(
            petition_id=petition, upheld=True, number="31/TB-BTC", answer="Chấp nhận."
        ),
    )
    four.proposes()
    four.approves("CT_UBND", CHAIRMAN)
    four.approves("GD_SNV", DIRECTOR)
    four.publishes(now=LATER)

    gone = [(one.entry_id, one.ground, one.contest_left_vnd) for one in taken_back(four)]
    assert gone == [("e-3", "REVISION", 5_000_000), ("e-4", "REVISION", 0)]
    assert comes_back(four, ledger="CONTEST", amount_vnd=5_000_000).contest_left_vnd == 0
    for certificate, refusal in ((False, "MoreThanOwed"), (True, "NoCertificateOwed")):
        with pytest.raises(Rejected, match=refusal):
            comes_back(four, ledger="CONTEST", amount_vnd=1, certificate=certificate)


def test_what_one_author_disputes_keeps_nobody_else_from_disputing(four):
    files(four)
    files(four, kind="COMPLAINT")

    with pytest.raises(Rejected, match="PetitionOpen"):
        files(four, kind="COMPLAINT")


def test_an_entry_is_judged_again_for_one_petition_at_a_time(four):
    first, second = files(four), files(four, kind="COMPLAINT")
    for petition in (first, second):
        moves(four, awards.AcceptPetition(petition_id=petition))
    order = awards.OrderRejudging(petition_id=first, round_id="BAO_VE", minutes="21/BB-BTC")
    moves(four, order)

    with pytest.raises(Rejected, match="JudgedAgainAlready"):
        moves(four, structs.replace(order, petition_id=second))
    moves(four, order)  # the same order again is no other's


def test_dismissed_appeal_changes_no_result(four):
    petition = files(four)
    rejudged(four, petition, 75)

    moves(
        four,
        awards.DecidePetition(
            petition_id=petition, upheld=False, number="32/TB-BTC", answer="Giữ nguyên kết quả."
        ),
    )

    assert four.shows_prizes().state == "PUBLISHED"
    assert [one.state for one in lists(four, AUTHOR)] == ["DISMISSED"]


def test_two_kinds_go_by_two_clocks(four):
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    last = datetime(2022, 11, 16, tzinfo=zone)  # five working days after 8 November
    with pytest.raises(Rejected, match="PetitionLate"):
        files(four, now=last)
    files(four, now=last - timedelta(microseconds=1))
    by_law = datetime(2023, 2, 7, tzinfo=zone)  # ninety days
    with pytest.raises(Rejected, match="PetitionLate"):
        files(four, "e-3", actor("entrant", id="p3"), "COMPLAINT", by_law)
    complaint = files(
        four, "e-3", actor("entrant", id="p3"), "COMPLAINT", by_law - timedelta(seconds=1)
    )

    views = {one.petition_id: one for one in lists(four)}
    assert views[complaint].accept_by == datetime(2023, 2, 17, tzinfo=zone)
    assert [one.accept_by for one in views.values() if one.kind == "PETITION"] == [None]
    late = {
        one.petition_id: one.is_overdue for one in lists(four, now=by_law + timedelta(days=11))
    }
    assert [late[complaint], sum(late.values())] == [True, 1]


def test_only_an_author_disputes_and_only_the_office_answers(four):
    with pytest.raises(Rejected, match="NotYourEntry"):
        files(four, by=actor("entrant", id="p1"))
    petition = files(four)
    with pytest.raises(Rejected, match="PetitionOpen"):
        files(four)
    for command in (
        awards.AcceptPetition(petition_id=petition),
        awards.RefusePetition(petition_id=petition, reason="Không."),
    ):
        with pytest.raises(Rejected, match="Forbidden"):
            moves(four, command, SECRETARY)
    assert lists(four, actor("entrant", id="p1")) == ()
    moves(four, awards.WithdrawPetition(petition_id=petition), AUTHOR)
    assert files(four) != petition


def taken_back(story):
    asked = awards.ListRevocations(contest_id=CONTEST)
    return story.bench.ask(asked, actor=SECRETARY, reply=tuple[awards.Revocation, ...])


def comes_back(story, **came):
    asked = awards.RecordRecovery(
        contest_id=CONTEST, entry_id="e-3", document="Phiếu thu 09", **came
    )
    return story.bench.ask(asked, actor=SECRETARY, now=LATER, reply=awards.Revocation)


def contest_money(story):
    lines = story.money(now=LATER).lines
    return [(one.entry_id, one.kind) for one in lines if one.ledger == "CONTEST"]


def published(story, now=NOVEMBER):
    asked = awards.ShowResults(contest_id=CONTEST)
    return story.bench.ask(asked, now=now, reply=awards.Results).papers


def prizes_of(story):
    asked = awards.ShowResults(contest_id=CONTEST)
    shown = story.bench.ask(asked, now=LATER, reply=awards.Results)
    return [one.prize for one in shown.winners]
