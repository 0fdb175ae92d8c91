"""Webhooks: signed, once, and nobody waits for a client that hangs."""

import base64
import hmac
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from contracts import notify
from kernel.testing import NOON, Rejected, actor
from services.notify.domain.breaking import STRIKES
from services.notify.hooks import pushing
from services.notify.service import NotifyService
from services.notify.store import ClientRow, DeliveryRow
from tests.service.notify.counterparts import CERTIFICATE, Listener
from tests.service.notify.events import (
    HG,
    accepted,
    opened,
    person,
    published,
    returned,
    round_closed,
    submitted,
)

BY_CLIENT = {"author_ids": ("p-1",), "filed_by": "one-stop"}


def register(bench, url, client_id="one-stop"):
    return bench.ask(notify.RegisterWebhook(url=url), actor=actor("client", id=client_id))


def filed(number=1, client_id="one-stop"):
    return submitted(
        number,
        author_ids=("p-1",),
        filed_by=client_id,
        channel="ONE_STOP",
        external_code=f"H30.22-220815-{number:04d}",
    )


@pytest.fixture
def contest(bench):
    bench.hear(opened())
    bench.hear(person("p-1"), id="of-1")
    return bench


def pushes(bench):
    query = select(DeliveryRow).where(DeliveryRow.channel == "WEBHOOK")
    return bench.rows(query.order_by(DeliveryRow.recipient, DeliveryRow.event_id))


def is_signed(pushed, secret):
    """Verify as a client would, by the specification and nothing of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    stamp = pushed.headers["webhook-timestamp"]
    signed = b".".join([pushed.headers["webhook-id"].encode(), stamp.encode(), pushed.body])
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    return f"v1,{expected}" in pushed.headers["webhook-signature"].split(" ")


def test_a_client_is_told_where_its_entry_stands(contest, listener):
    secret = register(contest, listener.url)
    contest.hear(filed(), id="m-1")

    contest.tick("push_states", now=NOON)

    (pushed,) = listener.received
    (row,) = pushes(contest)
    assert json.loads(pushed.body) == {
        "type": "intake.EntrySubmitted",
        "timestamp": "2022-07-01T05:00:00Z",
        "data": {
            "contest_id": HG,
            "entry_id": "e-1",
            "receipt_code": "H30-220815-0001",
            "external_code": "H30.22-220815-0001",
            "state": "SUBMITTED",
            "note": "",
            "missing": [],
            "received_at": "2022-08-15T01:00:00Z",
            "due_at": None,
            "prize": None,
        },
    }
    assert is_signed(pushed, secret)
    assert pushed.headers["webhook-id"] == row.delivery_id
    assert pushed.headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert pushed.headers[":path"] == "/hook?client=one-stop"
    assert pushed.headers["host"] == listener.url.split("/")[2]
    assert (row.state, row.sent_at >= NOON) == ("SENT", True)


def test_a_push_is_announced_when_it_was_taken(contest, listener):
    register(contest, listener.url)
    contest.hear(filed(), id="m-1")

    contest.tick("push_states")

    (row,) = pushes(contest)
    assert contest.announced == [
        notify.Delivered(
            delivery_id=row.delivery_id,
            event_id="m-1",
            recipient="one-stop",
            channel="WEBHOOK",
            entry_id="e-1",
        )
    ]


def test_a_client_hears_every_step_and_its_clients_author_does_too(contest, listener, relay):
    register(contest, listener.url)
    contest.hear(filed(), id="m-1")
    contest.hear(returned(**BY_CLIENT), id="m-2", now=NOON + timedelta(seconds=1))
    contest.hear(accepted(**BY_CLIENT), id="m-3", now=NOON + timedelta(seconds=2))
    contest.hear(round_closed((1, True)), id="m-4", now=NOON + timedelta(seconds=3))
    contest.hear(published((1, "NHAT")), id="m-5", now=NOON + timedelta(seconds=4))

    contest.tick("push_states")
    contest.tick("send_letters")

    said = [json.loads(pushed.body)["data"] for pushed in listener.received]
    assert [one["state"] for one in said[:3]] == ["SUBMITTED", "SUPPLEMENT_REQUESTED", "ACCEPTED"]
    assert said[1]["missing"] == ["BAN_THUYET_MINH"]
    assert [one["entries"][0]["state"] for one in said[3:]] == ["FINALIST", "AWARDED"]
    assert said[4]["entries"][0]["prize"] == "NHAT"
    assert all("87" not in pushed.body.decode() for pushed in listener.received)
    assert len(relay.received) == 5


def test_a_client_without_a_webhook_is_not_queued_for(contest):
    contest.hear(filed(), id="m-1")

    assert pushes(contest) == []


def test_a_new_secret_signs_beside_the_old_one_until_the_client_has_changed_over(
    contest, listener
):
    old = register(contest, listener.url)
    new = register(contest, listener.url)
    contest.hear(filed(1), id="m-1")
    contest.hear(filed(2), id="m-2", now=NOON + timedelta(hours=24))

    contest.tick("push_states", now=NOON)
    contest.tick("push_states", now=NOON + timedelta(hours=24))

    during, after = listener.received
    assert len(contest.rows(select(ClientRow))) == 1
    assert (is_signed(during, new), is_signed(during, old)) == (True, True)
    assert (is_signed(after, new), is_signed(after, old)) == (True, False)


def test_only_a_client_may_register(bench, listener):
    with pytest.raises(Rejected, match="Forbidden"):
        bench.ask(notify.RegisterWebhook(url=listener.url), actor=actor("entrant"))


@pytest.mark.parametrize("url", ["http://10.0.0.1/hook", "https://169.254.169.254/", "hook"])
def test_an_address_inside_is_refused_when_registered(bench, url):
    with pytest.raises(Rejected, match="WebhookAddressRefused"):
        register(bench, url)


def test_loopback_is_refused_where_it_is_not_allowed(service_bench, listener):
    bench = service_bench(NotifyService, WEBHOOK_ALLOW_LOOPBACK="false")

    with pytest.raises(Rejected, match="WebhookAddressRefused"):
        register(bench, listener.url)


def test_an_address_that_moved_inside_since_is_not_reached(contest, listener):
    register(contest, listener.url)
    contest.hear(filed(), id="m-1")
    contest.service.settings = type(contest.service.settings)(webhook_allow_loopback=False)

    contest.tick("push_states")

    (row,) = pushes(contest)
    assert listener.received == []
    assert row.last_error == "The webhook may not be reached: WebhookAddressRefused."


def test_a_redirect_is_not_followed(contest, listener):
    with Listener() as elsewhere:
        listener.status, listener.location = 307, elsewhere.url
        register(contest, listener.url)
        contest.hear(filed(), id="m-1")

        contest.tick("push_states")

        assert (len(listener.received), elsewhere.received) == (1, [])
    assert pushes(contest)[0].last_error == "The webhook answered 307."


def test_a_push_that_failed_is_repeated_with_the_same_id_and_body(contest, listener):
    secret = register(contest, listener.url)
    contest.hear(filed(), id="m-1")
    listener.status = 500
    contest.tick("push_states", now=NOON)
    listener.status = 200

    contest.tick("push_states", now=NOON + timedelta(seconds=5))

    first, second = listener.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert is_signed(second, secret)
    assert pushes(contest)[0].state == "SENT"


def test_a_client_that_is_gone_is_not_tried_again(contest, listener):
    register(contest, listener.url)
    contest.hear(filed(), id="m-1")
    listener.status = 410

    contest.tick("push_states")

    (row,) = pushes(contest)
    assert (row.state, row.last_error) == ("FAILED", "The webhook answered 410.")


def test_an_overloaded_client_is_left_alone_with_the_rest_of_its_queue(contest, listener):
    register(contest, listener.url)
    for number in range(STRIKES + 2):
        contest.hear(filed(number), id=f"m-{number}")
    listener.status = 503

    contest.tick("push_states", now=NOON)
    contest.tick("push_states", now=NOON + timedelta(milliseconds=500))

    assert len(listener.received) == STRIKES
    assert sorted(row.attempts for row in pushes(contest)) == [0, 0] + [1] * STRIKES


def test_a_client_that_hangs_delays_no_other(contest, listener, monkeypatch):
    monkeypatch.setattr(pushing, "SECONDS", 1.0)
    with Listener() as stuck:
        stuck.hangs = True
        register(contest, stuck.url, "stuck")
        register(contest, listener.url, "one-stop")
        contest.hear(filed(1, client_id="stuck"), id="m-1")
        contest.hear(filed(2), id="m-2")

        contest.tick("push_states", now=NOON)
        contest.tick("push_states", now=NOON + timedelta(milliseconds=500))

    sent, waiting = pushes(contest)
    assert (sent.recipient, sent.state) == ("one-stop", "SENT")
    assert (waiting.state, waiting.attempts, waiting.last_error) == (
        "QUEUED",
        1,
        "The webhook does not answer: TimeoutError.",
    )


def test_a_push_over_https_is_for_the_name_in_the_certificate(contest, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))  # trusts it, as a system store would
    with Listener(CERTIFICATE) as listener:
        register(contest, listener.url)
        contest.hear(filed(), id="m-1")

        contest.tick("push_states")

        assert [one.headers["host"] for one in listener.received] == [listener.url.split("/")[2]]
    assert pushes(contest)[0].state == "SENT"


def test_a_certificate_nobody_vouches_for_is_not_spoken_to(contest):
    with Listener(CERTIFICATE) as listener:
        register(contest, listener.url)
        contest.hear(filed(), id="m-1")

        contest.tick("push_states")

        assert listener.received == []
    assert (
        pushes(contest)[0].last_error == "The webhook does not answer: SSLCertVerificationError."
    )


def test_a_client_sees_what_it_was_told(contest, listener):
    register(contest, listener.url)
    contest.hear(filed(), id="m-1")

    views = contest.ask(
        notify.ListDeliveries(entry_id="e-1"),
        actor=actor("client", id="one-stop"),
        reply=tuple[notify.DeliveryView, ...],
    )

    assert sorted((one.recipient, one.channel) for one in views) == [
        ("one-stop", "WEBHOOK"),
        ("p-1", "EMAIL"),
    ]
