"""What comes late is kept and marked; the organiser gives more time, or refuses it."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import httpx
import pytest

from contracts import intake
from contracts.message import Actor
from kernel.testing import Rejected
from tests.service.intake.conftest import (
    AN,
    BINH,
    CLERK,
    CONTEST,
    IN_TIME,
    ORGANISER,
    PDF,
    SECRETARY,
    SOURCE,
    member,
)

CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATE = "Hạn nộp là 24:00 15/08/2022 (Kế hoạch 125/KH-UBND); hồ sơ đến lúc 00:00:00 16/08/2022."
EVENING = SOURCE.replace("id: HG-CCHC-2022", "id: ST-CCHC-2022").replace(
    "closes: 2022-08-16T00:00:00+07:00", "closes: 2022-10-15T22:00:00+07:00"
)


KIND = SOURCE.replace("id: HG-CCHC-2022", "id: GH-CCHC-2022").replace(
    "grace_minutes: 0", "grace_minutes: 30"
)


def uploaded(contest, entry_id, begun: datetime, done: datetime) -> None:
    """Upload a description that was begun and confirmed at these instants."""
    asked = intake.AttachDocument(
        entry_id=entry_id,
        code="BAN_THUYET_MINH",
        file_name="Thuyết minh.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256=sha256(PDF).hexdigest(),
    )
    upload = contest.ask(asked, AN, begun, intake.Upload)
    httpx.put(upload.url, content=PDF).raise_for_status()
    confirmed = intake.ConfirmDocument(entry_id=entry_id, document_id=upload.document_id)
    contest.ask(confirmed, AN, done)


def extend(contest, until, by=ORGANISER, **whom):
    asked = intake.ExtendDeadline(
        contest_id=CONTEST, until=until, reason="Mất điện toàn huyện", **whom
    )
    return contest.ask(asked, by, CLOSES + timedelta(hours=1), str)


def late_entry(contest, by=AN, now=CLOSES, **other):
    entry_id = contest.draft(by, **other)
    contest.upload(entry_id, by=by)
    contest.submit(entry_id, by, now)
    return entry_id


@pytest.mark.parametrize(
    ("contest_id", "last_second"),
    [(CONTEST, "2022-08-15T16:59:59Z"), ("ST-CCHC-2022", "2022-10-15T14:59:59Z")],
    ids=["midnight", "22:00"],
)
def test_last_second_counts_and_the_closing_instant_is_late(contest, contest_id, last_second):
    contest.open(EVENING)
    in_time = datetime.fromisoformat(last_second)

    first = contest.submit(contest.draft(contest_id=contest_id), now=in_time)
    second = contest.submit(contest.draft(contest_id=contest_id), now=in_time + SECOND)

    assert (first.late, second.late) == (False, True)


def test_upload_begun_in_time_may_finish_in_the_grace_of_the_rules(contest):
    contest.open(KIND)
    before, after = CLOSES - timedelta(minutes=1), CLOSES + timedelta(minutes=20)
    under_way, begun_late, too_late = (contest.draft(contest_id="GH-CCHC-2022") for _ in range(3))
    uploaded(contest, under_way, before, after)
    uploaded(contest, begun_late, CLOSES, after)
    uploaded(contest, too_late, before, after)

    in_time = contest.submit(under_way, now=after + SECOND)
    late = contest.submit(begun_late, now=after + SECOND)
    later = contest.submit(too_late, now=CLOSES + timedelta(minutes=30))

    assert (in_time.late, late.late, later.late) == (False, True, True)
    rule = (
        "Tệp bắt đầu tải lên trước 24:00 15/08/2022 (Kế hoạch 125/KH-UBND);"
        " được hoàn tất trong 30 phút sau đó."
    )
    assert in_time.rule == contest.show(under_way).counting_rule == rule
    assert contest.notes(under_way)[-1] == ("SUBMITTED", f"Đã nộp hồ sơ, lần 1. {rule}")


def test_late_entry_is_kept_with_a_receipt_that_says_so(contest):
    entry_id = contest.draft()
    contest.upload(entry_id)

    receipt = contest.submit(entry_id, now=CLOSES)

    assert receipt == intake.Submitted(
        entry_id=entry_id,
        receipt_code="H30-220816-0001",
        received_at=CLOSES,
        version=1,
        missing=(),
        late=True,
        counted_at=CLOSES,
        rule=LATE,
    )
    assert contest.said(intake.EntrySubmitted) == []
    assert contest.said(intake.EntryCameLate) == [
        intake.EntryCameLate(
            contest_id=CONTEST,
            entry_id=entry_id,
            receipt_code="H30-220816-0001",
            filed_by="p-an",
            author_ids=("p-an",),
            title="Nộp hồ sơ một lần",
            version=1,
            received_at=CLOSES,
            counted_at=CLOSES,
            rule=LATE,
            channel="ONLINE",
        )
    ]
    shown = contest.show(entry_id)
    assert (shown.state, shown.counted_at, shown.counting_rule) == ("LATE", CLOSES, LATE)
    assert contest.notes(entry_id)[-1] == (
        "LATE",
        f"Đã nhận hồ sơ nộp muộn, chờ Ban Tổ chức xem xét. {LATE}",
    )


def test_before_the_window_opens_an_entry_is_refused(contest):
    with pytest.raises(Rejected, match="NotOpenYet"):
        contest.submit(contest.draft(), now=datetime(2022, 6, 29, 16, 59, 59, tzinfo=UTC))


def test_late_entry_is_neither_accepted_nor_handed_in_again(contest):
    entry_id = late_entry(contest)

    with pytest.raises(Rejected, match="WrongState"):
        contest.accept(entry_id)
    with pytest.raises(Rejected, match="WrongState"):
        contest.submit(entry_id, now=CLOSES)


def test_organiser_admits_a_late_entry_by_more_time_for_it(contest):
    entry_id, other = late_entry(contest), late_entry(contest)
    until = CLOSES + timedelta(minutes=5)
    deputy = Actor(id="o-1", roles=frozenset({"organiser"}), true_id="o-2")

    extension_id = extend(contest, until, deputy, entry_id=entry_id)

    (said,) = contest.said(intake.EntrySubmitted)
    assert (said.entry_id, said.version, said.received_at) == (entry_id, 1, CLOSES)
    assert contest.said(intake.DeadlineExtended) == [
        intake.DeadlineExtended(
            contest_id=CONTEST,
            extension_id=extension_id,
            until=until,
            reason="Mất điện toàn huyện",
            entry_id=entry_id,
        )
    ]
    asked = intake.ListExtensions(contest_id=CONTEST)
    assert contest.ask(asked, SECRETARY, reply=tuple[intake.ExtensionView, ...]) == (
        intake.ExtensionView(
            extension_id=extension_id,
            contest_id=CONTEST,
            until=until,
            reason="Mất điện toàn huyện",
            granted_at=CLOSES + timedelta(hours=1),
            granted_by="o-1",
            true_id="o-2",
            entry_id=entry_id,
        ),
    )
    rule = "Được gia hạn đến 00:05 16/08/2022: Mất điện toàn huyện."
    assert contest.show(entry_id).counting_rule == rule
    assert [state for state, _ in contest.notes(entry_id)] == [
        "DRAFT", "LATE", "LATE", "SUBMITTED",
    ]  # fmt: skip
    assert contest.state(other) == "LATE"
    contest.accept(entry_id)


def test_more_time_for_a_person_holds_for_all_their_entries(contest):
    came = late_entry(contest)
    not_theirs = late_entry(contest, BINH)
    until = CLOSES + timedelta(hours=2)

    extend(contest, until, person_id="p-an")

    draft = contest.draft()
    assert contest.submit(draft, now=until - SECOND).late is False
    assert contest.submit(contest.draft(), now=until).late is True
    assert contest.submit(contest.draft(BINH), BINH, now=until - SECOND).late is True
    assert (contest.state(came), contest.state(not_theirs)) == ("SUBMITTED", "LATE")


def test_more_time_that_does_not_reach_the_entry_is_refused(contest):
    entry_id = late_entry(contest, now=CLOSES + timedelta(minutes=30))

    with pytest.raises(Rejected, match="ExtensionTooShort: The entry came at 00:30 16/08/2022"):
        extend(contest, CLOSES + timedelta(minutes=30), entry_id=entry_id)

    assert contest.said(intake.DeadlineExtended) == []
    assert contest.state(entry_id) == "LATE"


@pytest.mark.parametrize("whom", [{}, {"entry_id": "e", "person_id": "p"}])
def test_more_time_is_for_an_entry_or_for_a_person(contest, whom):
    with pytest.raises(Rejected, match="OneOfTheTwo"):
        extend(contest, CLOSES + SECOND, **whom)


@pytest.mark.parametrize("year", [1, 2023 + 1, 9999])
def test_more_time_in_another_age_is_refused(contest, year):
    with pytest.raises(Rejected, match=r"ExtensionTooFar: .* 24:00 15/08/2022"):
        extend(contest, datetime(year, 12, 31, 23, tzinfo=UTC), person_id="p-an")


@pytest.mark.parametrize("by", [AN, CLERK, SECRETARY])
def test_only_the_organiser_gives_more_time(contest, by):
    with pytest.raises(Rejected, match="Forbidden"):
        extend(contest, CLOSES + SECOND, by, person_id="p-an")


def test_amended_deadline_admits_what_is_in_time_by_it(contest):
    near, far = late_entry(contest), late_entry(contest, now=CLOSES + timedelta(days=2))
    source = SOURCE.replace("2022-08-16T00:00:00+07:00", "2022-08-17T00:00:00+07:00")

    asked = intake.AmendContest(contest_id=CONTEST, source=source, reason="Mưa lũ kéo dài")
    contest.ask(asked, ORGANISER, CLOSES + timedelta(hours=1))

    assert (contest.state(near), contest.state(far)) == ("SUBMITTED", "LATE")
    assert contest.show(near).counting_rule == (
        "Nhận trước 24:00 16/08/2022 (Kế hoạch 125/KH-UBND)."
    )


@pytest.mark.parametrize("by", [ORGANISER, SECRETARY])
def test_late_entry_is_refused_with_a_reason(contest, by):
    entry_id = late_entry(contest)

    contest.ask(intake.RefuseEntry(entry_id=entry_id, reason="Nộp sau thời hạn"), by)

    assert contest.state(entry_id) == "REFUSED"
    assert contest.said(intake.EntryRefused)[0].reason == "Nộp sau thời hạn"


def test_organiser_refuses_nothing_that_came_in_time(contest):
    entry_id = contest.enter()

    with pytest.raises(Rejected, match="Forbidden"):
        contest.ask(intake.RefuseEntry(entry_id=entry_id, reason="Không hợp"), ORGANISER)


def test_late_entry_of_somebody_on_the_jury_by_now_is_admitted_and_out(contest):
    entry_id = late_entry(contest)
    contest.seat("p-an")

    extend(contest, CLOSES + SECOND, entry_id=entry_id)

    assert contest.state(entry_id) == "DISQUALIFIED"


def test_supplement_is_given_more_time(contest):
    entry_id = contest.draft()
    contest.submit(entry_id)
    due_at = contest.give_back(entry_id)

    asked = intake.ExtendDeadline(
        contest_id=CONTEST, until=due_at + timedelta(days=1), reason="Ốm", entry_id=entry_id
    )
    contest.ask(asked, ORGANISER, IN_TIME)

    assert contest.show(entry_id).due_at == due_at + timedelta(days=1)
    assert contest.submit(entry_id, now=due_at).version == 2
    note = ("RETURNED", "Ban Tổ chức gia hạn đến 24:00 09/07/2022: Ốm")
    assert note in contest.notes(entry_id)


def by_post(contest, posted_at, arrived_at, now):
    entry_id = contest.draft(CLERK, channel="POST", authors=(member("Bà Tư", "100"),))
    asked = intake.SubmitEntry(
        entry_id=entry_id, declarations=(), posted_at=posted_at, arrived_at=arrived_at
    )
    return contest.ask(asked, CLERK, now, intake.Submitted)


def test_postmark_of_the_last_day_counts_however_long_the_post_takes(contest):
    arrived = CLOSES + timedelta(days=2)

    receipt = by_post(contest, date(2022, 8, 15), arrived, CLOSES + timedelta(days=3))

    assert (receipt.late, receipt.received_at, receipt.counted_at) == (
        False,
        arrived,
        CLOSES - timedelta(microseconds=1),
    )
    shown = contest.show(receipt.entry_id)
    assert (shown.posted_at, shown.received_at, shown.counting_rule) == (
        date(2022, 8, 15),
        arrived,
        "Gửi qua bưu chính, tính theo dấu bưu điện ngày 15/08/2022 (Kế hoạch 125/KH-UBND).",
    )
    assert by_post(contest, date(2022, 8, 16), arrived, arrived).late is True


def test_paper_dossier_counts_when_it_came_to_the_desk(contest):
    entry_id = contest.draft(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))

    asked = intake.SubmitEntry(entry_id=entry_id, arrived_at=CLOSES - timedelta(minutes=5))
    receipt = contest.ask(asked, CLERK, CLOSES + timedelta(hours=9), intake.Submitted)

    assert (receipt.late, receipt.received_at) == (False, CLOSES - timedelta(minutes=5))


def test_entrant_cannot_say_when_an_entry_came(contest):
    asked = intake.SubmitEntry(entry_id=contest.draft(), arrived_at=CLOSES - SECOND)

    with pytest.raises(Rejected, match="NotHandedOver"):
        contest.ask(asked, AN, CLOSES)


def test_extensions_of_one_tenant_are_not_seen_by_another(contest):
    extend(contest, CLOSES + SECOND, person_id="p-an")
    asked = intake.ListExtensions(contest_id=CONTEST)

    assert len(contest.ask(asked, SECRETARY)) == 1
    assert contest.ask(asked, SECRETARY, tenant="soc-trang") == []
