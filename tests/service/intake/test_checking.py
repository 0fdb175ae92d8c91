"""Clerks check dossiers line by line; of two who decide at once, one decides."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from contracts import intake
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import AN, CLERK, IN_TIME, ORGANISER, SECRETARY

DUNG, DU = "CHECK.DUNG_LINH_VUC", "CHECK.DU_NOI_DUNG"


def checklist(contest, entry_id, by=CLERK, **more):
    asked = intake.ShowChecklist(entry_id=entry_id)
    return contest.ask(asked, by, reply=intake.Checklist, **more)


def line(contest, entry_id, item):
    return next(one for one in checklist(contest, entry_id).lines if one.item == item)


def test_dossier_is_checked_and_accepted(contest):
    entry_id = contest.enter()
    open_ = [one.item for one in checklist(contest, entry_id).lines if one.state == "OPEN"]

    contest.answer(entry_id, DUNG)
    contest.answer(entry_id, DU, actor("clerk", id="c-2"), note="Đủ năm mục")

    assert open_ == [DUNG, DU]
    assert checklist(contest, entry_id).complete
    assert line(contest, entry_id, DU) == intake.CheckLine(
        item=DU,
        name=(
            "Bản thuyết minh nêu đủ thực trạng, nội dung, tính mới, hiệu quả và khả năng nhân rộng"
        ),
        state="OK",
        note="Đủ năm mục",
        answered_by="c-2",
        answered_at=IN_TIME,
    )
    contest.ask(intake.AcceptEntry(entry_id=entry_id), SECRETARY)
    assert contest.state(entry_id) == "ACCEPTED"


def test_dossier_is_not_accepted_while_something_is_open(contest):
    entry_id = contest.enter()
    contest.answer(entry_id, DUNG)
    contest.answer(entry_id, DU, ok=False, note="Thiếu phần hiệu quả")

    with pytest.raises(Rejected, match=r"NotAllChecked: .* still to be settled: Bản thuyết minh"):
        contest.ask(intake.AcceptEntry(entry_id=entry_id), SECRETARY)

    assert contest.state(entry_id) == "SUBMITTED"


def test_new_version_is_checked_anew(contest):
    entry_id = contest.draft()
    contest.submit(entry_id, declared=())
    contest.answer(entry_id, DUNG)
    contest.give_back(entry_id)
    contest.upload(entry_id)

    contest.submit(entry_id)

    shown = checklist(contest, entry_id)
    assert (shown.version, shown.complete) == (2, False)
    assert line(contest, entry_id, DUNG).state == "OPEN"


def test_missing_paper_cannot_be_called_there(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)

    assert line(contest, entry_id, "PAPER.BAN_THUYET_MINH").state == "NOT_OK"
    with pytest.raises(Rejected, match="CheckNotMet"):
        contest.answer(entry_id, "PAPER.BAN_THUYET_MINH")


def test_somebody_on_the_jury_by_now_is_on_the_checklist(contest):
    entry_id = contest.enter()
    other = contest.enter(actor("entrant", id="p-binh"))

    contest.seat("p-an")

    assert contest.state(entry_id) == "DISQUALIFIED"
    assert line(contest, other, "ELIGIBILITY").state == "OK"


@pytest.mark.parametrize(
    ("item", "more", "error"),
    [
        (DUNG, {"ok": False}, "NoReason"),
        ("CHECK.KHAC", {}, "UnknownCheck"),
        (DUNG, {"by": AN}, "Forbidden"),
        (DUNG, {"by": ORGANISER}, "Forbidden"),
        (DUNG, {"by": actor("clerk", id="p-an")}, "OwnEntry"),
    ],
)
def test_answer_that_cannot_be_given_is_refused(contest, item, more, error):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match=error):
        contest.answer(entry_id, item, **more)


def test_draft_is_not_checked(contest):
    with pytest.raises(Rejected, match="is DRAFT; it is not checked now"):
        contest.answer(contest.draft(), DUNG)


def test_entrant_does_not_see_the_checklist_and_others_not_the_entry(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="Forbidden"):
        checklist(contest, entry_id, AN)
    with pytest.raises(Rejected, match="UnknownEntry"):
        checklist(contest, entry_id, actor("entrant", id="p-nobody"))
    with pytest.raises(Rejected, match="UnknownEntry"):
        checklist(contest, entry_id, tenant="soc-trang")


DECISIONS = {
    "accept": lambda entry_id: intake.AcceptEntry(entry_id=entry_id),
    "refuse": lambda entry_id: intake.RefuseEntry(entry_id=entry_id, reason="Không hợp lệ"),
    "return": lambda entry_id: intake.ReturnEntry(entry_id=entry_id, request="Ký lại"),
}
DECIDED = (intake.EntryAccepted, intake.EntryRefused, intake.EntryReturned)


@pytest.mark.parametrize("other", ["accept", "refuse", "return"])
def test_of_two_clerks_who_decide_at_once_one_decides_and_one_is_told(contest, other):
    entry_id = contest.enter()
    contest.check(entry_id)
    together = Barrier(2)

    def decide(clerk):
        name, by = clerk
        together.wait()
        try:
            contest.ask(DECISIONS[name](entry_id), by)
        except Rejected as refusal:
            return refusal.code, refusal.kind
        return "done"

    clerks = [("accept", SECRETARY), (other, actor("secretary", id="s-2"))]
    with ThreadPoolExecutor(2) as people:
        outcomes = list(people.map(decide, clerks))

    assert sorted(map(str, outcomes)) == ["('AlreadyDecided', 'Conflict')", "done"]
    assert sum(len(contest.said(kind)) for kind in DECIDED) == 1
