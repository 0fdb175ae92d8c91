"""Rounds and score sheets."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def open_round(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.Opening | None" = None,
    *,
    seed: str | None = None,
    key: str | None = None,
) -> "models.OpenedRound":
    """Assign judges to every eligible entry, and seal the round for two officers."""
    return cast(
        "models.OpenedRound",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/open",
            json=body,
            key=key,
            params={name: value for name, value in {"seed": seed}.items() if value is not None},
        ),
    )


def show_round(client: Client, contest_id: str, round_id: str) -> "models.RoundView":
    """Show how far a round is and, once closed, its table."""
    return cast(
        "models.RoundView",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}",
        ),
    )


def list_assignments(
    client: Client,
    contest_id: str,
    round_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> "list[models.Assignment]":
    """List what the calling judge has to mark."""
    return cast(
        "list[models.Assignment]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/assignments",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def give_marks(
    client: Client,
    contest_id: str,
    round_id: str,
    code: str,
    body: "models.Sheet",
    *,
    key: str | None = None,
) -> "models.SheetGiven":
    """Hand in the calling judge's sheet for one entry."""
    return cast(
        "models.SheetGiven",
        client.request(
            "PUT",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/sheets/{quote(str(code), safe='')}",
            json=body,
            key=key,
        ),
    )


def save_sheet_draft(
    client: Client,
    contest_id: str,
    round_id: str,
    code: str,
    body: "models.ReviewDraft",
    *,
    key: str | None = None,
) -> "None":
    """Keep what the calling judge has typed; nobody else can read it."""
    client.request(
        "PUT",
        f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/drafts/{quote(str(code), safe='')}",
        json=body,
        key=key,
    )


def close_round(
    client: Client, contest_id: str, round_id: str, *, key: str | None = None
) -> "list[models.RoundLine]":
    """Rank the entries and say who goes on."""
    return cast(
        "list[models.RoundLine]",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/close",
            key=key,
        ),
    )


def record_vote(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.ReviewVote",
    *,
    key: str | None = None,
) -> "None":
    """Record the council's vote on equals at the cut-off of a round."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/votes",
        json=body,
        key=key,
    )


def explain_place(client: Client, contest_id: str, entry: str) -> "models.PlaceExplained":
    """Explain an entry's place: marks, weights, rounding and ties of each round and in the end."""
    return cast(
        "models.PlaceExplained",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry), safe='')}/place",
        ),
    )


def show_feedback(
    client: Client,
    contest_id: str,
    entry_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> "list[models.RoundFeedback]":
    """Show an author what judges wrote on their entry, once results are published."""
    return cast(
        "list[models.RoundFeedback]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry_id), safe='')}/feedback",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def show_calibration(
    client: Client, contest_id: str, round_id: str
) -> "models.ResultsCalibration":
    """Show how severe judges were, and how sure the ranks are, of a closed round."""
    return cast(
        "models.ResultsCalibration",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/calibration",
        ),
    )
