"""Two entries of a contest are never compared at once, or they might not see each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kernel.database import Origin
from kernel.testing import TENANT
from services.originality import store


@contextmanager
def a_work(bench, tenant: str = TENANT) -> Iterator[Session]:
    """Open a transaction that gives up soon when it has to wait."""
    with bench.database.work(Origin.own("originality", tenant)) as work:
        work.session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        yield work.session


@pytest.fixture
def holder(bench) -> Iterator[Session]:
    """Return a transaction that compares an entry of HG-2022."""
    with a_work(bench) as session:
        store.lock_contest(session, "HG-2022")
        yield session


@pytest.mark.usefixtures("holder")
def test_second_entry_of_a_contest_waits(bench):
    with pytest.raises(OperationalError, match="lock timeout"), a_work(bench) as session:
        store.lock_contest(session, "HG-2022")


@pytest.mark.usefixtures("holder")
def test_register_does_not_change_meanwhile(bench):
    with pytest.raises(OperationalError, match="lock timeout"), a_work(bench) as session:
        store.lock_register(session)


def test_other_contests_and_tenants_go_on(bench, holder):
    with a_work(bench) as session:
        store.lock_contest(session, "HG-2024")

    with a_work(bench, tenant="can-tho") as session:
        store.lock_register(session)
        store.lock_contest(session, "HG-2022")

    assert holder.is_active


def test_one_transaction_may_take_a_lock_twice(holder):
    store.lock_contest(holder, "HG-2022")
    store.lock_contest(holder, "HG-2024")

    assert holder.is_active
