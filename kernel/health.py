"""`/health` and `/metrics` of a service process, on a port of their own."""

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
from eventlet import wsgi
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import func, select

from kernel import metrics
from kernel.database import Database, enter
from kernel.tables import EVERY_TENANT, Inbox, Outbox

PATIENCE = 2.0  # seconds a dependency may take to answer

Check = Callable[[], None]
Respond = Callable[[str, list[tuple[str, str]]], Any]


class Unwell(Exception):
    """A dependency does not answer."""


def report(checks: dict[str, Check]) -> dict[str, str]:
    """Ask each dependency; return `ok` or what is wrong, by its name."""
    answers = {}
    for name, check in checks.items():
        try:
            with eventlet.Timeout(PATIENCE):
                check()
        except (Exception, eventlet.Timeout) as error:  # noqa: BLE001  # that is the question
            answers[name] = type(error).__name__
        else:
            answers[name] = "ok"
    return answers


def count_backlog(database: Database) -> None:
    """Set the gauges that come from the tables."""
    with database.sessions.begin() as session:
        enter(session, EVERY_TENANT, read_only=True)
        unsent = select(func.count()).select_from(Outbox).where(Outbox.sent_at.is_(None))
        metrics.waiting.set(session.scalar(unsent) or 0)
        for gauge, state in ((metrics.retrying, "retry"), (metrics.dead, "dead")):
            kept = select(func.count()).where(Inbox.state == state)
            gauge.set(session.scalar(kept) or 0)


def application(
    checks: dict[str, Check], database: Database
) -> Callable[[dict[str, Any], Respond], Iterable[bytes]]:
    """Return the WSGI application."""

    def answer(environment: dict[str, Any], respond: Respond) -> Iterable[bytes]:
        path = environment["PATH_INFO"]
        if path == "/health":
            answers = report(checks)
            status = "200 OK" if {*answers.values()} <= {"ok"} else "503 Service Unavailable"
            respond(status, [("Content-Type", "application/json")])
            return [json.dumps(answers).encode()]
        if path == "/metrics":
            count_backlog(database)
            respond("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest()]
        respond("404 Not Found", [("Content-Type", "text/plain")])
        return [b"Ask for /health or /metrics.\n"]

    return answer


def serve(
    host: str, port: int, checks: dict[str, Check], database: Database
) -> eventlet.greenthread.GreenThread:
    """Serve in the background; stop it by `.kill()`."""
    quiet = logging.getLogger("kernel.health")
    quiet.setLevel(logging.WARNING)
    return eventlet.spawn(
        wsgi.server,
        eventlet.listen((host, port)),
        application(checks, database),
        log=quiet,
        log_output=False,
    )
