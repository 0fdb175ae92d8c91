"""The end of a contest: its entrants are forgotten."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def erase_entrants(
    client: Client, contest_id: str, body: "models.ByMinutes", *, key: str | None = None
) -> "models.EntrantsErased":
    """Forget who entered, once the time that the rules name is over; it cannot be undone."""
    return cast(
        "models.EntrantsErased",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/erasure", json=body, key=key
        ),
    )
