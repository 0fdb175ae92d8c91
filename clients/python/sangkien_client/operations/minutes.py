"""Minutes of rounds: drafted from the record, checked, issued, downloaded."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_round_minutes(
    client: Client,
    contest_id: str,
    round_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
) -> "list[models.MinutesView]":
    """List the minutes of a round that the caller may read, every version."""
    return cast(
        "list[models.MinutesView]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/minutes",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def draft_minutes(
    client: Client, contest_id: str, round_id: str, body: "models.Met", *, key: str | None = None
) -> "models.MinutesView":
    """Draw minutes of a round up from the record, as a draft."""
    return cast(
        "models.MinutesView",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/minutes",
            json=body,
            key=key,
        ),
    )


def list_minutes(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.MinutesView]":
    """List the minutes of a contest that the caller may read, every version."""
    return cast(
        "list[models.MinutesView]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/minutes",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def check_minutes(
    client: Client, contest_id: str, minutes_id: str, *, key: str | None = None
) -> "models.MinutesView":
    """State, as who kept the minutes, that the draft is right."""
    return cast(
        "models.MinutesView",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/minutes/{quote(str(minutes_id), safe='')}/check",
            key=key,
        ),
    )


def issue_minutes(
    client: Client, contest_id: str, minutes_id: str, *, key: str | None = None
) -> "models.MinutesView":
    """Issue checked minutes, as who presided, with their number and day."""
    return cast(
        "models.MinutesView",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/minutes/{quote(str(minutes_id), safe='')}/issue",
            key=key,
        ),
    )


def fetch_minutes(
    client: Client, contest_id: str, name: str, *, version: int | None = None
) -> "None":
    """Go to a version of minutes, the newest unless named: their id with `.pdf` or `.docx`."""
    client.request(
        "GET",
        f"/v1/contests/{quote(str(contest_id), safe='')}/minutes/{quote(str(name), safe='')}",
        params={name: value for name, value in {"version": version}.items() if value is not None},
    )
