"""Dossiers are returned, accepted and refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from contracts import intake
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import (
    AN,
    CLERK,
    CONTEST,
    DECLARED,
    ORGANISER,
    SECRETARY,
    member,
)

DUE = datetime(2022, 7, 8, 17, tzinfo=UTC)  # five working days after Friday 1 July, 24:00


def test_returned_dossier_is_completed_and_accepted(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)

    due_at = contest.give_back(entry_id)

    assert due_at == DUE
    (said,) = contest.said(intake.EntryReturned)
    assert (said.missing, said.due_at, said.number) == (("BAN_THUYET_MINH",), DUE, 1)
    assert (contest.show(entry_id).returns, contest.show(entry_id).due_at) == (1, DUE)
    contest.upload(entry_id)
    receipt = contest.submit(entry_id, now=DUE - timedelta(milliseconds=1))
    assert (receipt.receipt_code, receipt.version, receipt.missing) == ("H30-220701-0001", 2, ())
    contest.accept(entry_id)
    assert contest.notes(entry_id) == [
        ("DRAFT", "Đã tạo hồ sơ dự thi."),
        ("SUBMITTED", "Đã nộp hồ sơ, lần 1."),
        ("RETURNED", "Yêu cầu bổ sung trước 24:00 08/07/2022: Bổ sung cam kết"),
        ("ACCEPTED", "Hồ sơ hợp lệ, được tiếp nhận."),
        ("SUBMITTED", "Đã nộp hồ sơ, lần 2."),
    ]


def test_supplement_is_refused_once_due(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)
    contest.give_back(entry_id)

    with pytest.raises(Rejected, match=r"SupplementOverdue: .* 24:00 08/07/2022"):
        contest.submit(entry_id, now=DUE)


def test_dossier_that_was_not_completed_in_time_is_refused(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)
    contest.give_back(entry_id)
    refusal = intake.RefuseEntry(entry_id=entry_id, reason="Quá hạn bổ sung")

    with pytest.raises(Rejected, match="AlreadyDecided"):
        contest.ask(refusal, SECRETARY, DUE - timedelta(milliseconds=1))
    contest.ask(refusal, SECRETARY, DUE)

    (said,) = contest.said(intake.EntryRefused)
    assert (contest.state(entry_id), said.reason) == ("REFUSED", "Quá hạn bổ sung")


def test_returned_entry_may_come_after_the_window_has_closed(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)
    late = datetime(2022, 8, 15, 10, tzinfo=UTC)
    contest.give_back(entry_id, now=late)

    assert contest.submit(entry_id, now=late + timedelta(days=4)).version == 2


def test_dossier_is_returned_once_only(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)
    contest.give_back(entry_id)
    contest.submit(entry_id)

    with pytest.raises(Rejected, match="NoMoreReturns"):
        contest.give_back(entry_id)


def test_paper_the_rules_do_not_know_cannot_be_asked_for(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="UnknownPaper"):
        contest.give_back(entry_id, missing=("GIAY_KHAI_SINH",))


def test_incomplete_dossier_is_not_accepted(contest):
    entry_id = contest.draft()
    contest.submit(entry_id, declared=())

    with pytest.raises(Rejected, match=r"Incomplete: .*BAN_THUYET_MINH, BAN_CAM_KET"):
        contest.accept(entry_id)


def test_acceptance_tells_shares_and_summary(contest):
    entry_id = contest.enter(
        kind="COLLECTIVE",
        authors=(member("An", "66.67", person_id="p-an"), member("Bình", "33.33")),
    )
    people = [author.person_id for author in contest.show(entry_id).authors]

    contest.accept(entry_id)

    assert contest.said(intake.EntryAccepted) == [
        intake.EntryAccepted(
            contest_id=CONTEST,
            entry_id=entry_id,
            receipt_code="H30-220701-0001",
            filed_by="p-an",
            author_ids=tuple(people),
            title="Nộp hồ sơ một lần",
            version=1,
            area="TTHC",
            kind="COLLECTIVE",
            shares=(
                intake.Share(person_id=people[0], percent=Decimal("66.67")),
                intake.Share(person_id=people[1], percent=Decimal("33.33")),
            ),
            summary="Một lần cho mọi thủ tục.",
        )
    ]


def test_refusal_gives_its_reason(contest):
    entry_id = contest.enter()

    contest.ask(intake.RefuseEntry(entry_id=entry_id, reason="Không thuộc phạm vi"), SECRETARY)

    (said,) = contest.said(intake.EntryRefused)
    assert said.reason == "Không thuộc phạm vi"
    assert contest.state(entry_id) == "REFUSED"


@pytest.mark.parametrize(
    ("message", "fields", "by"),
    [
        (intake.AcceptEntry, {}, AN),
        (intake.AcceptEntry, {}, CLERK),
        (intake.RefuseEntry, {"reason": "x"}, CLERK),
        (intake.ReturnEntry, {"request": "x"}, actor("organiser", id="o-1")),
    ],
)
def test_decisions_are_for_those_who_may_take_them(contest, message, fields, by):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="Forbidden"):
        contest.ask(message(entry_id=entry_id, **fields), by)


@pytest.mark.parametrize(
    ("message", "fields"),
    [(intake.RefuseEntry, {"reason": " "}), (intake.ReturnEntry, {"request": ""})],
)
def test_decision_against_an_entrant_needs_a_reason(contest, message, fields):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="NoReason"):
        contest.ask(message(entry_id=entry_id, **fields), SECRETARY)


def test_paper_dossier_goes_all_the_way_over_the_desk(contest):
    authors = (member("Bà Tư", "100", phone="0912345678"),)
    entry_id = contest.draft(CLERK, channel="DESK", authors=authors)
    contest.upload(entry_id, by=CLERK)
    contest.upload(entry_id, code="BAN_CAM_KET", by=CLERK)

    receipt = contest.submit(entry_id, CLERK, declared=())
    contest.accept(entry_id)

    assert receipt.missing == ()
    assert contest.said(intake.EntryAccepted)[0].filed_by == "c-1"
    assert DECLARED == ("BAN_CAM_KET",)  # what the scanned paper stood for


@pytest.mark.parametrize("decide", ["give_back", "accept"])
def test_nobody_decides_on_an_own_entry(contest, decide):
    colleague = actor("secretary", "clerk", "entrant", id="p-an")
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="OwnEntry"):
        getattr(contest, decide)(entry_id, by=colleague)

    assert contest.state(entry_id) == "SUBMITTED"


def test_nobody_decides_on_an_own_entry_under_a_second_id(contest):
    authors = (member("Lê Thị Cúc", "100", email="cuc@vd.vn"),)
    entry_id = contest.enter(CLERK, channel="DESK", authors=authors)
    contest.ask(
        intake.RegisterPerson(person_id="s-2", full_name="Lê Thị Cúc", email="Cuc@vd.vn"),
        ORGANISER,
    )

    with pytest.raises(Rejected, match="OwnEntry"):
        contest.accept(entry_id, by=actor("secretary", id="s-2"))
