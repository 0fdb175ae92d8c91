"""Signed pushes over HTTP. Redirects are not followed, of answers only the head is read.

The whole of a push has one time limit, and all of a batch one vetted address.
"""

import base64
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.errors import Refused
from services.notify.calling import Line, Unanswered
from services.notify.domain import Down, Outcome, Reached, TurnedAway
from services.notify.domain.reasons import Reason
from services.notify.domain.trying import BROKEN_OFF, UNREACHABLE
from services.notify.hooks.addresses import Target, vet

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push on its way: its id is that of the delivery, at every try."""

    delivery_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a client listens. Every secret signs: the newest, and the one it replaces."""

    url: str
    secrets: tuple[str, ...]
    allow_loopback: bool = False


def new_secret() -> str:
    """Return a fresh signing secret as the specification writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a push by one secret; `timestamp` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def push_all(hook: Hook, now: datetime, pushes: Sequence[Pushed]) -> Iterator[tuple[str, Outcome]]:
    """Send one push after another to where the URL leads now."""
    try:
        target = vet(hook.url, allow_loopback=hook.allow_loopback)
    except Refused as refused:
        down = Down(Reason.WEBHOOK_REFUSED.say(code=refused.code), UNREACHABLE)
        yield from ((pushed.delivery_id, down) for pushed in pushes)
        return
    tls_host = target.url.hostname if target.url.scheme == "https" else None
    line = Line(target.address, target.port, tls_host, SECONDS)
    for pushed in pushes:
        yield pushed.delivery_id, push(hook, target, line, (now, pushed))


def push(hook: Hook, target: Target, line: Line, at: tuple[datetime, Pushed]) -> Outcome:
    """Send one push at an instant."""
    now, pushed = at
    timestamp = int(now.timestamp())
    url = target.url
    headers = {
        "Host": url.netloc,
        "Content-Type": "application/json",
        "User-Agent": "sangkien",
        "webhook-id": pushed.delivery_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            sign(secret, pushed.delivery_id, timestamp, pushed.body) for secret in hook.secrets
        ),
    }
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    try:
        status = line.post(path, headers, pushed.body)
    except Unanswered as error:
        strikes = BROKEN_OFF if error.reached else UNREACHABLE
        return Down(Reason.WEBHOOK_DOWN.say(error=error), strikes)
    return judge(status, url.hostname or "")


def judge(status: int, host: str) -> Outcome:
    """Read an HTTP status: 410 says never again, 429 and 502 to 504 not now."""
    reason = Reason.WEBHOOK_ANSWERED.say(status=status)
    if 200 <= status < 300:
        return Reached(host, str(status))
    if status in {429, 502, 503, 504}:
        return Down(reason)
    return TurnedAway(reason, for_good=status == 410)
