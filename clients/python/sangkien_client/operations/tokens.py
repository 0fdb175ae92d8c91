"""Tokens of systems by OAuth 2.0: client credentials (RFC 6749, 4.4), revocation (RFC 7009)."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def grant_token(
    client: Client, body: "dict[str, str]", *, key: str | None = None
) -> "models.Token":
    """Sign a system in: OAuth 2.0 client credentials, as a form or with Basic."""
    return cast("models.Token", client.request("POST", "/v1/token", data=body, key=key))


def revoke_token(client: Client, body: "dict[str, str]", *, key: str | None = None) -> "None":
    """End a token of the calling system; one that is none is as good as ended."""
    client.request("POST", "/v1/token/revocation", data=body, key=key)
