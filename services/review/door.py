"""The platform's HTTP API, as review's command line reads it."""

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
        token = os.environ.get("SANGKIEN_TOKEN", "")
        if not server:
            raise click.UsageError("Name the platform: --server URL or SANGKIEN_URL.")
        if not token:
            raise click.UsageError("Set SANGKIEN_TOKEN to the token of a sign-in.")
        return cls(server.rstrip("/"), token)

    def ask(self, path: str) -> Any:  # noqa: ANN401  # JSON
        """Read what is at a path; if it is refused, end with the problem's words."""
        try:
            answer = urllib3.request(
                "GET",
                f"{self.server}{path}",
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=SECONDS,
                retries=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise click.ClickException(f"{self.server} does not answer: {error}") from error
        if answer.status >= 400:
            raise click.ClickException(problem(answer.status, answer.data))
        return json.loads(answer.data)


def problem(status: int, data: bytes) -> str:
    """Return what a problem says, or the status if it says nothing."""
    try:
        said = json.loads(data)
        return f"{said['title']}: {said['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"the platform answered with status {status}"
