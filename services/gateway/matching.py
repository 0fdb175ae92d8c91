"""If-Match (RFC 9110, 13.1.1), for every route at once: a change of what its caller has seen.

A tag is that of what the address of the change shows, or of something it lies in: a decision on
`/v1/entries/e-1/accept` may carry the tag of `/v1/entries/e-1`. What is there now is asked for
through the same door by the same caller, so that the tag is compared with what they would see.
The thing is held meanwhile and until the change is answered, so that of all who change it on a
condition one does. Saving a draft, which people do side by side, is compared by intake itself.
"""

import asyncio
from collections.abc import Iterator
from http import HTTPStatus
from time import monotonic
from typing import cast
from urllib.parse import quote

from litestar import Request
from litestar.datastructures import State
from litestar.types import HTTPReceiveMessage, HTTPScope, Message, Scope

from kernel.errors import Refused, Unavailable
from services.gateway.changing import ChangingNow, hold, let_go
from services.gateway.headers import bearer
from services.gateway.tags import TAG, may_be_of

HELD = "held"  # in the state of a request: what it holds
PATIENCE, PAUSE = 5.0, 0.05  # seconds that a change waits for another's answer, between looks
BY_ITSELF = ("save_draft",)  # operations whose service compares, and says what differs
WITH_A_BODY = (b"content-length", b"content-type", b"transfer-encoding", b"idempotency-key")
CONDITIONS = (b"if-match", b"if-none-match")
NOT_NOW = (429, 500, 503, 504)  # what is there cannot be told
# What a server says of a request, beside the request itself; the framework adds its own to it.
ASGI = ("type", "asgi", "http_version", "scheme", "root_path", "client", "server")


class ChangedMeanwhile(Refused):
    """This is not any more as If-Match says; read it again, and change what is there now."""


async def hold_to_tag(request: Request[None, None, State]) -> None:
    """Refuse a change whose If-Match names no tag of what is there now; `ChangedMeanwhile`."""
    sent = request.headers.get("if-match")
    is_change = request.method not in ("GET", "HEAD")
    if sent is None or not is_change or request.route_handler.handler_name in BY_ITSELF:
        return
    known = await asyncio.to_thread(request.app.state.door.accounts.who, bearer(request))
    wanted, is_any = set(TAG.findall(sent)), sent.strip() == "*"
    for path in places(request.scope["path"]):
        if not (is_any or any(may_be_of(path, tag) for tag in wanted)):
            continue
        if known:
            await take(request.scope, known[0], path)
        tag = await tag_of(request, path)
        if tag and (is_any or tag in wanted):
            return
        await release(request.scope)
    raise ChangedMeanwhile


async def take(scope: Scope, tenant: str, place: str) -> None:
    """Hold a thing for a request, once it is let go of; `ChangingNow` if that takes long."""
    database, until = scope["litestar_app"].state.door.accounts.database, monotonic() + PATIENCE
    while True:
        try:
            scope["state"][HELD] = await asyncio.to_thread(hold, database, tenant, place)
        except ChangingNow:
            if monotonic() > until:
                raise
            await asyncio.sleep(PAUSE)
        else:
            return


async def release(scope: Scope) -> None:
    """Let go of what a request holds, if anything."""
    if held := scope["state"].pop(HELD, None):
        await asyncio.to_thread(let_go, scope["litestar_app"].state.door.accounts.database, held)


async def finish(message: Message, scope: Scope) -> None:
    """Let go as the answer leaves; what was not answered may still take effect, and is held."""
    if message["type"] == "http.response.start" and HELD in scope["state"]:
        if message["status"] == HTTPStatus.GATEWAY_TIMEOUT:
            del scope["state"][HELD]
        await release(scope)


def places(path: str) -> Iterator[str]:
    """Return an address of the API and those that it lies in, the nearest first."""
    parts = path.rstrip("/").split("/")
    for length in range(len(parts), 2, -1):
        yield "/".join(parts[:length])


async def tag_of(request: Request[None, None, State], path: str) -> str:
    """Return the tag of what an address shows this caller, without its W/; empty if nothing.

    Raises `Unavailable` when that cannot be had now.
    """
    found: list[Message] = []

    async def receive() -> HTTPReceiveMessage:
        """Return the body of a GET: none."""
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        """Keep what begins the answer."""
        if message["type"] == "http.response.start":
            found.append(message)

    left_out = (*WITH_A_BODY, *CONDITIONS)
    said = dict[str, object](request.scope)
    scope = {
        **{key: said[key] for key in ASGI if key in said},
        "method": "GET",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": request.scope["query_string"],
        "headers": [pair for pair in request.scope["headers"] if pair[0].lower() not in left_out],
    }
    await request.app(cast(HTTPScope, scope), receive, send)
    for message in found:
        if message["type"] != "http.response.start":
            continue
        if message["status"] in NOT_NOW:
            raise Unavailable
        own = TAG.fullmatch(dict(message["headers"]).get(b"etag", b"").decode("latin-1"))
        if own and message["status"] == 200:
            return own[1]
    return ""
