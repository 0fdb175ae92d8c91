"""What is typed into an entry, what was handed in, and what an entry may improve."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def save_draft(
    client: Client,
    entry_id: str,
    body: "models.Changes",
    *,
    if_match: str | None = None,
    key: str | None = None,
) -> "models.Saved":
    """Save changed fields of an entry; refused if somebody changed it since that revision."""
    return cast(
        "models.Saved",
        client.request(
            "PATCH",
            f"/v1/entries/{quote(str(entry_id), safe='')}",
            json=body,
            key=key,
            headers={
                name: value for name, value in {"If-Match": if_match}.items() if value is not None
            },
        ),
    )


def show_versions(
    client: Client, entry_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.VersionView]":
    """Show every version as it was handed in, with what had changed."""
    return cast(
        "list[models.VersionView]",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/versions",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def compare_versions(
    client: Client, entry_id: str, *, older: int | None = None, newer: int | None = None
) -> "list[str]":
    """Say in words what differs between two versions."""
    return cast(
        "list[str]",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/versions/differences",
            params={
                name: value
                for name, value in {"older": older, "newer": newer}.items()
                if value is not None
            },
        ),
    )


def list_indexes(client: Client) -> "models.IndexCatalogue":
    """List the indexes an entry may say it improves, with their components."""
    return cast("models.IndexCatalogue", client.request("GET", "/v1/indexes"))
