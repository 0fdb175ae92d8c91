"""Acknowledging over a connection that has just been lost, on a real broker."""

from types import SimpleNamespace

import pytest
from amqp import Message as Frame
from kombu import Connection, Queue
from kombu.utils.compat import nested

from kernel import envelope
from kernel.broker import CONNECTION_ERRORS, Inlet, connect
from kernel.messaging import Commands


@pytest.fixture
def queue(broker) -> Queue:
    """Return a durable queue with one message in it, gone after the test."""
    queue = Queue(f"operator.trial.{envelope.new_id()}", durable=True)
    with Connection(broker.addresses.amqp_url) as connection:
        bound = queue(connection.channel())
        bound.declare()
        bound.channel.basic_publish(Frame(b"{}", reply_to="reply.x"), "", queue.name)
        yield queue
        bound.delete()


@pytest.fixture
def message(broker, queue):
    """Take the message, unacknowledged, on a connection of its own."""
    connection = connect(broker.addresses.amqp_url, heartbeat=10)
    yield queue(connection.channel()).get(no_ack=False, accept=None)
    for _ in range(2):  # the first goodbye may find the line cut
        try:
            connection.release()
        except CONNECTION_ERRORS:
            continue


@pytest.fixture
def board():
    """Return a switchboard as a hosted service has it."""
    board = Commands()
    board.container = SimpleNamespace(service_name="review")
    return board


def cut(message) -> None:
    """Cut the line a message came by."""
    message.channel.connection.transport.sock.close()


def waiting(broker, queue) -> int:
    with Connection(broker.addresses.amqp_url) as connection:
        return queue(connection.channel()).queue_declare(passive=True).message_count


def delivered_again(broker, queue) -> bool:
    """Wait for the message as a second copy of a service would."""
    came = []
    with Connection(broker.addresses.amqp_url) as connection:
        channel = connection.channel()
        channel.basic_consume(queue.name, no_ack=True, callback=came.append)
        connection.drain_events(timeout=20)
    return bool(came[0].delivery_info["redelivered"])


def test_what_is_done_leaves_the_queue(broker, queue, message):
    Inlet().finish(message, None, "done", None)

    message.channel.connection.close()
    assert waiting(broker, queue) == 0


def test_what_is_not_safe_goes_back(broker, queue, message):
    failure = (ValueError, ValueError(), None)

    assert Inlet().finish(message, None, None, failure) == (None, failure)

    message.channel.connection.close()
    assert waiting(broker, queue) == 1


@pytest.mark.parametrize("answer", ["ack_message", "requeue_message"])
def test_a_line_that_is_cut_meanwhile_gives_the_message_back_by_itself(
    broker, queue, message, answer
):
    cut(message)

    getattr(Inlet(), answer)(message)

    assert delivered_again(broker, queue)


@pytest.mark.parametrize("answer", ["ack_message", "requeue_message"])
def test_a_line_that_is_closed_is_not_spoken_to(message, answer):
    message.channel.connection.close()

    getattr(Inlet(), answer)(message)

    assert not message.acknowledged


def test_a_reply_over_a_line_that_is_cut_is_dropped(message, board):
    cut(message)

    board.reply(message, b"{}")

    assert not message.acknowledged


def test_a_reply_over_a_line_that_is_closed_is_dropped(message, board):
    message.channel.connection.close()

    board.reply(message, b"{}")

    assert not message.acknowledged


def test_a_request_whose_worker_failed_goes_back(broker, queue, message, board):
    board.inlet = Inlet()
    failure = (ValueError, ValueError(), None)

    assert board.finish(message, None, None, failure) == (None, failure)

    message.channel.connection.close()
    assert waiting(broker, queue) == 1


class Taker:
    """Takes so many messages of a queue of its own at once, and acknowledges none."""

    def __init__(self, prefetch: int, came: list) -> None:
        self.prefetch, self.take = prefetch, came.append
        self.queue = Queue(f"operator.trial.{envelope.new_id()}", exclusive=True)


def test_each_queue_has_its_own_prefetch_whatever_the_order(broker):
    inlet, came = Inlet(), []
    inlet.container = SimpleNamespace(max_workers=10)
    inlet._providers = takers = [Taker(prefetch, came) for prefetch in (1, 3, 2)]  # noqa: SLF001
    with Connection(broker.addresses.amqp_url) as connection:
        channel = connection.default_channel
        for taker in takers:
            taker.queue(channel).declare()
            for _ in range(5):
                channel.basic_publish(Frame(b"{}"), "", taker.queue.name)

        with nested(*inlet.get_consumers(None, channel)):
            while len(came) < 6:
                connection.drain_events(timeout=20)
            left = [
                channel.queue_declare(taker.queue.name, passive=True).message_count
                for taker in takers
            ]

    assert left == [4, 2, 3]
