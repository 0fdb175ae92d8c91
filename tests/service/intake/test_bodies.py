"""Heads of units confirm; organisers, secretaries and operators do not enter."""

from datetime import timedelta

import pytest

from contracts import intake
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import (
    AN,
    BINH,
    CONTEST,
    IN_TIME,
    ORGANISER,
    PDF,
    SECRETARY,
    SOURCE,
    member,
)

HEAD = actor("head", id="h-snv", unit_id="SNV")
LATER = IN_TIME + timedelta(days=1)
RULE = "Thành viên Ban Tổ chức, Ban Giám khảo, Tổ Thư ký và người vận hành phần mềm"


def confirm(contest, entry_id: str, by=HEAD, *, confirmed: bool = True, note: str = "") -> None:
    asked = intake.ConfirmByUnit(entry_id=entry_id, confirmed=confirmed, note=note)
    contest.ask(asked, by)


def name(contest, body: str, *people: str, by=ORGANISER) -> list[str]:
    asked = intake.NameOfficers(contest_id=CONTEST, body=body, person_ids=people)
    return contest.ask(asked, by)


def register(contest, *people: str) -> None:
    for person_id in people:
        asked = intake.RegisterPerson(
            person_id=person_id, full_name=f"Ông {person_id}", email=f"{person_id}@vd.vn"
        )
        contest.ask(asked, ORGANISER)


def test_head_confirms_what_staff_handed_in_and_it_can_be_accepted(contest):
    entry_id = contest.enter(unit_id="SNV")
    with pytest.raises(Rejected, match=r"Incomplete: .*XAC_NHAN_DON_VI"):
        contest.accept(entry_id)

    confirm(contest, entry_id, note="Đúng là bài của Sở")

    assert contest.show(entry_id).confirmation == intake.Confirmation(
        version=1, confirmed=True, note="Đúng là bài của Sở", at=IN_TIME, by="h-snv"
    )
    contest.accept(entry_id)
    assert contest.said(intake.UnitConfirmed)[0].version == 1
    assert (
        "SUBMITTED",
        "Thủ trưởng đơn vị đã xác nhận hồ sơ nộp lần 1: Đúng là bài của Sở",
    ) in contest.notes(entry_id)


def test_confirmation_is_of_one_version(contest):
    entry_id = contest.enter(unit_id="SNV")
    confirm(contest, entry_id)

    contest.ask(intake.SaveDraft(entry_id=entry_id, revision=1, title="Tên mới"))
    still = contest.show(entry_id).missing
    anew = contest.submit(entry_id, now=LATER)

    assert (still, anew.missing) == ((), ("XAC_NHAN_DON_VI",))
    confirm(contest, entry_id)
    assert contest.show(entry_id).missing == ()


def test_head_who_says_no_says_why_and_may_think_again(contest):
    entry_id = contest.enter(unit_id="SNV")
    with pytest.raises(Rejected, match="NoReason"):
        confirm(contest, entry_id, confirmed=False)

    confirm(contest, entry_id, confirmed=False, note="Số liệu chưa đúng")
    refused = contest.show(entry_id).missing
    contest.ask(
        intake.ConfirmByUnit(entry_id=entry_id, confirmed=True), HEAD, IN_TIME + timedelta(hours=1)
    )

    assert (refused, contest.show(entry_id).missing) == (("XAC_NHAN_DON_VI",), ())


def test_paper_with_the_units_confirmation_does_as_well(contest):
    entry_id = contest.draft(unit_id="SNV")
    contest.upload(entry_id)
    contest.upload(entry_id, PDF, code="XAC_NHAN_DON_VI")

    assert contest.submit(entry_id).missing == ()


def test_head_of_another_unit_and_who_is_no_head_do_not_confirm(contest):
    entry_id = contest.enter(unit_id="SNV")

    with pytest.raises(Rejected, match="UnknownEntry"):
        confirm(contest, entry_id, actor("head", id="h-stp", unit_id="STP"))
    with pytest.raises(Rejected, match="Forbidden"):
        confirm(contest, entry_id, SECRETARY)
    with pytest.raises(Rejected, match="NotYourUnit"):
        confirm(contest, entry_id, actor("head", "secretary", id="h-s", unit_id="STP"))


def test_head_who_is_an_author_does_not_confirm_under_whichever_id(contest):
    head = actor("entrant", "head", id="h-an", unit_id="SNV")
    register(contest, "h-an")
    other_id = member("Ông h-an", "100", email="H-AN@vd.vn")
    entry_id = contest.enter(head, unit_id="SNV", authors=(other_id,))

    with pytest.raises(Rejected, match="OwnEntry"):
        confirm(contest, entry_id, head)


def test_head_sees_what_their_unit_has_handed_in_and_no_more(contest):
    handed_in = contest.enter(unit_id="SNV")
    draft = contest.draft(unit_id="SNV")
    elsewhere = contest.enter(unit_id="STP")

    asked = intake.ListEntries(contest_id=CONTEST)
    lines = contest.ask(asked, HEAD, reply=tuple[intake.EntryLine, ...])

    assert [line.entry_id for line in lines] == [handed_in]
    assert contest.show(handed_in, HEAD).title == "Nộp hồ sơ một lần"
    for entry_id in (draft, elsewhere):
        with pytest.raises(Rejected, match="UnknownEntry"):
            contest.show(entry_id, HEAD)


def test_head_who_marks_entries_reads_no_dossier(contest):
    entry_id = contest.enter(unit_id="SNV")
    contest.seat("h-snv")

    with pytest.raises(Rejected, match="UnknownEntry"):
        contest.show(entry_id, HEAD)


def test_contest_that_wants_paper_takes_no_heads_word(contest):
    source = SOURCE.replace("head_confirms: true", "head_confirms: false")
    asked = intake.AmendContest(contest_id=CONTEST, source=source, reason="Dùng giấy")
    contest.ask(asked, ORGANISER)
    entry_id = contest.enter(unit_id="SNV")

    with pytest.raises(Rejected, match="HeadsDoNotConfirm"):
        confirm(contest, entry_id)


@pytest.mark.parametrize("body", ["BAN_TO_CHUC", "TO_THU_KY", "SOFTWARE_OPERATORS"])
def test_officer_cannot_hand_in_and_reads_the_rule(contest, body):
    register(contest, "p-an")
    name(contest, body, "p-an")

    with pytest.raises(Rejected, match=f"Excluded: {RULE}"):
        contest.submit(contest.draft())


def test_jury_and_bodies_keep_out_whoever_is_named_later_with_the_rule_cited(contest):
    register(contest, "p-an", "p-binh")
    of_an, of_binh = contest.enter(AN), contest.enter(BINH)

    out = name(contest, "TO_THU_KY", "p-an")
    contest.seat("p-binh")

    assert out == [of_an]
    assert [contest.state(one) for one in (of_an, of_binh)] == ["DISQUALIFIED", "DISQUALIFIED"]
    reasons = [event.reason for event in contest.said(intake.EntryDisqualified)]
    assert [reason.startswith(RULE) for reason in reasons] == [True, True]
    assert contest.notes(of_an)[-1][1].startswith(f"Loại khỏi cuộc thi: {RULE}")


def test_officer_is_recognised_under_another_id(contest):
    register(contest, "p-binh")
    contest.draft(authors=(member("Bình", "100", email="p-binh@vd.vn"),))
    hidden = contest.enter(authors=(member("Trần Bình", "100", email="binh.rieng@vd.vn"),))
    (author,) = contest.show(hidden).authors
    asked = intake.RegisterPerson(
        person_id="p-account", full_name="Trần Bình", email="BINH.rieng@vd.vn"
    )
    contest.ask(asked, ORGANISER)

    assert name(contest, "BAN_TO_CHUC", "p-account") == [hidden]
    assert author.person_id != "p-account"


def test_naming_again_changes_nothing_and_is_told_without_names(contest):
    register(contest, "p-an")
    contest.enter(BINH)

    assert name(contest, "TO_THU_KY", "p-an", "p-an") == []
    assert name(contest, "TO_THU_KY", "p-an") == []

    first = contest.said(intake.OfficersNamed)[0]
    assert first == intake.OfficersNamed(
        contest_id=CONTEST, body="TO_THU_KY", person_ids=("p-an",)
    )


def test_only_organisers_and_operators_name_officers_who_are_known(contest):
    with pytest.raises(Rejected, match="Forbidden"):
        name(contest, "TO_THU_KY", "p-an", by=SECRETARY)
    with pytest.raises(Rejected, match="UnknownPerson"):
        name(contest, "TO_THU_KY", "p-nobody")


def test_body_that_may_enter_is_not_kept_out(contest):
    source = SOURCE.replace(", SOFTWARE_OPERATORS]", "]")
    asked = intake.AmendContest(contest_id=CONTEST, source=source, reason="Không cấm nữa")
    contest.ask(asked, ORGANISER)
    register(contest, "p-an")

    with pytest.raises(Rejected, match="BodyMayEnter"):
        name(contest, "SOFTWARE_OPERATORS", "p-an")


def test_judges_are_listed_by_name_and_nothing_else_is_said_of_them(contest):
    register(contest, "gk-1")
    contest.seat("gk-1", "gk-2")

    asked = intake.ListJudges(contest_id=CONTEST)
    named = contest.ask(asked, AN, reply=tuple[intake.JudgeName, ...])

    assert named == (
        intake.JudgeName(person_id="gk-1", full_name="Ông gk-1"),
        intake.JudgeName(person_id="gk-2", full_name=""),
    )


def test_names_of_a_jury_that_the_rules_keep_secret_are_for_who_runs_the_contest(contest):
    source = SOURCE.replace("  left_sheets: COUNT", "  names: SECRET\n  left_sheets: COUNT")
    asked = intake.AmendContest(contest_id=CONTEST, source=source, reason="Giữ kín tên giám khảo")
    contest.ask(asked, ORGANISER)
    contest.seat("gk-1")
    names = intake.ListJudges(contest_id=CONTEST)

    with pytest.raises(Rejected, match="JuryNamesSecret"):
        contest.ask(names, AN)

    told = (intake.JudgeName(person_id="gk-1", full_name=""),)
    for who in (SECRETARY, actor("judge", id="gk-1")):
        assert contest.ask(names, who, reply=tuple[intake.JudgeName, ...]) == told
