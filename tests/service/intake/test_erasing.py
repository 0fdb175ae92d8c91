"""Entrants are forgotten when the rules' time is over, and what the record rests on stays."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from contracts import intake
from kernel.testing import Rejected
from services.intake.store.tables import DocumentRow
from tests.service.intake.conftest import (
    AN,
    CONTEST,
    ORGANISER,
    SECRETARY,
    SOURCE,
    member,
)
from tests.service.traces import traces

KEPT = "retention:\n  personal_months: 24\n"
ENDS = datetime(2024, 8, 15, 17, tzinfo=UTC)  # 24 months after the window of the rules closes
NAME, EMAIL, PHONE = "Trần Thị Mẫu", "mau-xoa@mau.example", "0900000017"


@pytest.fixture
def entered(contest):
    """Hand in an entry of somebody with a name, an address and a telephone."""
    contest.ask(
        intake.AmendContest(
            contest_id=CONTEST, source=SOURCE + KEPT, reason="Ghi thời hạn lưu thông tin"
        ),
        ORGANISER,
    )
    author = member(NAME, "100", person_id=AN.id, email=EMAIL, phone=PHONE)
    person = intake.RegisterPerson(
        person_id=AN.id, full_name=NAME, email=EMAIL, phone=PHONE, roles=("entrant",)
    )
    contest.ask(person, ORGANISER)
    return contest.enter(authors=(author,))


def erase(contest, now=ENDS, minutes="12/BB-BTC"):
    asked = intake.EraseEntrants(contest_id=CONTEST, minutes=minutes)
    return contest.ask(asked, ORGANISER, now, intake.EntrantsErased)


def test_nothing_of_an_entrant_is_left_but_opaque_ids(contest, bench, entered):
    assert {word for _, word in traces(bench, NAME, EMAIL, PHONE)} == {NAME, EMAIL, PHONE}
    (document,) = bench.rows(select(DocumentRow))
    receipt = contest.show(entered).receipt_code
    bench.rows(text("UPDATE outbox SET sent_at = now() RETURNING id"))

    erased = erase(contest)
    bench.service.files.get(document.key)  # until the sweep
    bench.tick("sweep_uploads", now=ENDS)

    assert traces(bench, NAME, EMAIL, PHONE) == set()
    with pytest.raises(Exception, match="no object"):
        bench.service.files.get(document.key)
    assert (erased.person_ids, erased.entry_ids, erased.objects) == ((AN.id,), (entered,), 1)
    assert contest.said(intake.EntrantsErased) == [erased]
    shown = contest.show(entered, SECRETARY)
    assert (shown.receipt_code, shown.state) == (receipt, "SUBMITTED")


def test_nobody_is_forgotten_a_moment_too_early_twice_or_without_minutes(contest, entered):
    assert entered
    with pytest.raises(Rejected, match="RetentionNotOver"):
        erase(contest, ENDS.replace(hour=16, minute=59))
    with pytest.raises(Rejected, match="NoMinutes"):
        erase(contest, minutes="  ")

    erase(contest)

    with pytest.raises(Rejected, match="AlreadyErased"):
        erase(contest, minutes="13/BB-BTC")


def test_rules_that_say_no_time_let_nobody_be_forgotten(contest):
    with pytest.raises(Rejected, match="NoRetention"):
        erase(contest)


def test_who_sits_on_a_jury_stays_known(contest, entered):
    assert entered
    contest.seat(AN.id)

    erased = erase(contest)

    assert (erased.person_ids, erased.kept) == ((), 1)
