"""The page of messages: every command, query and event, and the values in them."""

import inspect
from collections.abc import Iterator

from msgspec import Struct

from contracts.message import Actor, Command, Envelope, Event, Message, Query
from docs.generator import entrypoints
from docs.generator.entrypoints import SERVICES, name_of
from docs.generator.http import routes_by_message
from docs.generator.words import anchor, field_table, page, sentence

INTRODUCTION = """
What travels between the services. Every message is JSON in one [envelope](#envelope). A command
or query goes to the service in front of the point; an event comes from it. Fields may be added,
never renamed or removed; a reader ignores fields it does not know.

Decimals are text (`"87.50"`), instants are RFC 3339 with an offset, lists are never null. How
messages travel is told in [architecture.md](../architecture.md); the rules of a contest, which
`intake.ContestOpened` carries, are in [rules.md](rules.md).
"""


def render() -> str:
    """Return the page."""
    parts = [INTRODUCTION, contents(), "## Envelope", sentence(Envelope), field_table(Envelope)]
    parts += ["### Actor", sentence(Actor), field_table(Actor)]
    for service in SERVICES:
        parts += list(chapter(service))
    return page("Messages", *(part for part in parts if part))


def contents() -> str:
    """Return the list of all messages, a line for each service and kind."""
    lines = []
    for service in SERVICES:
        lines.append(f"- **{service}**")
        for title, kind in (("commands", Command), ("queries", Query), ("events", Event)):
            found = own(service, kind)
            links = (f"[{each.__name__}](#{anchor(name_of(each))})" for each in found)
            if found:
                lines.append(f"  - {title}: {', '.join(links)}")
    return "\n".join(lines)


def chapter(service: str) -> Iterator[str]:
    """Return everything about one service's messages."""
    yield f"## {service}"
    yield sentence(entrypoints.contract(service))
    for kind in (Command, Query, Event):
        for each in own(service, kind):
            yield f"### {name_of(each)}"
            yield f"*{origin(each)}*"
            yield sentence(each)
            yield field_table(each)
    for value in values(service):
        yield f"### {value.__name__}"
        yield sentence(value)
        yield field_table(value)


def own(service: str, kind: type[Message]) -> list[type[Message]]:
    """Return the messages of one kind that belong to a service."""
    return [each for each in entrypoints.messages(kind) if name_of(each).startswith(f"{service}.")]


def origin(message: type[Message]) -> str:
    """Say what kind of message this is, where it comes from and who takes it."""
    service = name_of(message).partition(".")[0]
    if issubclass(message, Event):
        heard = ", ".join(f"`{name}`" for name in entrypoints.hearers(message))
        personal = " Personal: the ledger keeps its digest only." if message.personal else ""
        return f"Event, said by `{service}`. Heard by {heard}.{personal}"
    kind = "Command" if issubclass(message, Command) else "Query"
    method = entrypoints.of(service).asked[message]
    routes = ", ".join(f"`{route}`" for route in routes_by_message().get(name_of(message), ()))
    return f"{kind}, answered by `{service}.{method}`. Over HTTP: {routes or 'none of its own'}."


def values(service: str) -> list[type[Struct]]:
    """Return what messages of a service are made of, and its replies."""
    module = entrypoints.contract(service)
    found = (
        value
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Struct) and not issubclass(value, Message)
    )
    return sorted(
        (value for value in found if value.__module__.startswith(module.__name__)),
        key=lambda value: value.__name__,
    )
