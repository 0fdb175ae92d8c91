"""Signed pushes over HTTP. Redirects are not followed, answers are not read."""

import base64
import hmac
import secrets
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from kernel.errors import Refused
from services.notify.domain import Down, Outcome, Reached, TurnedAway
from services.notify.hooks.addresses import Target, vet

TIMEOUT = Timeout(connect=2, read=3)


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push on its way: its id is that of the delivery, at every try."""

    delivery_id: str
    body: bytes


def new_secret() -> str:
    """Return a fresh signing secret as the specification writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature header of a push; `timestamp` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def push_all(
    url: str, secret: str, now: datetime, pushes: Sequence[Pushed], *, allow_loopback: bool
) -> Iterator[tuple[str, Outcome]]:
    """Send one push after another; stop at the first the client does not answer."""
    for pushed in pushes:
        outcome = push(url, secret, now, pushed, allow_loopback=allow_loopback)
        yield pushed.delivery_id, outcome
        if isinstance(outcome, Down):
            return


def push(url: str, secret: str, now: datetime, pushed: Pushed, *, allow_loopback: bool) -> Outcome:
    """Send one push to where the URL leads now."""
    timestamp = int(now.timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "sangkien",
        "webhook-id": pushed.delivery_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, pushed.delivery_id, timestamp, pushed.body),
    }
    try:
        target = vet(url, allow_loopback=allow_loopback)
        status = post(target, headers, pushed.body)
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        return Down(f"The webhook does not answer: {type(error).__name__}.")
    except Refused as refused:
        return Down(f"The webhook may not be reached: {refused.code}.")
    return judge(status)


def post(target: Target, headers: dict[str, str], body: bytes) -> int:
    """Send a request to the vetted address in the name of the URL's host; return the status."""
    url = target.url
    headers = {**headers, "host": url.netloc}
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    pool = (
        HTTPConnectionPool(target.address, target.port, timeout=TIMEOUT)
        if url.scheme == "http"
        else HTTPSConnectionPool(
            target.address,
            target.port,
            timeout=TIMEOUT,
            ssl_context=ssl.create_default_context(),
            server_hostname=url.hostname,
            assert_hostname=url.hostname,
        )
    )
    with pool:
        # The answer's body is nobody's business, and may be endless.
        answer = pool.urlopen(
            "POST", path, body, headers, retries=False, redirect=False, preload_content=False
        )
        answer.close()
        return answer.status


def judge(status: int) -> Outcome:
    """Read an HTTP status: 410 says never again, 429 and 502 to 504 not now."""
    reason = f"The webhook answered {status}."
    if 200 <= status < 300:
        return Reached()
    if status in {429, 502, 503, 504}:
        return Down(reason)
    return TurnedAway(reason, for_good=status == 410)
