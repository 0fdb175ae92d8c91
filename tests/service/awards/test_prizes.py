"""What awards proposes, has approved, and announces."""

from decimal import Decimal

import pytest

from contracts import awards, intake, review
from kernel.testing import Rejected, actor
from tests.service.awards.conftest import (
    CHAIR,
    CHAIRMAN,
    CONTEST,
    DIRECTOR,
    a_line,
    withdrawn,
)
from tests.unit.awards.builders import some_rules


def a_prize_line(entry_id, prize, score, rank, authors, unit_id=None):  # noqa: PLR0917
    return awards.PrizeLine(
        entry_id=entry_id,
        title=f"Sáng kiến {entry_id}",
        author_ids=authors,
        prize=prize,
        score=Decimal(score),
        rank=rank,
        unit_id=unit_id,
        money_vnd=0,  # these rules name none
    )


LINES = (
    a_prize_line("e-1", "NHAT", "91.25", 1, ("p1", "p2"), "u-1"),
    a_prize_line("e-2", "NHI", "82.00", 2, ("p3",)),
    a_prize_line("e-3", "KHUYEN_KHICH", "70.00", 3, ("p2",), "u-1"),
)


def test_proposal_is_replied_shown_and_announced(marked):
    assert marked.proposes() == LINES

    assert marked.shows_prizes() == awards.PrizeList(
        state="PROPOSED",
        lines=LINES,
        awaited=("CT_UBND", "GD_SNV"),
        drawn=1,
        unawarded=(
            awards.UnawardedPrize(prize="BA", count=2, awarded=0),
            awards.UnawardedPrize(prize="KHUYEN_KHICH", count=4, awarded=1),
        ),
    )
    assert marked.bench.announced == [awards.PrizesProposed(contest_id=CONTEST, lines=LINES)]


def test_events_may_come_in_any_order(story):
    story.closes(e_1=90)
    story.bench.hear(withdrawn("e-2"))
    story.accepts("e-2", "p3")
    story.accepts("e-1", "p1")
    story.opens()

    assert [line.entry_id for line in story.proposes()] == ["e-1"]


def test_entry_out_of_the_contest_is_not_ranked(marked):
    marked.bench.hear(withdrawn("e-1"))

    assert [(line.entry_id, line.prize) for line in marked.proposes()] == [
        ("e-2", "NHI"),
        ("e-3", "KHUYEN_KHICH"),
    ]


def test_disqualification_drops_the_list_and_its_approvals(approved):
    gone = intake.EntryDisqualified(
        contest_id=CONTEST,
        entry_id="e-2",
        receipt_code="R",
        filed_by="p3",
        author_ids=("p3",),
        title="Sáng kiến e-2",
        reason="sao chép",
    )

    approved.bench.hear(gone)

    assert approved.shows_prizes() == awards.PrizeList(state="NONE", drawn=1)
    with pytest.raises(Rejected, match="NoPrizesProposed"):
        approved.publishes()


def test_proposal_waits_for_the_last_round(story):
    story.opens()
    story.bench.hear(
        review.RoundClosed(
            contest_id=CONTEST, round_id="SO_KHAO", table=(a_line("e-1", 90),), is_last=False
        )
    )

    with pytest.raises(Rejected, match="RoundsStillOpen: Not closed yet: BAO_VE"):
        story.proposes()


def test_tie_is_announced_once_and_the_council_parts_it(marked):
    marked.closes(e_1=90, e_2=90, e_3=70)
    tie = ("e-1", "e-2")

    assert marked.proposes() == ()
    assert marked.proposes() == ()
    assert marked.shows_prizes() == awards.PrizeList(state="TIED", ties=(tie,))

    vote = awards.ResolveTie(contest_id=CONTEST, order=("e-2", "e-1"), minutes="07/BB-BGK")
    marked.bench.ask(vote, actor=CHAIR)
    lines = marked.proposes()

    assert [(line.entry_id, line.prize, line.rank) for line in lines] == [
        ("e-2", "NHAT", 1),
        ("e-1", "NHI", 2),
        ("e-3", "KHUYEN_KHICH", 3),
    ]
    assert marked.bench.announced == [
        awards.TieFound(contest_id=CONTEST, entry_ids=tie),
        awards.TieResolved(contest_id=CONTEST, order=("e-2", "e-1"), minutes="07/BB-BGK"),
        awards.PrizesProposed(contest_id=CONTEST, lines=lines),
    ]


def test_only_the_chair_records_a_vote(marked):
    vote = awards.ResolveTie(contest_id=CONTEST, order=("e-2", "e-1"), minutes="07/BB-BGK")

    with pytest.raises(Rejected, match="Forbidden"):
        marked.bench.ask(vote, actor=actor("secretary"))


def test_authorities_approve_one_by_one_until_all_have(marked):
    marked.proposes()

    assert marked.approves("GD_SNV", DIRECTOR) is False
    assert marked.approves("CT_UBND", CHAIRMAN) is True

    assert marked.shows_prizes().state == "APPROVED"
    assert marked.bench.announced[1:] == [
        awards.PrizesApproved(contest_id=CONTEST, authority="GD_SNV", complete=False),
        awards.PrizesApproved(contest_id=CONTEST, authority="CT_UBND", complete=True),
    ]


def test_nobody_approves_for_another_authority(marked):
    marked.proposes()

    for stranger in (DIRECTOR, actor("organiser", "secretary")):
        with pytest.raises(Rejected, match="Forbidden"):
            marked.approves("CT_UBND", stranger)


def test_repeated_command_is_one_approval(marked):
    marked.proposes()
    asked = awards.ApprovePrizes(contest_id=CONTEST, authority="CT_UBND")

    replies = [marked.bench.ask(asked, actor=CHAIRMAN, id="c-1") for _ in range(2)]

    assert replies == [False, False]
    assert len(marked.bench.announced) == 2


def test_amended_rules_drop_what_was_proposed_under_the_old(approved):
    amended = intake.ContestAmended(
        contest_id=CONTEST, rules=some_rules(), sha256="1" * 64, number=1, reason="sửa giải"
    )

    approved.bench.hear(amended)

    assert approved.shows_prizes() == awards.PrizeList(state="NONE", drawn=1)


def test_late_original_does_not_undo_an_amendment(story):
    prizes = some_rules().prizes[:1]
    amended = intake.ContestAmended(
        contest_id=CONTEST,
        rules=some_rules(prizes=prizes),
        sha256="1" * 64,
        number=1,
        reason="bớt giải",
    )
    story.bench.hear(amended)
    story.opens()
    story.accepts("e-1", "p1")
    story.accepts("e-2", "p2")
    story.closes(e_1=90, e_2=84)

    assert [line.entry_id for line in story.proposes()] == ["e-1"]


@pytest.mark.parametrize("role", ["entrant", "judge", "authority:OTHER"])
def test_list_is_kept_from_everybody_else(marked, role):
    with pytest.raises(Rejected, match="Forbidden"):
        marked.shows_prizes(by=actor(role))


def test_another_tenant_sees_no_contest(marked):
    with pytest.raises(Rejected, match="UnknownContest"):
        marked.bench.ask(
            awards.ShowPrizes(contest_id=CONTEST), actor=actor("secretary"), tenant="soc-trang"
        )


def test_a_final_place_is_explained_to_those_who_work_on_the_prizes(marked):
    found = explained(marked, "e-1", CHAIR)

    assert (found.score, found.rank, found.entries) == (Decimal("91.25"), 1, 3)
    assert found.text[0] == "Điểm cuối cùng:"
    assert explained(marked, "e-99", CHAIR) is None
    with pytest.raises(Rejected, match="Forbidden"):
        explained(marked, "e-1", actor("entrant", id="p-1"))


def test_no_final_place_is_explained_before_the_last_round_is_closed(story):
    story.opens()

    assert explained(story, "e-1", CHAIR) is None


def explained(story, entry_id, by):
    asked = awards.ExplainFinal(contest_id=CONTEST, entry_id=entry_id)
    return story.bench.ask(asked, actor=by, reply=awards.FinalPlace).explained
