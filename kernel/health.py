"""`/health` and `/metrics` of a service process, on a port of their own."""

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
from eventlet import wsgi
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

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


def application(checks: dict[str, Check]) -> Callable[[dict[str, Any], Respond], Iterable[bytes]]:
    """Return the WSGI application."""

    def answer(environment: dict[str, Any], respond: Respond) -> Iterable[bytes]:
        path = environment["PATH_INFO"]
        if path == "/health":
            answers = report(checks)
            status = "200 OK" if {*answers.values()} <= {"ok"} else "503 Service Unavailable"
            respond(status, [("Content-Type", "application/json")])
            return [json.dumps(answers).encode()]
        if path == "/metrics":
            respond("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest()]
        respond("404 Not Found", [("Content-Type", "text/plain")])
        return [b"Ask for /health or /metrics.\n"]

    return answer


def serve(host: str, port: int, checks: dict[str, Check]) -> eventlet.greenthread.GreenThread:
    """Serve in the background; stop it by `.kill()`."""
    quiet = logging.getLogger("kernel.health")
    quiet.setLevel(logging.WARNING)
    return eventlet.spawn(
        wsgi.server,
        eventlet.listen((host, port)),
        application(checks),
        log=quiet,
        log_output=False,
    )
