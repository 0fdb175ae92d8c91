"""The platform's HTTP API, as originality's command line speaks to it."""

import json
import os
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import click
import urllib3

SECONDS = 60
PATIENCE = 1800  # seconds in all; a register with many documents takes minutes
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
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid4().hex}
        if body is not None:
            headers["Content-Type"] = kind
        until = time.monotonic() + PATIENCE
        answer = self._request(method, path, body, headers)
        while answer.status == STILL_AT_WORK and time.monotonic() < until:
            answer = self._request(method, path, body, headers)
        if answer.status >= 400 and answer.status not in reads:
            raise click.ClickException(told(answer.status, answer.data))
        return json.loads(answer.data) if answer.data else None

    def _request(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> urllib3.BaseHTTPResponse:
        """Make one request; end if there is no answer at all."""
        try:
            return urllib3.request(
                method,
                f"{self.server}{path}",
                body=body,
                headers=headers,
                timeout=SECONDS,
                retries=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise click.ClickException(f"{self.server} does not answer: {error}") from error


def told(status: int, data: bytes) -> str:
    """Return what a problem says, or the status if it says nothing."""
    try:
        problem = json.loads(data)
        return f"{problem['title']}: {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"the platform answered with status {status}"
