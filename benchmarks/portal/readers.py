"""Readers and submitters: each has one kept connection and does one thing after another."""

import threading
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import urlsplit

import urllib3

from benchmarks.measuring import Timed


class Line:
    """One kept connection, lean enough that the platform is measured and not its readers."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=120)
        self.headers = headers or {}

    def get(self, path: str) -> bytes:
        """Read a page. Raises `RuntimeError` if it is anything but a page."""
        return self.send("GET", path)

    def send(self, method: str, path: str, body: bytes | None = None, **more: str) -> bytes:
        """Make one request, with more headers by name. Raises `RuntimeError` if it is refused."""
        headers = self.headers | {name.replace("_", "-"): value for name, value in more.items()}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        read = answer.read()
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise RuntimeError(f"{method} {path}: {answer.status} {read[:300]!r}")
        return read


def crowd(people: Sequence[Callable[[], None]], seconds: float) -> Timed:
    """Have each do the same again and again for so long; return how long each time took."""
    began = time.perf_counter()
    each: list[list[float]] = [[] for _ in people]
    failed: list[Exception] = []

    def work(person: Callable[[], None], times: list[float]) -> None:
        try:
            while (now := time.perf_counter()) - began < seconds and not failed:
                person()
                times.append(time.perf_counter() - now)
        except Exception as failure:  # noqa: BLE001  # told to who waits
            failed.append(failure)

    threads = [
        threading.Thread(target=work, args=(person, times))
        for person, times in zip(people, each, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return Timed([took for times in each for took in times], time.perf_counter() - began)


def cookies_of(answer: urllib3.BaseHTTPResponse) -> dict[str, str]:
    """Return the cookies that an answer sets."""
    pairs = (
        each.partition(";")[0].partition("=") for each in answer.headers.getlist("Set-Cookie")
    )
    return {name: value for name, _, value in pairs}


def joined(cookies: dict[str, str]) -> str:
    """Return cookies as a request carries them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
