"""Documents of entries: uploaded in parts, read, and given to others."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def attach_document(
    client: Client, entry_id: str, body: "models.Attachment", *, key: str | None = None
) -> "models.Upload":
    """Ask for addresses to PUT a document's bytes to."""
    return cast(
        "models.Upload",
        client.request(
            "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/documents", json=body, key=key
        ),
    )


def show_upload(client: Client, entry_id: str, document_id: str) -> "models.UploadView":
    """Show which parts of an upload are there, with addresses to go on by."""
    return cast(
        "models.UploadView",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/documents/{quote(str(document_id), safe='')}/upload",
        ),
    )


def confirm_document(
    client: Client, entry_id: str, document_id: str, *, key: str | None = None
) -> "None":
    """Say that the upload is complete."""
    client.request(
        "POST",
        f"/v1/entries/{quote(str(entry_id), safe='')}/documents/{quote(str(document_id), safe='')}/confirm",
        key=key,
    )


def fetch_document(client: Client, entry_id: str, document_id: str) -> "None":
    """Go to the document's bytes."""
    client.request(
        "GET",
        f"/v1/entries/{quote(str(entry_id), safe='')}/documents/{quote(str(document_id), safe='')}",
    )


def share_document(
    client: Client,
    entry_id: str,
    document_id: str,
    body: "models.Recipient",
    *,
    key: str | None = None,
) -> "models.Shared":
    """Give a document to somebody outside, by a link that needs no sign-in."""
    return cast(
        "models.Shared",
        client.request(
            "POST",
            f"/v1/entries/{quote(str(entry_id), safe='')}/documents/{quote(str(document_id), safe='')}/shares",
            json=body,
            key=key,
        ),
    )


def list_shares(
    client: Client, entry_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ShareView]":
    """List the links to an entry's documents."""
    return cast(
        "list[models.ShareView]",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/shares",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def revoke_shares(
    client: Client, entry_id: str, body: "models.WhichShares", *, key: str | None = None
) -> "models.Revoked":
    """End links to an entry's documents."""
    return cast(
        "models.Revoked",
        client.request(
            "POST",
            f"/v1/entries/{quote(str(entry_id), safe='')}/shares/revoke",
            json=body,
            key=key,
        ),
    )


def follow_share(client: Client, token: str) -> "None":
    """Go to a document somebody was given; the token says whose it is, and opens it."""
    client.request("GET", f"/v1/files/{quote(str(token), safe='')}")
