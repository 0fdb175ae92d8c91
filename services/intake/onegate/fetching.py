"""Files of pushed dossiers, fetched from where the client says they are.

Redirects are followed, each to an address vetted anew; what is longer than announced is cut off.
"""

import ssl
import time
from collections.abc import Collection
from hashlib import sha256
from http.client import HTTPException
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from kernel.errors import Refused
from services.intake.onegate import addresses
from services.intake.onegate.addresses import Target, vet

TIMEOUT = Timeout(connect=5, read=20)
SECONDS = 120.0  # one file takes no longer, however slowly it drips
REDIRECTS = 5
CHUNK = 64 * 1024
MOST_BYTES = 20 * 1024 * 1024  # a fetched file passes through the memory of the service


class NotFetched(Refused):
    """The file cannot be fetched from this address."""


class LinkedFileTooLarge(Refused):
    """A file to be fetched has at most 20 MB; upload this one."""


class OtherFile(Refused):
    """The file at the address is not the one that was announced."""


def check_link(url: str, size: int) -> None:
    """Raise unless a file of so many bytes can be fetched from there, as far as can be told."""
    addresses.read(url)
    if size > MOST_BYTES:
        raise LinkedFileTooLarge


def fetch(url: str, size: int, digest: str, allowed: Collection[str]) -> bytes:
    """Return the announced bytes. Raises `NotFetched`, `OtherFile` or `FileAddressRefused`."""
    until = time.monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        target = vet(url, allowed)
        try:
            with pool_of(target) as pool:
                answer = get(pool, target)
                if 300 <= answer.status < 400 and "location" in answer.headers:
                    url = urljoin(url, answer.headers["location"])
                    continue
                content = read(answer, size, until)
        except (HTTPError, HTTPException, OSError) as error:
            raise NotFetched(
                "The file cannot be fetched: {why}.", why=type(error).__name__
            ) from error
        if len(content) != size or sha256(content).hexdigest() != digest.lower():
            raise OtherFile
        return content
    raise NotFetched("The file cannot be fetched: {why}.", why="too many redirects")


def pool_of(target: Target) -> HTTPConnectionPool:
    """Return a connection to the vetted address, in the name of the URL's host."""
    if target.url.scheme == "http":
        return HTTPConnectionPool(target.address, target.port, timeout=TIMEOUT)
    return HTTPSConnectionPool(
        target.address,
        target.port,
        timeout=TIMEOUT,
        ssl_context=ssl.create_default_context(),
        server_hostname=target.url.hostname,
        assert_hostname=target.url.hostname,
    )


def get(pool: HTTPConnectionPool, target: Target) -> BaseHTTPResponse:
    """Ask for the file."""
    path = (target.url.path or "/") + (f"?{target.url.query}" if target.url.query else "")
    headers = {"host": target.url.netloc, "user-agent": "sangkien", "accept-encoding": "identity"}
    return pool.urlopen(
        "GET", path, headers=headers, retries=False, redirect=False, preload_content=False
    )


def read(answer: BaseHTTPResponse, size: int, until: float) -> bytes:
    """Return what an answer brings, at most one byte more than it should."""
    if answer.status != 200:
        raise NotFetched("The file cannot be fetched: {why}.", why=f"HTTP {answer.status}")
    content = bytearray()
    while len(content) <= size and (chunk := answer.read(min(CHUNK, size + 1 - len(content)))):
        content += chunk
        if time.monotonic() > until:
            raise NotFetched("The file cannot be fetched: {why}.", why="too slow")
    return bytes(content)
