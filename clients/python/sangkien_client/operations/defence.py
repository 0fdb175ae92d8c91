"""The defence day of a round: planned, recorded, changed, shown, saved as calendar files."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def plan_defence(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.Drawing",
    *,
    key: str | None = None,
) -> "models.DefencePlan":
    """Draw a defence day up, nothing kept: who presents where and when, and who leaves."""
    return cast(
        "models.DefencePlan",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence/plan",
            json=body,
            key=key,
        ),
    )


def show_defence(
    client: Client, contest_id: str, round_id: str, *, version: int | None = None
) -> "models.DefenceDay":
    """Show the day, or an earlier version; judges and authors see what concerns them."""
    return cast(
        "models.DefenceDay",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence",
            params={
                name: value for name, value in {"version": version}.items() if value is not None
            },
        ),
    )


def record_defence(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.Recording",
    *,
    key: str | None = None,
) -> "models.Kept":
    """Draw a defence day up and keep it; entrants and judges are told."""
    return cast(
        "models.Kept",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence",
            json=body,
            key=key,
        ),
    )


def change_defence(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.Change",
    *,
    key: str | None = None,
) -> "models.Kept":
    """Take entries out of the day, swap pairs, move others; whom it concerns is told."""
    return cast(
        "models.Kept",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence/changes",
            json=body,
            key=key,
        ),
    )


def show_programme(client: Client, contest_id: str, round_id: str) -> "models.Programme":
    """Show the programme of the day to everybody; a blind round has codes for titles."""
    return cast(
        "models.Programme",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/programme",
        ),
    )


def export_defence(client: Client, contest_id: str, round_id: str) -> "bytes":
    """Return the whole day as an iCalendar file."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence.ics",
        ),
    )


def export_own_defence(client: Client, contest_id: str, round_id: str) -> "bytes":
    """Return the caller's own slots, as a judge or an author, as an iCalendar file."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence/mine.ics",
        ),
    )


def export_defence_of_entry(client: Client, contest_id: str, round_id: str, code: str) -> "bytes":
    """Return the slot of an entry as an iCalendar file."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence/entries/{quote(str(code), safe='')}/calendar.ics",
        ),
    )


def export_defence_of_judge(
    client: Client, contest_id: str, round_id: str, judge_id: str
) -> "bytes":
    """Return the slots of a judge as an iCalendar file."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/defence/judges/{quote(str(judge_id), safe='')}/calendar.ics",
        ),
    )
