"""Outages before a deadline, and more time for everybody."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_outage(client: Client, contest_id: str) -> "models.OutageView":
    """Show when entries could not be handed in before the deadline, and what is proposed."""
    return cast(
        "models.OutageView",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/outage"),
    )


def decide_extension(
    client: Client, contest_id: str, body: "models.Adoption", *, key: str | None = None
) -> "None":
    """Adopt the proposed extension as an amendment of the rules, or decline it."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/outage/decision",
        json=body,
        key=key,
    )
