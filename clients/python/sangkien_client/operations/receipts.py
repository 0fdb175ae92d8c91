"""Receipts as PDF and as signatures, and the public keys they are checked with."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def print_receipt(client: Client, entry_id: str, *, version: int | None = None) -> "bytes":
    """Return the receipt as PDF, its signature inside; of the newest version if none is named."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/receipt",
            params={
                name: value for name, value in {"version": version}.items() if value is not None
            },
        ),
    )


def show_receipt(client: Client, entry_id: str, *, version: int | None = None) -> "bytes":
    """Return the receipt's JSON Web Signature alone."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/receipt.jws",
            params={
                name: value for name, value in {"version": version}.items() if value is not None
            },
        ),
    )


def list_receipt_keys(client: Client) -> "models.KeySet":
    """List the public keys that receipts are checked with."""
    return cast("models.KeySet", client.request("GET", "/v1/receipts/keys"))
