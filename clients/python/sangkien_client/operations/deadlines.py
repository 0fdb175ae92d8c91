"""More time for single entrants, and what came late."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_extensions(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ExtensionView]":
    """List who was given more time, newest first."""
    return cast(
        "list[models.ExtensionView]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/extensions",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def extend_deadline(
    client: Client, contest_id: str, body: "models.MoreTime", *, key: str | None = None
) -> "models.DeadlinesExtended":
    """Give one entry or one person more time; a late entry that is in time by it is admitted."""
    return cast(
        "models.DeadlinesExtended",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/extensions",
            json=body,
            key=key,
        ),
    )
