"""Timers: `tick` runs one once per tenant, by one copy of the service at a time."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import text

from kernel.database import Database, Origin, Work
from kernel.tables import EVERY_TENANT

Due = Callable[[Work], Iterable[str]]

log = logging.getLogger(__name__)


def tick(
    database: Database,
    service: Any,  # noqa: ANN401
    name: str,
    method: Callable[..., Any],
    due: Due | None = None,
) -> None:
    """Run a timer once per tenant, skipping a tenant whose turn another copy is taking.

    Where `due` says whose turn it is, nobody else is visited: it reads the rows of all tenants.
    """

    def whose() -> list[str]:
        with database.work(Origin.own(service.name, EVERY_TENANT), read_only=True) as work:
            return list(due(work)) if due else database.tenants()

    for tenant in database.weather(whose):

        def attempt(tenant: str = tenant) -> None:
            with database.work(Origin.own(service.name, tenant)) as work:
                lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 0))")
                if work.session.scalar(lock, {"key": f"{name}:{tenant}"}):
                    method(service, work)

        try:
            database.weather(attempt)
        except Exception:
            log.exception("timer failed", extra={"fields": {"timer": name, "tenant": tenant}})
