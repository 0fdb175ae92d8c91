"""The delivery log, what is held or pointless, and order per entry."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from contracts import notify
from kernel.database import Origin
from kernel.testing import NOON, TENANT, Rejected, actor
from services.notify import store
from services.notify.domain import Accepted, EntryState, NamedEntry, Telling
from services.notify.store import DeliveryRow
from tests.service.notify.events import HG, opened, person

NAMED = NamedEntry("H30-220815-0001", "Một cửa số cho cấp xã")
SECRETARY = actor("secretary", id="s-1")


@pytest.fixture
def office(bench):
    bench.hear(opened())
    bench.hear(person("p-1", email="sen@example.vn"), id="of-1")
    return bench


def tell(bench, *tellings, event="m-1", at=NOON, tenant=TENANT):
    common = {
        "tenant": tenant,
        "event_id": event,
        "event_type": "intake.EntryAccepted",
        "contest_id": HG,
        "queued_at": at,
        "due_at": at,
    }
    with bench.database.work(Origin.own("notify", tenant)) as work:
        for told in tellings:
            store.put_in_queue(work.session, common, [(work.new_id(), told)])


def letter(**others):
    return Telling("p-1", "EMAIL", Accepted(NAMED), ("e-1",), **others)


def rows(bench, tenant=TENANT):
    return list(bench.rows(select(DeliveryRow).order_by(DeliveryRow.sequence), tenant))


def later(**span):
    return NOON + timedelta(**span)


def test_who_was_told_what_and_when_is_answered_in_one_call(office, relay):
    relay.refusals["sen@example.vn"] = "451 4.7.1 later"
    tell(office, letter())
    office.tick("send_letters", now=NOON)
    relay.refusals.clear()
    office.tick("send_letters", now=later(hours=1))

    asked = notify.ListDeliveries(recipient="p-1", with_tries=True)
    (view,) = office.ask(asked, actor=SECRETARY, reply=tuple[notify.DeliveryView, ...])

    assert [(one.number, one.outcome, one.response) for one in view.tries] == [
        (1, "REFUSED", "The mail relay refused with 451 4.7.1."),
        (2, "ACCEPTED", "250"),
    ]
    assert (view.state, view.accepted_by, view.tries[1].began_at) == (
        "SENT",
        "127.0.0.1",
        later(hours=1),
    )


def test_the_log_is_given_out_as_a_file_without_formulas(office):
    tell(office, letter())
    office.tick("send_letters", now=NOON)
    with office.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        connection.execute(text("UPDATE attempt SET response = :it"), {"it": "=1\b+1"})

    made = {
        form: office.ask(
            notify.ExportDeliveries(form=form, contest_id=HG),
            actor=SECRETARY,
            reply=notify.DeliveryFile,
        )
        for form in ("CSV", "XLSX")
    }

    lines = list(csv.reader(io.StringIO(made["CSV"].content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(made["XLSX"].content)).active
    assert (len(lines), lines[1][-3:]) == (2, ["ACCEPTED", "127.0.0.1", "'=1+1"])
    assert [cell.value for cell in sheet[2]][-3:] == ["ACCEPTED", "127.0.0.1", "'=1+1"]


def test_a_held_letter_waits_until_somebody_lets_it_go(office, relay):
    tell(office, letter(held=True))
    office.tick("send_letters", now=NOON)
    waiting = len(relay.received)

    held = rows(office)[0].delivery_id
    office.ask(notify.ReleaseDelivery(delivery_id=held), actor=SECRETARY)
    office.tick("send_letters", now=later(seconds=1))

    assert (waiting, len(relay.received)) == (0, 1)


def test_a_held_letter_that_is_dropped_is_never_sent(office, relay):
    tell(office, letter(held=True))
    drop = notify.DropDelivery(delivery_id=rows(office)[0].delivery_id, reason="Nhầm người nhận.")

    office.ask(drop, actor=SECRETARY)
    office.tick("send_letters", now=later(hours=1))

    (row,) = rows(office)
    assert (row.state, row.last_error, relay.received) == ("DROPPED", "Nhầm người nhận.", [])
    with pytest.raises(Rejected, match="DeliveryNotHeld"):
        office.ask(notify.ReleaseDelivery(delivery_id=row.delivery_id), actor=SECRETARY)


def test_what_has_become_pointless_is_let_go_unsent(office, relay):
    tell(office, letter(expires_at=later(hours=1), not_before=later(hours=2)))
    tell(office, letter(held=True, expires_at=later(hours=1)), event="m-2")

    office.tick("send_letters", now=later(hours=3))
    office.tick("let_go", now=later(hours=3))

    assert [row.state for row in rows(office)] == ["EXPIRED", "EXPIRED"]
    assert [one.expired for one in office.announced] == [True, True]
    assert relay.received == []


def test_it_is_not_sent_before_its_hour(office, relay):
    tell(office, letter(not_before=later(hours=7)))

    office.tick("send_letters", now=later(hours=6))
    too_early = len(relay.received)
    office.tick("send_letters", now=later(hours=7))

    assert (too_early, len(relay.received)) == (0, 1)


def push(entry_id):
    state = EntryState(HG, entry_id, "H30-220815-0001", None, "ACCEPTED")
    return Telling("one-stop", "WEBHOOK", state, (entry_id,))


@pytest.fixture
def client(office, listener):
    who = actor("client", id="one-stop")
    office.ask(notify.RegisterWebhook(url=listener.url), actor=who)
    return who


@pytest.mark.usefixtures("client")
def test_a_later_push_about_an_entry_waits_for_an_earlier_one(office, listener):
    tell(office, push("e-1"), event="m-1")
    tell(office, push("e-1"), event="m-2", at=later(seconds=1))
    tell(office, push("e-2"), event="m-3", at=later(seconds=2))
    listener.status = 500
    office.tick("push_states", now=later(seconds=3))
    tried = [row.tries for row in rows(office)]
    listener.status = 200

    office.tick("push_states", now=later(hours=1))

    first, second, _ = (row.delivery_id for row in rows(office))
    arrived = [one.headers["webhook-id"] for one in listener.received]
    assert tried == [1, 0, 1]
    assert arrived.index(second) > max(n for n, one in enumerate(arrived) if one == first)
    assert {row.state for row in rows(office)} == {"SENT"}


def test_a_client_has_a_span_pushed_again_under_the_same_ids(office, listener, client):
    for number in range(3):
        tell(office, push("e-1"), event=f"m-{number}", at=later(minutes=number))
    office.tick("push_states", now=later(hours=1))
    span = notify.ReplayWebhook(since=later(minutes=1), until=later(minutes=3))

    count = office.ask(span, actor=client)
    office.tick("push_states", now=later(hours=2))

    ids = [one.headers["webhook-id"] for one in listener.received]
    assert (count, ids[3:]) == (2, ids[1:3])


def test_a_claim_reads_an_index_however_long_the_queue(office):
    with office.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', 'hau-giang', true)"))
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        asked = {"tenant_": TENANT, "counterparty_": store.MAIL, "now_": NOON, "most_": 50}
        query = store.to_claim(of_channel=True).params(asked)
        compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = " ".join(connection.scalars(text(f"EXPLAIN {compiled}".replace(":", "\\:"))))

    assert "Index Scan using delivery_due" in plan
    assert "Sort" not in plan


def test_somebody_is_told_once_of_an_event_on_a_channel_whatever_their_roles(office):
    other = Telling("p-1", "INBOX", Accepted(NAMED), ("e-1",))

    tell(office, letter(), letter(), other, letter())
    tell(office, other, letter(), event="m-2")

    assert sorted((row.event_id, row.channel) for row in rows(office)) == [
        ("m-1", "EMAIL"),
        ("m-1", "INBOX"),
        ("m-2", "EMAIL"),
        ("m-2", "INBOX"),
    ]
