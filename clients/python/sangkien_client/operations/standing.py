"""Roles in one contest: who has which, given and taken with a reason."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_contest_roles(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ContestGrant]":
    """List who has a role in the contest alone."""
    return cast(
        "list[models.ContestGrant]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/roles",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def give_contest_role(
    client: Client, contest_id: str, body: "models.GrantChange", *, key: str | None = None
) -> "None":
    """Give somebody a role in one contest."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/roles", json=body, key=key
    )


def withdraw_contest_role(
    client: Client, contest_id: str, body: "models.GrantChange", *, key: str | None = None
) -> "None":
    """Take a role in one contest from somebody."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/roles/withdraw",
        json=body,
        key=key,
    )
