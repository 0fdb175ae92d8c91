"""Notify on the bench, with a real mail relay and a real webhook receiver beside it."""

import pytest

from services.notify.service import NotifyService
from tests.service.notify.counterparts import Listener, Relay


@pytest.fixture
def relay():
    """Run a mail relay of our own."""
    with Relay() as relay:
        yield relay


@pytest.fixture
def listener():
    """Run a client's webhook receiver."""
    with Listener() as listener:
        yield listener


@pytest.fixture
def bench(service_bench, relay):
    bench = service_bench(
        NotifyService,
        SMTP_URL=relay.url,
        PORTAL_URL="https://{tenant}.cuocthi.example",
        SMTP_SENDER="tiep-nhan@haugiang.example",
        LONG_QUEUE="0",  # its lanes are awaited
        WEBHOOK_ALLOW_LOOPBACK="true",
    )
    return patient(bench)


def patient(bench):
    """Have its timers return only when everything that was due has been tried."""
    bench.service.patience = 60.0
    return bench
