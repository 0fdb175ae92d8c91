"""The shapes of queues, alike on RabbitMQ 3.10 and 4."""

import pytest

from kernel import broker

QUORUM = {"x-queue-type": "quorum"}


def test_a_work_queue_is_a_quorum_queue_that_keeps_its_dead():
    queue = broker.work_queue("review", "open_panel", {"intake": "event.EntryAccepted"})

    assert queue.name == "review.open_panel"
    assert queue.durable
    assert queue.queue_arguments == QUORUM | {
        "x-delivery-limit": 5,
        "x-dead-letter-exchange": "review",
        "x-dead-letter-routing-key": "dead.review.open_panel",
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


def test_a_work_queue_is_bound_at_its_speakers_whom_it_never_declares():
    queue = broker.work_queue("ledger", "record", {"intake": "event.#", "review": "event.#"})

    bound = {(b.exchange.name, b.routing_key, b.exchange.no_declare) for b in queue.bindings}
    assert bound == {("intake", "event.#", True), ("review", "event.#", True)}


def test_the_dead_queue_takes_every_dead_message_of_its_service():
    queue = broker.dead_queue("review")

    assert (queue.name, queue.routing_key, queue.queue_arguments) == (
        "review.dead",
        "dead.#",
        QUORUM,
    )


def test_questions_come_by_a_plain_durable_queue():
    queue = broker.question_queue("review")

    assert (queue.name, queue.durable, queue.exclusive, queue.auto_delete) == (
        "review.queries",
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "queue",
    [
        broker.work_queue("review", "commands", {}),
        broker.question_queue("review"),
        broker.dead_queue("review"),
    ],
)
def test_no_queue_is_of_a_kind_that_rabbitmq_4_denies(queue):
    """It denies transient queues that are not exclusive, and arguments of classic mirroring."""
    assert queue.durable
    assert {"x-queue-mode", "x-queue-version", "x-ha-policy"}.isdisjoint(
        queue.queue_arguments or {}
    )


def test_a_connection_has_one_write_lock_for_all():
    class Connection:
        pass

    connection = Connection()

    assert broker.write_lock(connection) is broker.write_lock(connection)
    assert broker.write_lock(connection) is not broker.write_lock(Connection())
