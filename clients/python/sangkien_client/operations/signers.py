"""Certificates bound to the authorities they may sign for."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_signers(
    client: Client, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.Signer]":
    """List the certificates that may sign papers, or could."""
    return cast(
        "list[models.Signer]",
        client.request(
            "GET",
            "/v1/signers",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def bind_signer(
    client: Client, body: "models.NewSigner", *, key: str | None = None
) -> "models.Signer":
    """Bind a certificate to an authority, for one kind of signature; an operator's to do."""
    return cast("models.Signer", client.request("POST", "/v1/signers", json=body, key=key))


def end_signer(
    client: Client, signer_id: str, body: "models.LastDay", *, key: str | None = None
) -> "models.Signer":
    """Name the last day on which a bound certificate may sign."""
    return cast(
        "models.Signer",
        client.request(
            "POST", f"/v1/signers/{quote(str(signer_id), safe='')}/end", json=body, key=key
        ),
    )
