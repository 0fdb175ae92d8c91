"""Petitions and complaints about results, and entries judged again."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def file_petition(
    client: Client,
    contest_id: str,
    entry_id: str,
    body: "models.Dispute",
    *,
    key: str | None = None,
) -> "models.PetitionFound":
    """Dispute the result of an own entry."""
    return cast(
        "models.PetitionFound",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry_id), safe='')}/petitions",
            json=body,
            key=key,
        ),
    )


def list_petitions(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.PetitionView]":
    """List petitions with their clocks: all to the office, to authors their own."""
    return cast(
        "list[models.PetitionView]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/petitions",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def withdraw_petition(client: Client, petition_id: str, *, key: str | None = None) -> "None":
    """Take an own petition back."""
    client.request("POST", f"/v1/petitions/{quote(str(petition_id), safe='')}/withdraw", key=key)


def accept_petition(
    client: Client, petition_id: str, body: "models.Acceptance", *, key: str | None = None
) -> "None":
    """Take a petition up."""
    client.request(
        "POST", f"/v1/petitions/{quote(str(petition_id), safe='')}/accept", json=body, key=key
    )


def refuse_petition(
    client: Client, petition_id: str, body: "models.PetitionReason", *, key: str | None = None
) -> "None":
    """Refuse to take a petition up."""
    client.request(
        "POST", f"/v1/petitions/{quote(str(petition_id), safe='')}/refuse", json=body, key=key
    )


def order_rejudging(
    client: Client, petition_id: str, body: "models.RejudgingAsked", *, key: str | None = None
) -> "None":
    """Have the entry judged again by others."""
    client.request(
        "POST", f"/v1/petitions/{quote(str(petition_id), safe='')}/rejudging", json=body, key=key
    )


def decide_petition(
    client: Client, petition_id: str, body: "models.PetitionsAnswer", *, key: str | None = None
) -> "None":
    """Answer a petition; new marks that are upheld begin a new revision of the results."""
    client.request(
        "POST", f"/v1/petitions/{quote(str(petition_id), safe='')}/answer", json=body, key=key
    )


def list_rejudgings(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.RejudgingView]":
    """List entries judged again: all to the office, to a judge their own."""
    return cast(
        "list[models.RejudgingView]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rejudgings",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def seat_rejudging(
    client: Client, petition_id: str, body: "models.NewJudges", *, key: str | None = None
) -> "None":
    """Appoint who judges again."""
    client.request(
        "POST",
        f"/v1/petitions/{quote(str(petition_id), safe='')}/rejudging/judges",
        json=body,
        key=key,
    )


def rejudge_entry(
    client: Client, petition_id: str, body: "models.NewSheet", *, key: str | None = None
) -> "None":
    """Give a sheet as one of those who judge again."""
    client.request(
        "POST",
        f"/v1/petitions/{quote(str(petition_id), safe='')}/rejudging/sheets",
        json=body,
        key=key,
    )
