"""What each service is asked, hears, says and does by itself, read off its code."""

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from contracts.message import Command, Envelope, Event, Message, Query
from kernel.envelope import known_messages, name_of, owner_of
from kernel.hosting import service_class

ROOT = Path(__file__).parents[2]
SERVICES = ("intake", "originality", "review", "awards", "notify", "ledger")


@dataclass(frozen=True, slots=True)
class Entrypoints:
    """One service from outside. Each message type comes with the method that takes it."""

    asked: dict[type[Message], str]
    heard: dict[type[Message], str]
    hears_all: bool
    timers: tuple[str, ...]
    said: frozenset[type[Event]]


@cache
def of(service: str) -> Entrypoints:
    """Return the entrypoints of a service."""
    taken, hears_all, timers = {}, False, []
    kind = service_class(service)
    for name in dir(kind):
        entrypoint = inspect.getattr_static(kind, name)
        if handler := getattr(entrypoint, "handler", None):
            if handler.message_type is Envelope:
                hears_all = True
            else:
                taken[handler.message_type] = name
        elif hasattr(entrypoint, "method"):
            timers.append(name)
    return Entrypoints(
        asked={kind: name for kind, name in taken.items() if issubclass(kind, Command | Query)},
        heard={kind: name for kind, name in taken.items() if issubclass(kind, Event)},
        hears_all=hears_all,
        timers=tuple(timers),
        said=frozenset(said_by(service)),
    )


def said_by(service: str) -> Iterator[type[Event]]:
    """Find the events of its own that a service makes; it makes them to announce them.

    They are called (`intake.EntryReturned(…)`) or given to what makes them (`convert(…)`).
    """
    own = {kind.__name__: kind for kind in messages(Event) if owner_of(kind) == service}
    for path in sorted((ROOT / "services" / service).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            for part in (node.func, *node.args) if isinstance(node, ast.Call) else ():
                match part:
                    case ast.Attribute(value=ast.Name(id=module), attr=name):
                        if module == service and name in own:
                            yield own[name]


def messages(kind: type[Message]) -> list[type[Message]]:
    """Return every concrete message of a kind, in the order its module lists them."""
    found = [each for each in known_messages().values() if issubclass(each, kind)]
    # A base of other messages, like `EntryEvent`, is never sent itself.
    found = [each for each in found if not each.__subclasses__() and owner_of(each) != "message"]
    return sorted(found, key=lambda each: (owner_of(each), _line(each)))


def hearers(event: type[Message]) -> list[str]:
    """Return `service.method` for everybody who hears an event."""
    named = []
    for service in SERVICES:
        found = of(service)
        if event in found.heard:
            named.append(f"{service}.{found.heard[event]}")
        elif found.hears_all:
            named.append(f"{service} (every event)")
    return named


def contract(service: str) -> ModuleType:
    """Return the module of `contracts` that holds a service's messages."""
    return import_module(f"contracts.{service}")


def parts_of(package: str) -> Iterator[ModuleType]:
    """Import a package with everything in it but its migrations, and return each module."""
    root = import_module(package)
    yield root
    for found in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


def _line(kind: type) -> tuple[str, int]:
    return kind.__module__, inspect.getsourcelines(kind)[1]


__all__ = ["Entrypoints", "contract", "hearers", "messages", "name_of", "of", "parts_of"]
