"""Which units take part in a contest, as data and as spreadsheets."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_coverage(
    client: Client,
    contest_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    as_of: str | None = None,
) -> "list[models.CoverageLine]":
    """Count how many entries each unit has handed in, as of the end of a day or now."""
    return cast(
        "list[models.CoverageLine]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/coverage",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor, "as_of": as_of}.items()
                if value is not None
            },
        ),
    )


def sum_up_coverage(
    client: Client, contest_id: str, *, as_of: str | None = None
) -> "models.CoverageReport":
    """Say how far the contest reaches, against its goal."""
    return cast(
        "models.CoverageReport",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/coverage/summary",
            params={name: value for name, value in {"as_of": as_of}.items() if value is not None},
        ),
    )


def list_silent_units(
    client: Client,
    contest_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    as_of: str | None = None,
) -> "list[models.SilentUnit]":
    """List the units to remind: without an entry, without a nil return."""
    return cast(
        "list[models.SilentUnit]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/coverage/silent",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor, "as_of": as_of}.items()
                if value is not None
            },
        ),
    )


def export_coverage(client: Client, contest_id: str, *, as_of: str | None = None) -> "bytes":
    """Return coverage as a spreadsheet."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/coverage.xlsx",
            params={name: value for name, value in {"as_of": as_of}.items() if value is not None},
        ),
    )


def export_entries(client: Client, contest_id: str) -> "bytes":
    """Return the entries handed in, and their authors, as a spreadsheet."""
    return cast(
        "bytes",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/entries.xlsx"),
    )


def return_nil(
    client: Client, contest_id: str, body: "models.Nil", *, key: str | None = None
) -> "None":
    """Say that the caller's unit has nothing to enter."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/nil-return", json=body, key=key
    )


def remind_drafts(client: Client, contest_id: str, *, key: str | None = None) -> "models.Reminded":
    """Remind those of the caller's unit whose entries are not handed in; once a day."""
    return cast(
        "models.Reminded",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/drafts/reminders", key=key
        ),
    )
