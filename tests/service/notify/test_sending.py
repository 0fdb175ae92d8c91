"""Sending over a relay that refuses, drops and dies; and what is known of it afterwards."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from msgspec import structs
from sqlalchemy import select, text

from contracts import notify
from kernel.crunch import Crunch
from kernel.database import Origin
from kernel.testing import NOON, TENANT, Rejected, actor
from services.notify import lanes
from services.notify.handing import Handing
from services.notify.service import NotifyService
from services.notify.settings import NotifySettings
from services.notify.store import DeliveryRow, lanes_due
from tests.service.notify.conftest import patient
from tests.service.notify.counterparts import CERTIFICATE, Relay
from tests.service.notify.events import HG, accepted, opened, person, submitted

SECRETARY = actor("secretary", id="s-1")


@pytest.fixture
def queued(bench):
    """Queue a receipt to each of two authors."""
    bench.hear(opened())
    bench.hear(person("p-1", email="one@example.vn"), id="of-1")
    bench.hear(person("p-2", email="two@example.vn"), id="of-2")
    bench.hear(submitted(author_ids=("p-1", "p-2")), id="m-1")
    return bench


def deliveries(bench):
    return {row.recipient: row for row in bench.rows(select(DeliveryRow))}


def later(**span):
    return NOON + timedelta(**span)


def until_given_up(bench):
    """Try as often as there are tries."""
    for hours in range(0, 24 * 4, 2):
        bench.tick("send_letters", now=later(hours=hours))


def test_what_was_sent_is_announced(queued):
    queued.tick("send_letters", now=NOON)

    rows = deliveries(queued)
    expected = [
        notify.Delivered(
            delivery_id=rows[who].delivery_id,
            event_id="m-1",
            recipient=who,
            channel="EMAIL",
            entry_id="e-1",
        )
        for who in ("p-1", "p-2")
    ]
    assert sorted(queued.announced, key=lambda one: one.recipient) == expected
    assert {row.state for row in rows.values()} == {"SENT"}
    assert rows["p-1"].sent_at >= NOON


def test_letters_share_a_connection(queued, relay):
    queued.tick("send_letters", now=NOON)

    assert (len(relay.received), relay.connections) == (2, 1)


def test_a_refused_address_fails_at_once_and_delays_nobody(queued, relay):
    relay.refusals["one@example.vn"] = "550 5.1.1 <one@example.vn> unknown here"

    queued.tick("send_letters", now=NOON)

    rows = deliveries(queued)
    assert (rows["p-1"].state, rows["p-2"].state) == ("FAILED", "SENT")
    failed = [one for one in queued.announced if isinstance(one, notify.DeliveryFailed)]
    # What the relay said names the address; only its codes may leave this service.
    assert [one.reason for one in failed] == ["The mail relay refused with 550 5.1.1."]
    assert "example.vn" not in rows["p-1"].last_error


def test_a_passing_refusal_is_tried_again_later_under_the_same_id(queued, relay):
    relay.refusals["one@example.vn"] = "451 4.7.1 greylisted"
    queued.tick("send_letters", now=NOON)
    waiting = deliveries(queued)["p-1"]
    relay.refusals.clear()

    queued.tick("send_letters", now=waiting.due_at - timedelta(milliseconds=1))
    too_early = relay.letters_to("one@example.vn")
    queued.tick("send_letters", now=waiting.due_at)

    (letter,) = relay.letters_to("one@example.vn")
    assert (waiting.state, waiting.attempts, too_early) == ("QUEUED", 1, [])
    assert letter["Message-ID"] == f"<{waiting.delivery_id}@haugiang.example>"


def test_a_relay_that_drops_the_connection_mid_letter_loses_nothing(queued, relay):
    relay.drop_next = True

    queued.tick("send_letters", now=NOON)
    queued.tick("send_letters", now=later(seconds=10))

    assert len(relay.received) == 2
    assert {row.state for row in deliveries(queued).values()} == {"SENT"}


def test_a_dead_relay_costs_one_letter_one_try_and_is_left_alone(service_bench):
    with Relay() as gone:
        url = gone.url
    bench = patient(service_bench(NotifyService, SMTP_URL=url))
    bench.hear(opened())
    bench.hear(person("p-1", email="one@example.vn"), id="of-1")
    bench.hear(person("p-2", email="two@example.vn"), id="of-2")
    bench.hear(submitted(author_ids=("p-1", "p-2")), id="m-1")

    bench.tick("send_letters", now=NOON)
    bench.tick("send_letters", now=later(milliseconds=500))

    assert sorted(row.attempts for row in deliveries(bench).values()) == [0, 1]


@pytest.fixture
def strict_relay(monkeypatch):
    """Run a relay that wants encryption and a password; trust its certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Relay(CERTIFICATE) as relay:
        yield relay


def test_a_relay_that_wants_encryption_and_a_password_gets_them(queued, strict_relay):
    port = strict_relay.url.rpartition(":")[2]
    url = f"smtp://notify:p%40ss@localhost:{port}?starttls=true"
    queued.service.settings = NotifySettings(smtp_url=url, smtp_sender="a@haugiang.example")

    queued.tick("send_letters", now=NOON)

    assert len(strict_relay.received) == 2


@pytest.mark.parametrize("place", ["localhost:{port}", "127.0.0.1:{port}?verify=false"])
def test_a_relay_may_want_tls_from_the_first_byte(queued, place, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE) if "verify" not in place else "")
    with Relay(CERTIFICATE, at_once=True) as relay:
        url = "smtps://" + place.format(port=relay.url.rpartition(":")[2])
        queued.service.settings = NotifySettings(smtp_url=url, smtp_sender="a@haugiang.example")

        queued.tick("send_letters", now=NOON)

        assert len(relay.received) == 2


SENDS_GREEN = """
import eventlet; eventlet.monkey_patch()
import sys
from datetime import UTC, datetime
from services.notify.mail import Mail, Route, send
from services.notify.written import Letter
mail = Mail("d-1", "Sen", "sen@example.vn", Letter("Thư (mẫu)", "Mẫu.", "<p>Mẫu.</p>"))
print(type(next(send(Route(sys.argv[1], "a@b.vn"), datetime.now(UTC), [mail]))[1]).__name__)
"""


@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
def test_a_running_service_speaks_tls_as_well(at_once):
    with Relay(CERTIFICATE, at_once=at_once) as relay:
        port = relay.url.rpartition(":")[2]
        place = f"localhost:{port}"
        url = f"smtps://{place}" if at_once else f"smtp://notify:p%40ss@{place}?starttls=true"
        said = subprocess.run(  # as the runner has it: eventlet's sockets in place of Python's own
            [sys.executable, "-W", "ignore", "-c", SENDS_GREEN, url],
            env=os.environ | {"SSL_CERT_FILE": str(CERTIFICATE)},
            capture_output=True,
            text=True,
            check=True,
        )

    assert (said.stdout, len(relay.received)) == ("Reached\n", 1)


def test_a_relay_nobody_vouches_for_gets_no_letter(queued):
    with Relay(CERTIFICATE, at_once=True) as relay:
        port = relay.url.rpartition(":")[2]
        queued.service.settings = NotifySettings(smtp_url=f"smtps://localhost:{port}")

        queued.tick("send_letters", now=NOON)

        assert relay.received == []
    tried = [row.last_error for row in deliveries(queued).values() if row.attempts]
    assert tried == ["The mail relay does not work: SSLCertVerificationError."]


def test_a_long_queue_is_sent_by_lanes_beside_each_other_and_each_letter_once(
    queued, relay, monkeypatch
):
    monkeypatch.setattr(lanes, "BATCH", 1)
    for number in range(3, 9):
        queued.hear(accepted(), id=f"m-{number}")

    queued.tick("send_letters", now=NOON)

    identities = [letter["Message-ID"] for letter in relay.received]
    assert (len(identities), len(set(identities))) == (14, 14)


def test_a_long_queue_is_sent_here_where_its_own_process_cannot_be_had(queued, relay):
    missing, running = Crunch("tests.nowhere"), lanes.Lanes()
    missing.connect(queued.settings)
    settings = structs.replace(queued.service.settings, long_queue=1)
    lane = lanes.Lane(queued.database, settings, TENANT, "channel:mail", NOON)

    Handing().hand(missing, running, lane)
    running.wait(queued.database, 60)

    assert len(relay.received) == 2


def test_a_lane_leaves_the_rest_of_a_queue_that_became_long(queued, relay):
    running = lanes.Lanes()
    settings = structs.replace(queued.service.settings, long_queue=1)
    lane = lanes.Lane(queued.database, settings, TENANT, "channel:mail", NOON)

    running.start(lane)
    running.wait(queued.database, 60)

    assert len(relay.received) == 1
    with queued.database.work(Origin.own("test", TENANT)) as work:
        due = work.session.execute(lanes_due(NOON, 1)).all()
    assert due == [(TENANT, "channel:mail", True)]


def test_a_wrong_password_is_a_relay_that_does_not_work(queued, strict_relay):
    port = strict_relay.url.rpartition(":")[2]
    url = f"smtp://notify:guessed@localhost:{port}?starttls=true"
    queued.service.settings = NotifySettings(smtp_url=url)

    queued.tick("send_letters", now=NOON)

    tried = [row.last_error for row in deliveries(queued).values() if row.attempts]
    assert tried == ["The mail relay does not work: SMTPAuthenticationError 535."]


def test_after_the_last_try_somebody_is_told(queued, relay):
    relay.refusals["one@example.vn"] = "452 4.2.2 full"

    until_given_up(queued)

    failed = [one for one in queued.announced if isinstance(one, notify.DeliveryFailed)]
    assert [(one.recipient, one.reason) for one in failed] == [
        ("p-1", "The mail relay refused with 452 4.2.2.")
    ]


def test_a_failed_delivery_can_be_sent_again(queued, relay):
    relay.refusals["one@example.vn"] = "550 5.1.1 unknown"
    queued.tick("send_letters", now=NOON)
    failed = deliveries(queued)["p-1"]
    relay.refusals.clear()

    queued.ask(notify.Redeliver(delivery_id=failed.delivery_id), actor=SECRETARY)
    queued.tick("send_letters", now=later(seconds=1))

    assert len(relay.letters_to("one@example.vn")) == 1
    assert deliveries(queued)["p-1"].state == "SENT"


def test_what_is_sent_is_not_sent_again_on_request(queued):
    queued.tick("send_letters", now=NOON)
    sent = deliveries(queued)["p-1"]

    with pytest.raises(Rejected, match="DeliveryNotFailed"):
        queued.ask(notify.Redeliver(delivery_id=sent.delivery_id), actor=SECRETARY)


def test_an_unknown_delivery_cannot_be_sent_again(bench):
    with pytest.raises(Rejected, match="UnknownDelivery: There is no delivery d-9"):
        bench.ask(notify.Redeliver(delivery_id="d-9"), actor=SECRETARY)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, "This person has no e-mail address."),
        ("not an address", "The e-mail address cannot be written to."),
        ("sen\r\nBcc: x@example.vn@example.vn", "The e-mail address cannot be written to."),
        ("sến@example.vn", "The e-mail address cannot be written to."),
    ],
)
def test_somebody_without_a_usable_address_is_reported_and_delays_nobody(
    queued, relay, address, reason
):
    queued.hear(person("p-1", email=address), id="of-1-again")

    queued.tick("send_letters", now=NOON)

    failed = [one for one in queued.announced if isinstance(one, notify.DeliveryFailed)]
    assert [(one.recipient, one.reason) for one in failed] == [("p-1", reason)]
    assert len(relay.received) == 1


def test_a_template_that_cannot_be_filled_delays_nobody(queued, relay):
    with queued.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
        connection.execute(text("UPDATE delivery SET content = '{}' WHERE recipient = 'p-1'"))

    queued.tick("send_letters", now=NOON)

    assert deliveries(queued)["p-1"].last_error == (
        "The words of the notice receipt cannot be filled in: UndefinedError."
    )
    assert len(relay.letters_to("two@example.vn")) == 1


def test_a_big_queue_is_sent_batch_after_batch(queued, relay, monkeypatch):
    monkeypatch.setattr(lanes, "BATCH", 1)

    queued.tick("send_letters", now=NOON)

    assert (len(relay.received), relay.connections) == (2, 2)


def test_the_secretary_sees_who_was_told_what_about_an_entry(queued):
    queued.hear(accepted(author_ids=("p-1", "p-2")), id="m-2", now=later(hours=1))
    queued.tick("send_letters", now=later(hours=2))

    views = queued.ask(
        notify.ListDeliveries(entry_id="e-1"),
        actor=SECRETARY,
        reply=tuple[notify.DeliveryView, ...],
    )

    rows = {(row.event_id, row.recipient): row for row in queued.rows(select(DeliveryRow))}
    assert len(views) == 4
    assert views[-1] in [
        notify.DeliveryView(
            delivery_id=rows["m-1", who].delivery_id,
            event_type="intake.EntrySubmitted",
            template="receipt",
            recipient=who,
            channel="EMAIL",
            state="SENT",
            queued_at=NOON,
            attempts=1,
            sent_at=rows["m-1", who].sent_at,
            entry_id="e-1",
            due_at=rows["m-1", who].due_at,
            accepted_by="127.0.0.1",
            response="250",
        )
        for who in ("p-1", "p-2")
    ]


def test_deliveries_of_a_contest_can_be_listed(queued):
    views = queued.ask(notify.ListDeliveries(contest_id=HG), actor=SECRETARY)
    elsewhere = queued.ask(notify.ListDeliveries(contest_id="other"), actor=SECRETARY)

    assert (len(views), elsewhere) == (2, [])


def test_an_author_sees_what_was_told_about_their_own_entry(queued):
    views = queued.ask(notify.ListDeliveries(entry_id="e-1"), actor=actor("entrant", id="p-2"))

    assert len(views) == 2


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        (notify.ListDeliveries(entry_id="e-1"), actor("entrant", id="p-9")),
        (notify.ListDeliveries(entry_id="e-9"), actor("entrant", id="p-1")),
        (notify.ListDeliveries(contest_id=HG), actor("entrant", id="p-1")),
    ],
)
def test_an_entrant_sees_nothing_of_others(queued, asked, who):
    with pytest.raises(Rejected, match="Forbidden"):
        queued.ask(asked, actor=who)


def test_a_list_of_everything_is_refused(queued):
    with pytest.raises(Rejected, match="NothingNamed"):
        queued.ask(notify.ListDeliveries(), actor=SECRETARY)
