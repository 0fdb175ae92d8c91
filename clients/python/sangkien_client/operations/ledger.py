"""The record of everything that happened."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_head(client: Client) -> "models.Head":
    """Show the newest link of the tenant's chain."""
    return cast("models.Head", client.request("GET", "/v1/ledger/head"))


def verify_chain(client: Client) -> "models.ChainVerified":
    """Recompute the whole chain and say whether it holds."""
    return cast("models.ChainVerified", client.request("GET", "/v1/ledger/verification"))


def prove_event(client: Client, event_id: str) -> "models.LedgerLine":
    """Show where an event stands in the chain."""
    return cast(
        "models.LedgerLine",
        client.request("GET", f"/v1/ledger/events/{quote(str(event_id), safe='')}"),
    )


def list_heads(
    client: Client, contest_id: str, *, before: int | None = None, limit: int | None = None
) -> "models.Heads":
    """List the signed heads of a contest's record, newest first, and the keys they hold by."""
    return cast(
        "models.Heads",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/heads",
            params={
                name: value
                for name, value in {"before": before, "limit": limit}.items()
                if value is not None
            },
        ),
    )


def prove_growth(
    client: Client, contest_id: str, *, before: int | None = None, size: int | None = None
) -> "models.Growth":
    """Prove that a contest's record only grew from one size to another (RFC 9162)."""
    return cast(
        "models.Growth",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/heads/growth",
            params={
                name: value
                for name, value in {"before": before, "size": size}.items()
                if value is not None
            },
        ),
    )


def prove_inclusion(
    client: Client, event_id: str, *, size: int | None = None
) -> "models.InclusionProof":
    """Prove that an event is in its contest's record; nothing of what it says is told."""
    return cast(
        "models.InclusionProof",
        client.request(
            "GET",
            f"/v1/ledger/events/{quote(str(event_id), safe='')}/proof",
            params={name: value for name, value in {"size": size}.items() if value is not None},
        ),
    )
