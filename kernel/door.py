"""The platform's HTTP API, as a command line asks it. No service process imports this."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import click
import urllib3

SECONDS = 120
PATIENCE = 1800  # seconds in all; a file with many documents takes minutes
STILL_AT_WORK = 504


@dataclass(frozen=True, slots=True)
class Door:
    """Where the platform is, and who asks. `token` is that of a sign-in (`POST /v1/sessions`)."""

    server: str
    token: str

    @classmethod
    def of_environment(cls, server: str | None) -> "Door":
        """Read `SANGKIEN_URL`, unless a server is given, and `SANGKIEN_TOKEN`."""
        server = server or os.environ.get("SANGKIEN_URL", "")
        if not server:
            raise click.UsageError("Name the platform: --server URL or SANGKIEN_URL.")
        token = os.environ.get("SANGKIEN_TOKEN", "")
        if not token:
            raise click.UsageError("Set SANGKIEN_TOKEN to the token of a sign-in.")
        return cls(server.rstrip("/"), token)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        kind: str = "application/octet-stream",
        reads: tuple[int, ...] = (),
    ) -> Any:  # noqa: ANN401  # JSON
        """Make a request and return its JSON; if it is refused, end with the problem's words.

        `reads` are statuses above 399 that come with an answer, not with a problem. While the
        platform is still at work it is asked again, under the same key, so nothing is done twice.
        """
        headers = {"Idempotency-Key": uuid4().hex}
        if body is not None:
            headers["Content-Type"] = kind
        until = time.monotonic() + PATIENCE
        answer = self._request(method, path, headers, body=body)
        while answer.status == STILL_AT_WORK and time.monotonic() < until:
            answer = self._request(method, path, headers, body=body)
        if answer.status not in reads:
            _insist(answer)
        return json.loads(answer.data) if answer.data else None

    def read(self, path: str, **asked: object) -> Any:  # noqa: ANN401  # JSON
        """Return the JSON at a path; if it is refused, end with the problem's words."""
        return json.loads(self.fetch(path, **asked))

    def fetch(self, path: str, **asked: object) -> bytes:
        """Return what is at a path; if it is refused, end with the problem's words."""
        return self._get(path, asked).data

    def follow(self, path: str, **asked: object) -> bytes:
        """Return the file that a path leads to; the store is not told who asks."""
        answer = self._get(path, asked)
        stored = urllib3.request("GET", answer.headers["Location"], timeout=SECONDS, retries=False)
        _insist(stored)
        return stored.data

    def _get(self, path: str, asked: Mapping[str, object]) -> urllib3.BaseHTTPResponse:
        given = {name: str(value) for name, value in asked.items() if value not in (None, "")}
        answer = self._request("GET", path, {}, fields=given)
        _insist(answer)
        return answer

    def _request(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        **given: Any,  # noqa: ANN401  # as urllib3's
    ) -> urllib3.BaseHTTPResponse:
        """Make one request; end if there is no answer at all."""
        try:
            return urllib3.request(
                method,
                f"{self.server}{path}",
                headers=headers | {"Authorization": f"Bearer {self.token}"},
                timeout=SECONDS,
                retries=False,
                **given,
            )
        except urllib3.exceptions.HTTPError as error:
            raise click.ClickException(f"{self.server} does not answer: {error}") from error


def _insist(answer: urllib3.BaseHTTPResponse) -> None:
    """End with what the platform says, unless it says yes."""
    if answer.status >= 400:
        raise click.ClickException(_told(answer.status, answer.data))


def _told(status: int, data: bytes) -> str:
    """Return what a problem says, or the status if it says nothing."""
    try:
        problem = json.loads(data)
        return f"{problem['title']}: {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"the platform answered with status {status}"
