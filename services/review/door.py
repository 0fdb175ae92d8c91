"""The platform's HTTP API, as review's command line asks it."""

import json
import os
from dataclasses import dataclass
from typing import Any

import click
import urllib3

SECONDS = 120


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

    def read(self, path: str, **asked: object) -> Any:  # noqa: ANN401  # JSON
        """Return the JSON at a path; if it is refused, end with the problem's words."""
        return json.loads(self.fetch(path, **asked))

    def fetch(self, path: str, **asked: object) -> bytes:
        """Return what is at a path; if it is refused, end with the problem's words."""
        given = {name: str(value) for name, value in asked.items() if value not in (None, "")}
        headers = {"Authorization": f"Bearer {self.token}"}
        address = f"{self.server}{path}"
        try:
            answer = urllib3.request(
                "GET", address, fields=given, headers=headers, timeout=SECONDS, retries=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise click.ClickException(f"{self.server} does not answer: {error}") from error
        if answer.status >= 400:
            raise click.ClickException(told(answer.status, answer.data))
        return answer.data


def told(status: int, data: bytes) -> str:
    """Return what a problem says, or the status if it says nothing."""
    try:
        problem = json.loads(data)
        return f"{problem['title']}: {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"the platform answered with status {status}"
