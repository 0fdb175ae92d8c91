"""Prizes taken back, and what of them has come back."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def revoke_award(
    client: Client,
    contest_id: str,
    entry_id: str,
    body: "models.Annulment",
    *,
    key: str | None = None,
) -> "models.Revocation":
    """Take a prize back, as the authority that gave it."""
    return cast(
        "models.Revocation",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry_id), safe='')}/revocation",
            json=body,
            key=key,
        ),
    )


def record_recovery(
    client: Client,
    contest_id: str,
    entry_id: str,
    body: "models.Recovered",
    *,
    key: str | None = None,
) -> "models.Revocation":
    """Record money or the certificate that came back."""
    return cast(
        "models.Revocation",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry_id), safe='')}/recoveries",
            json=body,
            key=key,
        ),
    )


def list_revocations(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.Revocation]":
    """List prizes taken back, and what of them is still out."""
    return cast(
        "list[models.Revocation]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/revocations",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )
