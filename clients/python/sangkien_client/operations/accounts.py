"""Signing in and out, and accounts of people."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def sign_in(client: Client, body: "models.Login", *, key: str | None = None) -> "models.SignedIn":
    """Begin a session."""
    return cast("models.SignedIn", client.request("POST", "/v1/sessions", json=body, key=key))


def sign_out(client: Client, *, key: str | None = None) -> "None":
    """End the calling session."""
    client.request("DELETE", "/v1/sessions", key=key)


def register(
    client: Client, body: "models.Registration", *, key: str | None = None
) -> "models.MadeAccount":
    """Make oneself an account to enter contests with."""
    return cast(
        "models.MadeAccount", client.request("POST", "/v1/registrations", json=body, key=key)
    )


def make_account(
    client: Client, body: "models.NewAccount", *, key: str | None = None
) -> "models.MadeAccount":
    """Make an account for somebody."""
    return cast("models.MadeAccount", client.request("POST", "/v1/accounts", json=body, key=key))
