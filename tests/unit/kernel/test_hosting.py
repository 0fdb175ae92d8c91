"""How a process ends, and how its dependencies say that they are well."""

import eventlet
import pytest
from eventlet.event import Event
from nameko.containers import ServiceContainer

from kernel import health, hosting
from services.ledger.service import LedgerService


class Empty:
    """A service that does nothing."""

    name = "empty"


@pytest.fixture
def container():
    container = ServiceContainer(Empty, {})
    container.start()
    return container


def test_a_service_is_found_by_its_name():
    assert hosting.service_class("ledger") is LedgerService


def test_being_told_to_stop_ends_with_status_0(container):
    told = Event()
    hosting.tell(told)
    hosting.tell(told)

    assert hosting.wait(container, told, stop_seconds=5) == 0


def test_a_container_that_dies_ends_with_status_1(container, caplog):
    eventlet.spawn(container.kill, (RuntimeError, RuntimeError("no more"), None))

    assert hosting.wait(container, Event(), stop_seconds=5) == 1
    assert [record.getMessage() for record in caplog.records] == ["service died: no more"]


def test_what_does_not_finish_in_time_is_left_to_be_delivered_again(container, caplog):
    container.stop = lambda: eventlet.sleep(60)
    told = Event()
    told.send()

    assert hosting.wait(container, told, stop_seconds=0.05) == 0
    assert "left unfinished work" in caplog.text


def test_a_dependency_that_fails_or_does_not_answer_is_named(monkeypatch):
    def broken() -> None:
        raise health.Unwell

    monkeypatch.setattr(health, "PATIENCE", 0.05)

    answers = health.report(
        {"database": lambda: None, "broker": broken, "store": lambda: eventlet.sleep(60)}
    )

    assert answers == {"database": "ok", "broker": "Unwell", "store": "Timeout"}
