"""Timers: `tick` runs one once per tenant, by one copy of the service at a time."""

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from kernel.database import Database, Origin

log = logging.getLogger(__name__)


def tick(database: Database, service: Any, name: str, method: Callable[..., Any]) -> None:  # noqa: ANN401
    """Run a timer once per tenant, skipping a tenant whose turn another copy is taking."""
    owner = service.name
    for tenant in database.weather(database.tenants):

        def attempt(tenant: str = tenant) -> None:
            with database.work(Origin.own(owner, tenant)) as work:
                lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 0))")
                if work.session.scalar(lock, {"key": f"{name}:{tenant}"}):
                    method(service, work)

        try:
            database.weather(attempt)
        except Exception:
            log.exception("timer failed", extra={"fields": {"timer": name, "tenant": tenant}})
