"""Systems of other agencies: their accounts and secrets."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def make_client(
    client: Client, body: "models.NewClient | None" = None, *, key: str | None = None
) -> "models.MadeClient":
    """Make an account for another agency's system, with the scopes it may have."""
    return cast("models.MadeClient", client.request("POST", "/v1/clients", json=body, key=key))


def rotate_secret(
    client: Client,
    client_id: str,
    body: "models.Rotation | None" = None,
    *,
    key: str | None = None,
) -> "models.MadeClient":
    """Give a system a new secret; the old one stays good for a while, or until it is revoked."""
    return cast(
        "models.MadeClient",
        client.request(
            "POST", f"/v1/clients/{quote(str(client_id), safe='')}/secrets", json=body, key=key
        ),
    )


def revoke_old_secret(client: Client, client_id: str, *, key: str | None = None) -> "None":
    """End a system's old secret at once."""
    client.request("DELETE", f"/v1/clients/{quote(str(client_id), safe='')}/secrets/old", key=key)
