"""A prize list on its way: the council's decisions, minutes, submission, return; money."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def leave_unawarded(
    client: Client, contest_id: str, body: "models.Unawarded", *, key: str | None = None
) -> "None":
    """Leave some of a prize unawarded; the list is to be drawn up anew."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/unawarded",
        json=body,
        key=key,
    )


def name_side_prize(
    client: Client, contest_id: str, body: "models.SideWinners", *, key: str | None = None
) -> "None":
    """Name who gets a side prize; the list is to be drawn up anew."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/side", json=body, key=key
    )


def record_prize_meeting(
    client: Client, contest_id: str, body: "models.PrizeMinutes", *, key: str | None = None
) -> "None":
    """Record the minutes of the meeting on the list."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/meeting",
        json=body,
        key=key,
    )


def submit_prizes(
    client: Client, contest_id: str, body: "models.ApprovingSubmitted", *, key: str | None = None
) -> "None":
    """Bring the list before the authorities."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/submission",
        json=body,
        key=key,
    )


def return_prizes(
    client: Client, contest_id: str, body: "models.SentBack", *, key: str | None = None
) -> "None":
    """Return the list for reasons, as an authority."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/returns",
        json=body,
        key=key,
    )


def show_money(client: Client, contest_id: str) -> "models.MoneyView":
    """Show the contest's money and the law's bonus, what was recalled, and tax."""
    return cast(
        "models.MoneyView",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/money"),
    )
