"""From the outbox to the broker: nothing marked that was not confirmed, nothing sent by two."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from amqp import Channel
from kombu import Connection, Queue, binding
from sqlalchemy import select

from contracts import review
from kernel import envelope, relay
from kernel.broker import neighbour
from kernel.database import Origin
from kernel.tables import EVERY_TENANT, Outbox
from tests.service.kernel.conftest import opened

SPEAKER = "gateway"  # says no events but these, so nobody else listens
ROUND_CLOSED = review.RoundClosed(contest_id="hg", round_id="R1", table=(), is_last=True)


@dataclass
class Hearer:
    """A queue of the tests' own that hears what is relayed."""

    channel: Channel
    queue: Queue
    limit: int | None = None
    heard: list[str] = field(default_factory=list)

    def drain(self) -> list[str]:
        """Return the ids of all events heard so far, in order."""
        while message := self.queue.get(no_ack=True, accept=None):
            self.heard.append(envelope.decode(bytes(message.body)).id)
        return self.heard


@contextmanager
def listening(url, key="event.#", **arguments):
    with Connection(url) as connection:
        queue = Queue(
            f"operator.trial.{envelope.new_id()}",
            bindings=[binding(neighbour(SPEAKER), routing_key=key)],
            exclusive=True,
            auto_delete=True,
            durable=False,
            queue_arguments=arguments,
        ).bind(connection.channel())
        queue.declare()
        yield Hearer(queue.channel, queue)


@pytest.fixture
def hearer(broker):
    with listening(broker.addresses.amqp_url) as hearer:
        yield hearer


@pytest.fixture
def line(broker):
    settings = relay.KernelSettings(amqp_url=broker.env(SPEAKER)["AMQP_URL"], database_url="")
    with relay.open_line(settings, SPEAKER) as line:
        yield line


def announce(trial, count, event=None, tenant="hau-giang"):
    with trial.bench.database.work(Origin.own("review", tenant)) as work:
        for _ in range(count):
            work.announce(event or opened())


def ids(trial, *, sent=None):
    return [
        row.id
        for row in trial.outbox(EVERY_TENANT)
        if sent is None or (row.sent_at is not None) == sent
    ]


def test_events_leave_in_the_order_of_announcing_and_are_then_marked(trial, line, hearer):
    announce(trial, 5)

    assert relay.send_batch(trial.bench.database, line) == 5
    assert relay.send_batch(trial.bench.database, line) == 0

    assert hearer.drain() == ids(trial) == ids(trial, sent=True)


def test_events_of_all_tenants_leave(trial, line, hearer):
    announce(trial, 1, tenant="hau-giang")
    announce(trial, 1, tenant="ca-mau")

    assert relay.send_batch(trial.bench.database, line) == 2
    assert hearer.drain() == ids(trial, sent=True)


def test_a_long_outbox_leaves_in_batches(trial, line, hearer):
    announce(trial, relay.BATCH + 3)

    sent = [relay.send_batch(trial.bench.database, line) for _ in range(3)]

    assert sent == [relay.BATCH, 3, 0]
    assert hearer.drain() == ids(trial, sent=True)


def test_what_nobody_listens_to_is_kept_until_somebody_does(trial, line, broker):
    announce(trial, 2, ROUND_CLOSED)
    with listening(broker.addresses.amqp_url, "event.RoundOpened") as hearer:
        announce(trial, 1)
        assert relay.send_batch(trial.bench.database, line) == 1
        assert hearer.drain() == ids(trial, sent=True)
    assert len(ids(trial, sent=False)) == 2

    with listening(broker.addresses.amqp_url) as hearer:
        assert relay.send_batch(trial.bench.database, line) == 0
        line.kept.clear()  # as time does
        assert relay.send_batch(trial.bench.database, line) == 2
        assert len(hearer.drain()) == 2
    assert ids(trial, sent=False) == []


def test_however_much_nobody_listens_to_it_is_in_nobodys_way(trial, line, broker, monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 10)
    announce(trial, 25, ROUND_CLOSED)
    announce(trial, 3)

    with listening(broker.addresses.amqp_url, "event.RoundOpened") as hearer:
        sent = [(relay.send_batch(trial.bench.database, line), line.has_more) for _ in range(4)]
        assert sent == [(0, True), (0, True), (3, False), (0, False)]
        assert len(hearer.drain()) == 3


def test_what_nobody_took_is_offered_again_after_a_while(trial, line, monkeypatch):
    monkeypatch.setattr(relay, "PATIENCE", 0.0)
    announce(trial, 1, ROUND_CLOSED)

    relay.send_batch(trial.bench.database, line)

    assert line.kept_back() == []


def test_what_the_broker_refuses_is_kept(trial, line, broker):
    announce(trial, 3)
    limits = {"x-max-length": 1, "x-overflow": "reject-publish"}
    with listening(broker.addresses.amqp_url, **limits) as hearer:
        assert relay.send_batch(trial.bench.database, line) == 1
        assert hearer.drain() == ids(trial, sent=True)

    assert len(ids(trial, sent=False)) == 2


@pytest.mark.usefixtures("hearer")
def test_a_line_that_breaks_before_the_confirm_marks_nothing(trial, line):
    announce(trial, 3)
    settle = line.settle

    def cut() -> None:
        line.connection.connection.transport.sock.close()
        settle()

    line.settle = cut
    with pytest.raises(relay.INTERRUPTIONS):
        relay.send_batch(trial.bench.database, line)

    assert len(ids(trial, sent=False)) == 3


def test_what_was_sent_and_not_marked_is_sent_again_under_its_id(trial, line, hearer):
    announce(trial, 2)
    relay.send_batch(trial.bench.database, line)
    trial.execute("UPDATE outbox SET sent_at = NULL")

    relay.send_batch(trial.bench.database, line)

    assert hearer.drain() == ids(trial) * 2


def test_two_relays_share_the_work_without_sending_anything_twice(trial, broker, hearer):
    announce(trial, 1000)
    settings = relay.KernelSettings(amqp_url=broker.env(SPEAKER)["AMQP_URL"], database_url="")

    def run(_copy) -> int:
        sent = 0
        with relay.open_line(settings, SPEAKER) as line:
            while ids(trial, sent=False):
                sent += relay.send_batch(trial.bench.database, line)
        return sent

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(run, range(2)))

    assert sum(sent) == 1000
    assert sorted(hearer.drain()) == sorted(ids(trial, sent=True))
    assert len(set(hearer.heard)) == 1000


def test_an_event_carries_its_id_and_type_for_who_looks_at_the_queue(trial, line, broker):
    announce(trial, 1)
    with listening(broker.addresses.amqp_url) as hearer:
        relay.send_batch(trial.bench.database, line)
        message = hearer.queue.get(no_ack=True, accept=None)

    (row,) = trial.outbox()
    assert bytes(message.body) == row.envelope
    assert message.properties["message_id"] == row.id
    assert message.properties["type"] == "review.RoundOpened"
    assert message.properties["delivery_mode"] == 2


def test_a_line_answers_heartbeats_while_there_is_nothing_to_send(line):
    line.keep_alive()

    assert line.connection.connected


def test_whoever_publishes_leaves_reading_to_others(line):
    """Reading while holding the lock for writing stopped a whole service under load."""
    assert line.connection.connection.client_properties["capabilities"]["connection.blocked"] is (
        False
    )


def test_a_line_to_nowhere_is_an_interruption():
    nowhere = relay.KernelSettings(amqp_url="pyamqp://a:b@127.0.0.1:1//", database_url="")

    with pytest.raises(relay.INTERRUPTIONS), relay.open_line(nowhere, SPEAKER):
        pass


@pytest.mark.parametrize("multiple", [True, False])
def test_confirms_of_one_and_of_many_are_understood(line, multiple):
    line.pending = {1, 2, 3, 4}

    line.on_nack(2, multiple)
    line.on_ack(3, multiple)

    assert line.pending == ({4} if multiple else {1, 4})
    assert line.refused == ({1, 2} if multiple else {2})


def test_an_outbox_row_is_what_was_announced(trial):
    announce(trial, 1)

    (row,) = trial.bench.rows(select(Outbox))
    assert envelope.unwrap(envelope.decode(row.envelope), review.RoundOpened) == opened()
