"""The keys that seal rounds: register one, see one's shares, give them."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def register_key(
    client: Client, body: "models.PublicKey", *, key: str | None = None
) -> "models.KeyChallenge":
    """Register the caller's public key; the challenge shows that they hold the other half."""
    return cast(
        "models.KeyChallenge", client.request("PUT", "/v1/sealing-key", json=body, key=key)
    )


def confirm_key(client: Client, body: "models.KeysAnswer", *, key: str | None = None) -> "None":
    """Answer the challenge, so that rounds may be sealed for the key."""
    client.request("POST", "/v1/sealing-key/confirmation", json=body, key=key)


def list_key_holders(
    client: Client, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.KeyHolder]":
    """List who has a key that rounds may be sealed for."""
    return cast(
        "list[models.KeyHolder]",
        client.request(
            "GET",
            "/v1/sealing-keys",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def show_key_shares(client: Client, contest_id: str, round_id: str) -> "models.KeyShares":
    """Show the caller's part of a round's key, sealed to their own."""
    return cast(
        "models.KeyShares",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/key",
        ),
    )


def give_key(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.GivenKey",
    *,
    key: str | None = None,
) -> "models.KeysGiven":
    """Give the caller's key for a round; the second of two opens its sheets."""
    return cast(
        "models.KeysGiven",
        client.request(
            "PUT",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/key",
            json=body,
            key=key,
        ),
    )
