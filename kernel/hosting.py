"""Hosts a nameko service in this process: start, health, graceful stop.

Imported by `kernel.runner` after eventlet has patched the standard library.
"""

import gc
import inspect
import logging
import os
import signal
import sys
from importlib import import_module
from typing import Any

import eventlet
from eventlet.event import Event
from nameko.containers import ServiceContainer

from kernel import health, logs
from kernel.broker import Inlet
from kernel.database import database_of
from kernel.extensions import Relay
from kernel.health import Unwell
from kernel.objects import Bucket
from kernel.settings import BadSetting, KernelSettings, load

log = logging.getLogger(__name__)


def service_class(service: str) -> type:
    """Find the class with that service's name in `services.<service>.service`."""
    module = import_module(f"services.{service}.service")
    classes = inspect.getmembers(module, inspect.isclass)
    return next(kind for _, kind in classes if getattr(kind, "name", None) == service)


def host(service: Any) -> int:  # noqa: ANN401  # a service class: whatever has a name
    """Run the service until SIGTERM or SIGINT; return the exit status."""
    try:
        settings = load(KernelSettings)
        logs.set_up(service.name, settings.log_level)
        config = {
            "AMQP_URI": settings.amqp_url,
            "HEARTBEAT": settings.heartbeat,
            "max_workers": settings.workers,
        }
        container = ServiceContainer(service, config)
        told = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: eventlet.spawn_n(tell, told))
        container.start()
    except BadSetting as error:
        sys.stderr.write(f"{service.name} cannot start. {error}\n")
        return 2
    page = (
        health.serve(settings.health_host, settings.health_port, checks(container))
        if settings.health_port
        else None
    )
    gc.freeze()  # what is there by now stays; looking through it would hold all messages up
    log.info("started", extra={"fields": {"pid": os.getpid()}})
    status = wait(container, told, settings.stop_seconds)
    if page:
        page.kill()
    log.info("stopped", extra={"fields": {"status": status}})
    return status


def tell(told: Event) -> None:
    """Say that it is time to stop, once."""
    if not told.ready():
        told.send()


def wait(container: ServiceContainer, told: Event, stop_seconds: float) -> int:
    """Wait for the end: asked for (0) or a failure (1).

    What is not finished `stop_seconds` after the request was never acknowledged: the broker
    delivers it again, so leaving it is safe.
    """
    death = eventlet.spawn(container.wait)
    death.link(lambda _thread: tell(told))
    told.wait()
    if death.dead:
        try:
            death.wait()
        except Exception as error:
            log.exception("service died: %s", error)  # noqa: TRY401  # its trace has no text
        return 1
    with eventlet.Timeout(stop_seconds, exception=False):
        container.stop()
        return 0
    log.warning("left unfinished work to be delivered again")
    return 0


def checks(container: ServiceContainer) -> dict[str, health.Check]:
    """Return how to ask each dependency whether it answers."""

    def broker() -> None:
        lines: list[Any] = [e for e in container.subextensions if isinstance(e, Inlet | Relay)]
        if not all(line.is_connected for line in lines):
            raise Unwell

    found: dict[str, health.Check] = {"database": database_of(container).ping, "broker": broker}
    buckets = [item for item in container.dependencies if isinstance(item, Bucket)]
    if buckets:
        found["store"] = buckets[0].ping
    return found
