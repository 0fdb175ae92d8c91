"""Winners that spread: who adopts them, by which steps, what it moves, and charts of it."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def plan_adoption(
    client: Client,
    contest_id: str,
    entry_id: str,
    body: "models.NewAdopter",
    *,
    key: str | None = None,
) -> "models.Planned":
    """Plan that somebody puts a winner to use."""
    return cast(
        "models.Planned",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/entries/{quote(str(entry_id), safe='')}/adopters",
            json=body,
            key=key,
        ),
    )


def begin_adoption(
    client: Client, plan_id: str, body: "models.Begun", *, key: str | None = None
) -> "None":
    """Record that an adopter has begun; the first makes the winner a known initiative."""
    client.request(
        "POST", f"/v1/adopters/{quote(str(plan_id), safe='')}/beginning", json=body, key=key
    )


def add_milestone(
    client: Client, plan_id: str, body: "models.Milestone", *, key: str | None = None
) -> "None":
    """Add a milestone to a plan."""
    client.request(
        "POST", f"/v1/adopters/{quote(str(plan_id), safe='')}/milestones", json=body, key=key
    )


def set_milestone(
    client: Client, plan_id: str, number: int, body: "models.Milestone", *, key: str | None = None
) -> "None":
    """Put off, finish or reopen a milestone, by its number from 1."""
    client.request(
        "POST",
        f"/v1/adopters/{quote(str(plan_id), safe='')}/milestones/{quote(str(number), safe='')}",
        json=body,
        key=key,
    )


def add_indicator(
    client: Client, plan_id: str, body: "models.Indicator", *, key: str | None = None
) -> "None":
    """Measure one thing more."""
    client.request(
        "POST", f"/v1/adopters/{quote(str(plan_id), safe='')}/indicators", json=body, key=key
    )


def record_reading(
    client: Client, plan_id: str, number: int, body: "models.Measured", *, key: str | None = None
) -> "models.Read":
    """Record what was measured as a new version; earlier ones stay."""
    return cast(
        "models.Read",
        client.request(
            "POST",
            f"/v1/adopters/{quote(str(plan_id), safe='')}/indicators/{quote(str(number), safe='')}/readings",
            json=body,
            key=key,
        ),
    )


def list_adoptions(client: Client, contest_id: str) -> "models.Adoptions":
    """Show the office every plan of a contest, and a responsible person their own."""
    return cast(
        "models.Adoptions",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/adopters"),
    )


def show_adopted(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.AdoptedLine]":
    """Show anybody what is in use where."""
    return cast(
        "list[models.AdoptedLine]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/adopted",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def draw_adoptions(client: Client, contest_id: str, *, index: str | None = None) -> "bytes":
    """Draw milestones of every adopter, or the way of one index."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/adopted.svg",
            params={name: value for name, value in {"index": index}.items() if value is not None},
        ),
    )
