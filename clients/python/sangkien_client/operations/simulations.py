"""A past contest under other rules: who would have got what, and who falls out why."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def simulate_contest(
    client: Client, contest_id: str, body: bytes, *, key: str | None = None
) -> "models.Simulation":
    """Replay a contest's entries and marks under another rules file (text/yaml)."""
    return cast(
        "models.Simulation",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/simulations",
            content=body,
            headers={"Content-Type": "text/yaml"},
            key=key,
        ),
    )
