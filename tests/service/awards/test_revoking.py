"""Prizes taken back: a decision that cancels the old one, money and certificate, publication."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contracts import awards
from contracts.rules import Awarding
from kernel.testing import Rejected
from services.awards.store.tables import PaperRow
from tests.service.awards.conftest import (
    CHAIRMAN,
    CONTEST,
    DIRECTOR,
    NOVEMBER,
    ORGANISER,
    SECRETARY,
)
from tests.unit.awards.builders import a_prize, some_rules

LATER = NOVEMBER + timedelta(days=60)  # in the next year
REVOKE = awards.RevokeAward(
    contest_id=CONTEST, entry_id="e-2", ground="COPY", reason="Sao chép sáng kiến đã công bố."
)
PRIZES = (
    some_rules().prizes[0],
    a_prize("NHI", 1, 80, name="Giải Nhì", money_vnd=10_000_000),
    *some_rules().prizes[2:],
)


@pytest.fixture
def published(marked):
    marked.amends(prizes=PRIZES)
    marked.proposes()
    marked.approves("CT_UBND", CHAIRMAN)
    marked.approves("GD_SNV", DIRECTOR)
    marked.publishes()
    return marked


def revokes(story, by=CHAIRMAN):
    return story.bench.ask(REVOKE, actor=by, now=LATER, reply=awards.Revocation)


def recovers(story, **came):
    asked = awards.RecordRecovery(
        contest_id=CONTEST, entry_id="e-2", document="Phiếu thu 07", **came
    )
    return story.bench.ask(asked, actor=SECRETARY, now=LATER, reply=awards.Revocation)


def test_revocation_annuls_the_decision_and_nobody_moves_up(published):
    revocation = revokes(published)

    assert (revocation.decision, revocation.cancels) == ("01/QĐ-UBND", "01/QĐ-UBND")
    assert revocation.dated == LATER.date()
    (row,) = [
        one
        for one in published.bench.rows(select(PaperRow))
        if one.paper["form"] == "REVOCATION_DECISION"
    ]
    assert "Quyết định số 01/QĐ-UBND ngày 08 tháng 11 năm 2022." in row.model["articles"][0]
    printing = published.bench.ask(
        awards.ShowPrinting(contest_id=CONTEST), actor=SECRETARY, reply=awards.Printing
    )
    (issued,) = [one for one in printing.lines if one.form == "REVOCATION_DECISION"]
    assert (issued.number, issued.is_printed) == (revocation.decision, True)
    shown = published.results(LATER)
    assert [row[3] for row in shown.rows] == ["Giải Nhất", "Giải Khuyến khích"]
    assert shown.annulled == (awards.AnnulledPrize(prize="Giải Nhì", by_decision="01/QĐ-UBND"),)
    assert [one.entry_id for one in published.said(awards.PaperRevoked)] == ["e-2"]
    assert published.shows_prizes().state == "PUBLISHED"
    with pytest.raises(Rejected, match="NoSuchAward"):
        revokes(published)


def test_money_and_certificate_come_back_as_far_as_they_were_given(published):
    assert published.money().contest_vnd == 10_000_000
    owed = revokes(published)
    assert (owed.contest_left_vnd, owed.bonus_left_vnd) == (10_000_000, 1_490_000)

    partly = recovers(published, ledger="CONTEST", amount_vnd=4_000_000, certificate=True)

    assert (partly.contest_left_vnd, partly.certificate_back) == (6_000_000, True)
    with pytest.raises(Rejected, match="MoreThanOwed"):
        recovers(published, ledger="CONTEST", amount_vnd=6_000_001)
    assert recovers(published, ledger="CONTEST", amount_vnd=6_000_000).contest_left_vnd == 0
    assert published.money(now=LATER).to_recover_vnd == 1_490_000


def test_only_who_gave_a_prize_takes_it_back_on_a_ground_of_the_rules(published):
    for stranger in (DIRECTOR, ORGANISER, SECRETARY):
        with pytest.raises(Rejected, match="Forbidden"):
            revokes(published, stranger)
    published.amends(awarding=Awarding(grounds=("INELIGIBLE",)))
    with pytest.raises(Rejected, match="GroundNotForeseen"):
        revokes(published)


def test_where_the_rules_promote_the_list_is_drawn_up_and_approved_anew(published):
    published.amends(awarding=Awarding(promote_next=True))
    published.closes(e_1="91.25", e_2="82", e_3="81")  # what comes late changes nothing public

    revokes(published)
    assert published.shows_prizes().state == "NONE"
    lines = published.proposes()
    assert [(one.entry_id, one.prize) for one in lines] == [("e-1", "NHAT"), ("e-3", "NHI")]
    published.approves("CT_UBND", CHAIRMAN)
    published.approves("GD_SNV", DIRECTOR)
    issued = published.publishes(now=LATER)

    assert [(one.kind, one.entry_id) for one in issued] == [
        ("DECISION", None), ("CERTIFICATE", "e-3"),
    ]  # fmt: skip
    assert [row[3] for row in published.results(LATER).rows] == ["Giải Nhất", "Giải Nhì"]
