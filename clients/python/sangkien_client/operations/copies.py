"""Copies of papers for judges who must not know whose an entry is: checked, and read by code."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_copies(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.CopiesLine]":
    """List how far the check of copies is, entry by entry."""
    return cast(
        "list[models.CopiesLine]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/blind-copies",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def make_copies(client: Client, contest_id: str, *, key: str | None = None) -> "models.Ordered":
    """Have copies made for accepted entries that have none."""
    return cast(
        "models.Ordered",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/blind-copies", key=key
        ),
    )


def show_copies(
    client: Client, entry_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.CopyView]":
    """Show the copies of an entry's papers, and what was taken out of each."""
    return cast(
        "list[models.CopyView]",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/blind-copies",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def fetch_copy(client: Client, entry_id: str, place: int, number: int) -> "None":
    """Go to a copy's bytes, to check it."""
    client.request(
        "GET",
        f"/v1/entries/{quote(str(entry_id), safe='')}/blind-copies/{quote(str(place), safe='')}/{quote(str(number), safe='')}",
    )


def remake_copy(
    client: Client, entry_id: str, place: int, body: "models.Wished", *, key: str | None = None
) -> "models.Remade":
    """Make a copy anew, with other words out and parts blacked out."""
    return cast(
        "models.Remade",
        client.request(
            "POST",
            f"/v1/entries/{quote(str(entry_id), safe='')}/blind-copies/{quote(str(place), safe='')}/remake",
            json=body,
            key=key,
        ),
    )


def approve_copy(
    client: Client,
    entry_id: str,
    place: int,
    body: "models.CopiesApproval",
    *,
    key: str | None = None,
) -> "None":
    """Let judges read a copy."""
    client.request(
        "POST",
        f"/v1/entries/{quote(str(entry_id), safe='')}/blind-copies/{quote(str(place), safe='')}/approve",
        json=body,
        key=key,
    )


def withhold_copy(
    client: Client, entry_id: str, place: int, body: "models.Withheld", *, key: str | None = None
) -> "None":
    """Let no judge read a paper."""
    client.request(
        "POST",
        f"/v1/entries/{quote(str(entry_id), safe='')}/blind-copies/{quote(str(place), safe='')}/withhold",
        json=body,
        key=key,
    )


def list_judged_papers(
    client: Client,
    contest_id: str,
    round_id: str,
    code: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> "list[models.JudgedPaper]":
    """List the papers of an entry on the calling judge's desk."""
    return cast(
        "list[models.JudgedPaper]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/entries/{quote(str(code), safe='')}/papers",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def fetch_judged_paper(
    client: Client, contest_id: str, round_id: str, code: str, place: int
) -> "None":
    """Go to a checked copy of a paper of an entry on the calling judge's desk."""
    client.request(
        "GET",
        f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/entries/{quote(str(code), safe='')}/papers/{quote(str(place), safe='')}",
    )
