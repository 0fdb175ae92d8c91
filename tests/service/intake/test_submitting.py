"""Entries are handed in, counted, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts import intake
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import AN, CLERK, CONTEST, IN_TIME, ORGANISER, SECRETARY, member


def test_complete_entry_gets_a_receipt_and_is_announced_with_its_documents(contest):
    entry_id = contest.draft(unit_id="SNV")
    document_id = contest.upload(entry_id)

    receipt = contest.submit(entry_id)

    assert receipt == intake.Submitted(
        entry_id=entry_id,
        receipt_code="H30-220701-0001",
        received_at=IN_TIME,
        version=1,
        missing=("XAC_NHAN_DON_VI",),
        counted_at=IN_TIME,
        rule="Nhận trước 24:00 15/08/2022 (Kế hoạch 125/KH-UBND).",
    )
    (said,) = contest.said(intake.EntrySubmitted)
    (document,) = said.documents
    assert said == intake.EntrySubmitted(
        contest_id=CONTEST,
        entry_id=entry_id,
        receipt_code="H30-220701-0001",
        filed_by="p-an",
        author_ids=("p-an",),
        title="Nộp hồ sơ một lần",
        version=1,
        received_at=IN_TIME,
        area="TTHC",
        kind="INDIVIDUAL",
        group="SO_BAN_NGANH",
        channel="ONLINE",
        documents=(document,),
        missing=("XAC_NHAN_DON_VI",),
        unit_id="SNV",
        counted_at=IN_TIME,
    )
    assert (document.document_id, document.code) == (document_id, "BAN_THUYET_MINH")
    assert not document.key.startswith("incoming/")


def test_day_on_the_receipt_is_the_local_one(contest):
    after_midnight = datetime(2022, 7, 1, 17, 30, tzinfo=UTC)

    receipt = contest.submit(contest.draft(), now=after_midnight)

    assert receipt.receipt_code == "H30-220702-0001"


def test_incomplete_dossier_is_taken_and_the_receipt_says_what_is_missing(contest):
    receipt = contest.submit(contest.draft(), declared=())

    assert receipt.missing == ("BAN_THUYET_MINH", "BAN_CAM_KET")
    assert contest.said(intake.EntrySubmitted)[0].missing == receipt.missing


def test_entry_is_not_handed_in_twice(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="NothingChanged: Nothing has changed since"):
        contest.submit(entry_id, now=IN_TIME + timedelta(days=1))
    with pytest.raises(Rejected, match="EditingOver"):
        contest.submit(entry_id, now=IN_TIME + timedelta(days=400))


def test_entry_handed_in_many_times_at_once_is_handed_in_once(contest):
    entry_id = contest.draft()

    def hand_in(_number):
        try:
            return contest.submit(entry_id).version
        except Rejected as refusal:
            return refusal.code

    with ThreadPoolExecutor(6) as people:
        outcomes = sorted(map(str, people.map(hand_in, range(6))))

    assert outcomes == ["1"] + ["NothingChanged"] * 5
    assert len(contest.said(intake.EntrySubmitted)) == 1


def test_entry_accepted_while_it_is_withdrawn_is_one_of_the_two(contest):
    entry_id = contest.enter()

    def settle(decide):
        try:
            decide()
        except Rejected as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as people:
        ways = (
            lambda: contest.accept(entry_id),
            lambda: contest.ask(intake.WithdrawEntry(entry_id=entry_id)),
        )
        outcomes = sorted(people.map(settle, ways))

    assert outcomes == ["WrongState", "done"]


def test_refused_submission_uses_up_no_receipt_number(contest):
    contest.seat("p-an")
    with pytest.raises(Rejected, match="Excluded"):
        contest.submit(contest.draft())

    other = contest.draft(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))

    assert contest.submit(other, CLERK).receipt_code == "H30-220701-0001"


def test_receipt_numbers_have_no_gaps_and_no_doubles_under_a_rush(contest):
    drafts = [contest.draft() for _ in range(24)]
    last = contest.draft()
    contest.seat("p-binh")
    barred = contest.draft(
        CLERK, channel="DESK", authors=(member("Trần Thị Bình", "100", email="b@vd.vn"),)
    )
    contest.seat(contest.show(barred).authors[0].person_id)

    def hand_in(entry_id: str) -> str:
        by = CLERK if entry_id == barred else AN
        try:
            return contest.submit(entry_id, by).receipt_code
        except Rejected:
            return "refused"

    rush = [*drafts[:12], barred, *drafts[12:]]
    with ThreadPoolExecutor(8) as people:
        codes = list(people.map(hand_in, rush))

    assert codes[12] == "refused"
    given = sorted(code for code in codes if code != "refused")
    assert given == [f"H30-220701-{number:04d}" for number in range(1, 25)]
    assert contest.submit(last).receipt_code == "H30-220701-0025"


def test_jury_member_cannot_hand_in_and_reads_the_rule(contest):
    contest.seat("p-an")

    with pytest.raises(Rejected, match="Excluded: Thành viên Ban Tổ chức, Ban Giám khảo"):
        contest.submit(contest.draft())


def test_organiser_cannot_hand_in_an_own_entry(contest):
    both = actor("entrant", "organiser", id="p-both")

    with pytest.raises(Rejected, match="Excluded"):
        contest.submit(contest.draft(both), both)


def test_withdrawn_entry_is_announced_and_stays_so(contest):
    entry_id = contest.enter()

    contest.ask(intake.WithdrawEntry(entry_id=entry_id, reason="Bận việc"))

    (said,) = contest.said(intake.EntryWithdrawn)
    assert (said.receipt_code, said.reason) == ("H30-220701-0001", "Bận việc")
    with pytest.raises(Rejected, match="The entry is WITHDRAWN; it cannot become ACCEPTED"):
        contest.accept(entry_id)


def test_withdrawn_draft_is_nobodys_news(contest):
    entry_id = contest.draft()

    contest.ask(intake.WithdrawEntry(entry_id=entry_id))

    assert contest.said(intake.EntryWithdrawn) == []
    assert contest.state(entry_id) == "WITHDRAWN"


def test_accepted_entry_is_not_withdrawn(contest):
    entry_id = contest.enter()
    contest.accept(entry_id)

    with pytest.raises(Rejected, match="WrongState"):
        contest.ask(intake.WithdrawEntry(entry_id=entry_id))


def test_entrants_list_their_own_entries_and_staff_all_that_were_handed_in(contest):
    own = contest.enter()
    desk = contest.enter(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))
    draft = contest.draft()

    def listed(by, state: str | None = None) -> list[str]:
        asked = intake.ListEntries(contest_id=CONTEST, state=state)
        lines = contest.ask(asked, by, reply=tuple[intake.EntryLine, ...])
        return [line.entry_id for line in lines]

    assert listed(AN) == [own, draft]
    assert listed(SECRETARY) == [own, desk]
    assert listed(SECRETARY, "SUBMITTED") == [own, desk]
    assert listed(actor("entrant", id="p-nobody")) == []


def test_coverage_counts_what_competes_for_every_unit(contest):
    contest.enter(unit_id="SNV")
    contest.draft(unit_id="SNV")
    withdrawn = contest.enter(unit_id="STP")
    contest.ask(intake.WithdrawEntry(entry_id=withdrawn))

    lines = contest.ask(
        intake.ShowCoverage(contest_id=CONTEST), ORGANISER, reply=tuple[intake.CoverageLine, ...]
    )

    assert [(line.unit_id, line.entries) for line in lines] == [("SNV", 1), ("STP", 0)]


def test_coverage_reaches_to_the_last_day_of_the_calendar(contest):
    contest.enter(unit_id="SNV")

    asked = intake.ShowCoverage(contest_id=CONTEST, as_of=date.max)
    lines = contest.ask(asked, ORGANISER, reply=tuple[intake.CoverageLine, ...])

    assert [(line.unit_id, line.entries) for line in lines] == [("SNV", 1), ("STP", 0)]


def test_entry_of_one_tenant_does_not_exist_for_another(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="UnknownEntry"):
        contest.ask(intake.ShowEntry(entry_id=entry_id), SECRETARY, tenant="soc-trang")
