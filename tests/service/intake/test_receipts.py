"""Receipts: codes, papers and signatures of what was handed in."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from msgspec import json
from sqlalchemy import select

from contracts import intake
from kernel.testing import Rejected, actor
from services.intake.domain.paper import ReceiptPaper
from services.intake.signing import opened
from services.intake.store.tables import IssuedReceiptRow
from services.intake.verifying import read_pdf, verify
from tests.service.intake.conftest import (
    AN,
    BINH,
    CLERK,
    CONTEST,
    IN_TIME,
    OPENED,
    ORGANISER,
    PDF,
    SECRETARY,
    SOURCE,
    Contest,
    member,
)

ONEGATE = SOURCE.replace("code_authority: LOCAL", "code_authority: ONEGATE")
CLOSES = datetime(2022, 8, 15, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ONE_STOP = actor("client", id="k-1")
ELSEWHERE = "000.00.00.H30-220630-0042"


def from_one_stop(contest, code: str = ELSEWHERE) -> str:
    authors = (member("Bà Tư", "100"),)
    return contest.draft(ONE_STOP, channel="ONE_STOP", external_code=code, authors=authors)


def keys(contest) -> tuple[intake.ReceiptKey, ...]:
    return contest.ask(intake.ListReceiptKeys(), reply=tuple[intake.ReceiptKey, ...])


def claims(contest, entry_id, version=None, by=AN) -> intake.ReceiptClaims:
    signed = contest.ask(intake.ShowReceipt(entry_id=entry_id, version=version), by)
    return opened(signed, keys(contest))


def printed(contest, entry_id, version=None, by=AN) -> bytes:
    return contest.ask(intake.PrintReceipt(entry_id=entry_id, version=version), by, reply=bytes)


def paper(contest, entry_id, version=None, by=AN) -> ReceiptPaper:
    attached, _ = read_pdf(printed(contest, entry_id, version, by))
    return json.decode(attached["receipt.json"], type=ReceiptPaper)


def line(paper: ReceiptPaper, name: str) -> str:
    return next(each.text for each in paper.lines if each.name == name)


def test_receipt_seals_what_was_handed_in(contest):
    entry_id = contest.enter(unit_id="SNV")

    sealed = claims(contest, entry_id)

    (row,) = contest.bench.rows(select(IssuedReceiptRow))
    assert sealed == intake.ReceiptClaims(
        tenant="hau-giang",
        contest_id=CONTEST,
        entry_id=entry_id,
        code="H30-220701-0001",
        version=1,
        received_at=IN_TIME,
        counted_at=IN_TIME,
        late=False,
        rules_number=0,
        rules_sha256=sha256(SOURCE.encode()).hexdigest(),
        documents=(intake.SealedDocument(code="BAN_THUYET_MINH", sha256=sha256(PDF).hexdigest()),),
        content_sha256=sealed.content_sha256,
        paper_sha256=sha256(row.paper.encode()).hexdigest(),
    )


def test_signature_names_nobody(contest):
    entry_id = contest.draft(
        CLERK, channel="DESK", authors=(member("Bà Tư Ví Dụ", "100", email="tu@vidu.vn"),)
    )
    contest.submit(entry_id, CLERK)

    said = json.encode(claims(contest, entry_id, by=CLERK)).decode()

    assert not any(word in said for word in ("Tư", "vidu.vn", "c-1"))


def test_printed_receipt_is_genuine_and_quotes_the_plan(contest):
    entry_id = contest.enter()

    pdf = printed(contest, entry_id)

    assert verify(pdf, keys(contest)).wrong == ()
    _, text = read_pdf(pdf)
    assert "GIẤY BIÊN NHẬN HỒ SƠ DỰ THI" in text
    assert "125/KH" in text


def test_each_version_handed_in_has_a_receipt_of_its_own(contest):
    entry_id = contest.draft()
    contest.submit(entry_id, declared=())
    contest.give_back(entry_id)
    contest.upload(entry_id)
    later = IN_TIME + timedelta(days=1)
    contest.submit(entry_id, now=later)

    first, newest = claims(contest, entry_id, 1), claims(contest, entry_id)

    assert (first.code, first.version, first.received_at) == ("H30-220701-0001", 1, IN_TIME)
    assert (newest.code, newest.version, newest.received_at) == ("H30-220701-0001", 2, later)
    assert first.documents == ()
    assert line(paper(contest, entry_id, 1), "missing").startswith("Bản thuyết minh")
    assert line(paper(contest, entry_id, 2), "missing").startswith("Không")
    with pytest.raises(Rejected, match="UnknownReceipt"):
        claims(contest, entry_id, 3)


def test_receipt_of_a_late_entry_says_so(contest):
    entry_id = contest.draft()
    contest.submit(entry_id, now=IN_TIME + timedelta(days=100))

    assert claims(contest, entry_id).late
    assert line(paper(contest, entry_id), "standing").startswith("Nộp muộn")


def test_receipt_keeps_the_name_a_unit_had(contest):
    entry_id = contest.enter(unit_id="SNV")
    before = printed(contest, entry_id)
    renamed = intake.Agency(unit_id="SNV", name="Sở Nội vụ và Lao động", kind="SO_BAN_NGANH")
    contest.ask(intake.ImportAgencies(agencies=(renamed,)), ORGANISER, OPENED)

    assert printed(contest, entry_id) == before
    assert line(paper(contest, entry_id), "unit") == "Đơn vị SNV"


def test_clerk_who_took_it_is_named_on_the_paper(contest):
    contest.ask(
        intake.RegisterPerson(person_id="c-1", full_name="Lê Thị Ví Dụ"), ORGANISER, OPENED
    )
    entry_id = contest.draft(CLERK, channel="DESK", authors=(member("Bà Tư", "100"),))
    contest.submit(entry_id, CLERK)

    pdf = printed(contest, entry_id, by=CLERK)

    assert "Lê Thị Ví Dụ" in read_pdf(pdf)[1]


@pytest.mark.parametrize("stranger", [BINH, actor("judge", "secretary", id="j-1")])
def test_receipt_is_for_those_who_may_see_the_entry(contest, stranger):
    contest.seat("j-1")
    entry_id = contest.enter()

    for asked in (intake.ShowReceipt(entry_id=entry_id), intake.PrintReceipt(entry_id=entry_id)):
        with pytest.raises(Rejected, match="UnknownEntry"):
            contest.ask(asked, stranger)
    assert claims(contest, entry_id, by=SECRETARY).entry_id == entry_id
    with pytest.raises(Rejected, match="UnknownEntry"):
        contest.ask(intake.ShowReceipt(entry_id=entry_id), AN, tenant="soc-trang")


def test_draft_has_no_receipt(contest):
    with pytest.raises(Rejected, match="UnknownReceipt"):
        claims(contest, contest.draft())


@pytest.fixture
def onegate(bench):
    contest = Contest(bench)
    contest.open(ONEGATE)
    return contest


def test_code_of_the_one_stop_system_is_kept_where_it_has_the_say(onegate):
    entry_id = from_one_stop(onegate)

    assert onegate.submit(entry_id, ONE_STOP).receipt_code == ELSEWHERE
    assert claims(onegate, entry_id, by=ONE_STOP).code == ELSEWHERE
    assert onegate.submit(onegate.draft()).receipt_code == "H30-220701-0001"


def test_code_of_the_one_stop_system_is_a_remark_where_codes_are_ours(contest):
    entry_id = from_one_stop(contest)

    assert contest.submit(entry_id, ONE_STOP).receipt_code == "H30-220701-0001"
    assert line(paper(contest, entry_id, by=ONE_STOP), "external_code") == ELSEWHERE


def test_code_that_another_entry_has_is_refused(onegate):
    onegate.submit(from_one_stop(onegate), ONE_STOP)

    with pytest.raises(Rejected, match=r"CodeTaken: .*0042 is another entry's"):
        onegate.submit(from_one_stop(onegate), ONE_STOP)


def test_code_nobody_can_read_is_refused(onegate):
    with pytest.raises(Rejected, match="UnreadableCode"):
        onegate.submit(from_one_stop(onegate, "Hồ sơ số 7"), ONE_STOP)


def test_no_number_is_lost_when_transactions_roll_back_in_a_rush(contest):
    drafts = [contest.draft() for _ in range(60)]
    broken = set(drafts[::3])

    def hand_in(entry_id: str) -> str | None:
        declared = ("BAN_CAM_KET\x00",) if entry_id in broken else ("BAN_CAM_KET",)
        try:
            return contest.submit(entry_id, declared=declared).receipt_code
        except (Rejected, AssertionError):
            return None

    with ThreadPoolExecutor(8) as people:
        codes = [code for code in people.map(hand_in, drafts) if code]

    # The number had been given out when the database refused the declaration.
    assert sorted(codes) == [f"H30-220701-{number:04d}" for number in range(1, 41)]


@pytest.mark.slow
@pytest.mark.parametrize("told", [{}, {"RECEIPT_KEY": "short"}])
def test_service_without_a_key_says_so_and_does_not_start(servers, told):
    environment = os.environ | servers.env("intake")
    del environment["RECEIPT_KEY"]

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "kernel.runner", "intake"],
        env=environment | told, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("intake cannot start.")
    assert "RECEIPT_KEY" in done.stderr.splitlines()[-1]


def test_a_code_given_out_elsewhere_is_passed_over_by_our_own(bench):
    contest = Contest(bench)
    contest.open(ONEGATE)
    contest.submit(from_one_stop(contest, "H30-220701-0001"), ONE_STOP)

    codes = [contest.submit(contest.draft()).receipt_code for _ in range(2)]

    assert codes == ["H30-220701-0002", "H30-220701-0003"]


def test_a_late_entry_that_is_admitted_gets_a_receipt_that_says_so(contest):
    entry_id = contest.draft(CLERK, channel="DESK")
    contest.ask(intake.RegisterPerson(person_id="c-1", full_name="Lê Thị Hà"), ORGANISER)
    contest.upload(entry_id, by=CLERK)
    contest.submit(entry_id, CLERK, now=CLOSES)
    before = claims(contest, entry_id, by=CLERK)
    more = intake.ExtendDeadline(
        contest_id=CONTEST, entry_id=entry_id, until=CLOSES + MINUTE, reason="Mất điện"
    )

    contest.ask(more, ORGANISER, CLOSES + MINUTE)

    after, said = claims(contest, entry_id, by=CLERK), paper(contest, entry_id, by=CLERK)
    assert (before.late, after.late) == (True, False)
    assert (after.code, after.version, after.documents) == (
        before.code, before.version, before.documents,
    )  # fmt: skip
    assert line(said, "standing") == (
        "Nộp muộn, nay được chấp nhận; thay giấy biên nhận đã cấp cho lần nộp này."
        " Được gia hạn đến 00:01 16/08/2022: Mất điện."
    )
    assert said.receiver == "Lê Thị Hà"
    assert verify(printed(contest, entry_id, by=CLERK), keys(contest)).wrong == ()
