"""Files of pushed dossiers, fetched from where the client says they are.

Redirects are followed, each to an address vetted anew; what is longer than announced is cut off,
and so is what takes too long, in whichever part of the answer.
A file goes on in blocks as it comes, so that no service ever holds more than one of them.
"""

import ssl
import time
from collections.abc import Collection, Iterator
from hashlib import sha256
from http.client import HTTPException
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from kernel.errors import Refused
from services.intake.onegate.addresses import Target, vet
from services.intake.onegate.limits import Limit, LimitedPool, LimitedTLSPool

TIMEOUT = Timeout(connect=5, read=20)
SECONDS = 120.0  # a small file takes no longer, however slowly it drips
SLOWEST = 512 * 1024  # bytes a second that a large one comes at, at least
REDIRECTS = 5
CHUNK = 64 * 1024
TOO_SLOW = "too slow"


class NotFetched(Refused):
    """The file cannot be fetched from this address."""


class OtherFile(Refused):
    """The file at the address is not the one that was announced."""


def fetch(
    url: str, size: int, digest: str, allowed: Collection[str], block: int
) -> Iterator[bytes]:
    """Yield the announced bytes in blocks of that many, the last one shorter.

    Raises `NotFetched` or `FileAddressRefused`, and once all has come `OtherFile` if it is not
    what was announced: until then nothing of it counts.
    """
    until = time.monotonic() + max(SECONDS, size / SLOWEST)
    for _ in range(REDIRECTS + 1):
        target = vet(url, allowed)
        with Limit(until) as limit:
            try:
                with pool_of(target, limit) as pool:
                    answer = get(pool, target)
                    if 300 <= answer.status < 400 and "location" in answer.headers:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    yield from blocks(checked(answer, size, digest, limit), block)
            except (HTTPError, HTTPException, OSError) as error:
                why = TOO_SLOW if limit.is_over else type(error).__name__
                raise NotFetched("The file cannot be fetched: {why}.", why=why) from error
        return
    raise NotFetched("The file cannot be fetched: {why}.", why="too many redirects")


def pool_of(target: Target, limit: Limit) -> HTTPConnectionPool:
    """Return a connection to the vetted address, in the name of the URL's host."""
    if target.url.scheme == "http":
        return LimitedPool(target.address, target.port, timeout=TIMEOUT, limit=limit)
    return LimitedTLSPool(
        target.address,
        target.port,
        timeout=TIMEOUT,
        limit=limit,
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


def checked(answer: BaseHTTPResponse, size: int, digest: str, limit: Limit) -> Iterator[bytes]:
    """Yield what an answer brings; raise as soon as it is not what was announced."""
    if answer.status != 200:
        raise NotFetched("The file cannot be fetched: {why}.", why=f"HTTP {answer.status}")
    seen, count = sha256(), 0
    while chunk := answer.read(min(CHUNK, size + 1 - count)):
        seen.update(chunk)
        count += len(chunk)
        if count > size:
            raise OtherFile
        if limit.is_over:
            break
        yield chunk
    if limit.is_over:  # what is cut off may look like the end
        raise NotFetched("The file cannot be fetched: {why}.", why=TOO_SLOW)
    if count != size or seen.hexdigest() != digest.lower():
        raise OtherFile


def blocks(chunks: Iterator[bytes], block: int) -> Iterator[bytes]:
    """Yield the same bytes in blocks of that many, the last one shorter."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= block:
            yield bytes(waiting[:block])
            del waiting[:block]
    if waiting:
        yield bytes(waiting)
