"""Prizes, approvals, results and official papers."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def propose_prizes(
    client: Client, contest_id: str, *, key: str | None = None
) -> "list[models.PrizeLine]":
    """Rank by the rules and draw up the prize list."""
    return cast(
        "list[models.PrizeLine]",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/propose", key=key
        ),
    )


def resolve_tie(
    client: Client, contest_id: str, body: "models.AwardsVote", *, key: str | None = None
) -> "None":
    """Record the council's vote on entries that the rules cannot part."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/ties", json=body, key=key
    )


def approve_prizes(
    client: Client, contest_id: str, body: "models.AwardsApproval", *, key: str | None = None
) -> "models.Approved":
    """Approve the prizes that an authority grants."""
    return cast(
        "models.Approved",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/prizes/approvals",
            json=body,
            key=key,
        ),
    )


def show_results(client: Client, contest_id: str) -> "models.Results":
    """Show the results, public once published."""
    return cast(
        "models.Results",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/results"),
    )


def publish_results(
    client: Client, contest_id: str, *, public_from: str | None = None, key: str | None = None
) -> "list[models.AwardingPaper]":
    """Issue decisions and certificates and make the results public, now or from an instant on."""
    return cast(
        "list[models.AwardingPaper]",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/results",
            key=key,
            params={
                name: value
                for name, value in {"public_from": public_from}.items()
                if value is not None
            },
        ),
    )


def record_adoption(
    client: Client,
    contest_id: str,
    entry_id: str,
    body: "models.Adopted",
    *,
    key: str | None = None,
) -> "None":
    """Record that a winner is put to use; it becomes a known initiative."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry_id), safe='')}/adoption",
        json=body,
        key=key,
    )


def show_prizes(client: Client, contest_id: str) -> "models.PrizeList":
    """Show the prize list and where it stands."""
    return cast(
        "models.PrizeList",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/prizes"),
    )


def fetch_paper(client: Client, name: str) -> "None":
    """Go to an official paper: its id with `.pdf` or `.docx`."""
    client.request("GET", f"/v1/papers/{quote(str(name), safe='')}")
