"""The page of HTTP: every route of the API, and the message it becomes."""

import inspect
import re
from collections import defaultdict
from functools import cache

from docs.generator.words import page, sentence, table
from kernel.envelope import known_messages
from services.gateway import api

INTRODUCTION = """
Every route of the API, under the gateway's address. The machine-readable description, with every
field of every body, is at `/schema/openapi.json` of a running gateway; as pages, at `/api`. How to
go about it is in [use the API](../howto/use-the-api.md).

- Sign in with `POST /v1/sessions` (people) or `POST /v1/token` (systems, OAuth 2.0 client
  credentials), then send `Authorization: Bearer …`. A route that shows only public things may be
  asked without.
- Every request that is not a GET may carry an `Idempotency-Key` (1 to 200 printable characters):
  repeated with the same key by the same caller, it is the same command and gets the first answer.
  Without one, the gateway makes one and returns it in the response.
- Lists that can be long come in pages: `?limit=` lines (500 unless said, at most 1,000), and the
  next page's address in `Link: <…>; rel="next"`.
- What is read carries an `ETag`; sent back in `If-None-Match` it is answered by 304 while it
  holds.
- `X-Tenant` names the organising authority for those who have not signed in.
- What goes wrong is told as problem details (RFC 9457); the codes are in [errors.md](errors.md).
"""

_MENTION = re.compile(r"\b([a-z]+)\.([A-Z]\w+)")


def render() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    for topic in api.TOPICS:
        rows = []
        for route in topic.ROUTES:
            asked = ", ".join(message_link(name) for name in asked_by(route))
            rows.append((f"`{address(route)}`", sentence(route.fn), asked))
        parts += [f"## {topic.__name__.rpartition('.')[2]}", sentence(topic)]
        parts.append(table(("route", "does", "message"), rows))
    return page("The HTTP API", *parts)


@cache
def routes_by_message() -> dict[str, tuple[str, ...]]:
    """Return the routes that send a message, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for topic in api.TOPICS:
        for route in topic.ROUTES:
            for name in asked_by(route):
                found[name].append(address(route))
    return {name: tuple(routes) for name, routes in found.items()}


def address(route: object) -> str:
    """Return method and path, as in `GET /v1/entries/{entry_id}`."""
    (method,) = route.http_methods  # type: ignore[attr-defined]  # each of ours has one
    (path,) = route.paths  # type: ignore[attr-defined]
    return f"{method} /v1{re.sub(':str}', '}', path)}"


def asked_by(route: object) -> list[str]:
    """Return the names of the commands and queries a route makes."""
    source = inspect.getsource(route.fn)  # type: ignore[attr-defined]
    helpers = re.findall(r"await (admit)\(", source)
    source += "".join(inspect.getsource(getattr(api.accounts, name)) for name in helpers)
    named = dict.fromkeys(".".join(found) for found in _MENTION.findall(source))
    return [name for name in named if name in known_messages()]


def message_link(name: str) -> str:
    """Return a link to a message's place on its page."""
    return f"[{name}](messages.md#{name.replace('.', '').lower()})"
