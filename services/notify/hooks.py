"""Signed pushes to a client's URL, as the Standard Webhooks specification says.

The address a name resolves to is checked and then connected to, so that a name cannot point
elsewhere between the two (SSRF by rebinding). Redirects are not followed.
"""

import base64
import hmac
import secrets
import socket
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from kernel.errors import Refused
from services.notify.domain import Down, Outcome, Reached, TurnedAway

TIMEOUT = Timeout(connect=2, read=3)

# Prefixes that carry an IPv4 address inside, and would smuggle a private one: NAT64 and 6to4.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))


class WebhookAddressRefused(Refused):
    """A webhook must be an https URL of a public address; choose another one."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push on its way: its id is that of the delivery, at every try."""

    delivery_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """A vetted URL and the one address it may be reached at."""

    url: SplitResult
    address: str
    port: int


def new_secret() -> str:
    """Return a fresh signing secret as the specification writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature header of a push; `timestamp` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def vet(url: str, *, allow_loopback: bool) -> Target:
    """Resolve a URL and make sure it leads outside. Raises `WebhookAddressRefused`."""
    try:
        parts = urlsplit(url)
        port = parts.port or (80 if parts.scheme == "http" else 443)
        found = socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    except (ValueError, OSError) as error:
        raise WebhookAddressRefused("The address {url} cannot be found.", url=url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise WebhookAddressRefused
    addresses = [ip_address(str(line[4][0])) for line in found]
    on_loopback = allow_loopback and all(address.is_loopback for address in addresses)
    if not on_loopback and (
        parts.scheme == "http" or not all(is_public(address) for address in addresses)
    ):
        raise WebhookAddressRefused
    return Target(parts, str(addresses[0]), port)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address belongs to the internet and to one machine on it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


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
    except (HTTPError, OSError) as error:
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
