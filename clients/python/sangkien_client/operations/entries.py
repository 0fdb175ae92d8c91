"""Entries; their documents are in `documents`."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_entries(
    client: Client,
    contest_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    state: str | None = None,
    area: str | None = None,
    channel: Literal["ONLINE", "DESK", "POST", "ONE_STOP", ""] | None = None,
    unit_id: str | None = None,
) -> "list[models.EntryLine]":
    """List the entries of a contest that the caller may see, as they were received."""
    return cast(
        "list[models.EntryLine]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries",
            params={
                name: value
                for name, value in {
                    "limit": limit,
                    "cursor": cursor,
                    "state": state,
                    "area": area,
                    "channel": channel,
                    "unit_id": unit_id,
                }.items()
                if value is not None
            },
        ),
    )


def draft_entry(
    client: Client, contest_id: str, body: "models.EntriesDraft", *, key: str | None = None
) -> "models.Drafted":
    """Begin an entry."""
    return cast(
        "models.Drafted",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/entries", json=body, key=key
        ),
    )


def show_entry(client: Client, entry_id: str) -> "models.EntryView":
    """Show an entry with its documents and its history; its ETag serves a save's If-Match."""
    return cast(
        "models.EntryView", client.request("GET", f"/v1/entries/{quote(str(entry_id), safe='')}")
    )


def submit_entry(
    client: Client,
    entry_id: str,
    body: "models.Declarations | None" = None,
    *,
    key: str | None = None,
) -> "models.RepliesSubmitted":
    """Hand the entry in; the answer is the receipt."""
    return cast(
        "models.RepliesSubmitted",
        client.request(
            "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/submit", json=body, key=key
        ),
    )


def return_entry(
    client: Client, entry_id: str, body: "models.EntriesSupplement", *, key: str | None = None
) -> "models.Due":
    """Ask for a supplement."""
    return cast(
        "models.Due",
        client.request(
            "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/return", json=body, key=key
        ),
    )


def accept_entry(client: Client, entry_id: str, *, key: str | None = None) -> "None":
    """Declare the dossier complete and valid."""
    client.request("POST", f"/v1/entries/{quote(str(entry_id), safe='')}/accept", key=key)


def refuse_entry(
    client: Client, entry_id: str, body: "models.EntriesReason", *, key: str | None = None
) -> "None":
    """Refuse the dossier, with a reason for the entrant."""
    client.request(
        "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/refuse", json=body, key=key
    )


def withdraw_entry(
    client: Client,
    entry_id: str,
    body: "models.EntriesReason | None" = None,
    *,
    key: str | None = None,
) -> "None":
    """Take the entry back."""
    client.request(
        "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/withdraw", json=body, key=key
    )
