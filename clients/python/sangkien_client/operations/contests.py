"""Contests and their rules."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_contests(
    client: Client, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ContestLine]":
    """List every contest, newest first."""
    return cast(
        "list[models.ContestLine]",
        client.request(
            "GET",
            "/v1/contests",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def open_contest(client: Client, body: bytes, *, key: str | None = None) -> "models.OpenedContest":
    """Check, freeze and announce a rules file, sent as it is (text/yaml)."""
    return cast(
        "models.OpenedContest",
        client.request(
            "POST", "/v1/contests", content=body, headers={"Content-Type": "text/yaml"}, key=key
        ),
    )


def check_rules(client: Client, body: bytes, *, key: str | None = None) -> "models.RulesChecked":
    """Check a rules file (text/yaml) without opening it."""
    return cast(
        "models.RulesChecked",
        client.request(
            "POST",
            "/v1/contests/check",
            content=body,
            headers={"Content-Type": "text/yaml"},
            key=key,
        ),
    )


def list_amendments(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.AmendingAmendment]":
    """List every version of a contest's rules, with the reason and what changed in words."""
    return cast(
        "list[models.AmendingAmendment]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/amendments",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def amend_contest(
    client: Client, contest_id: str, body: "models.ContestsAmendment", *, key: str | None = None
) -> "models.OpenedContest":
    """Change the rules of an open contest."""
    return cast(
        "models.OpenedContest",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/amendments",
            json=body,
            key=key,
        ),
    )


def show_contest(client: Client, contest_id: str) -> "models.OpenedContest":
    """Show a contest with its rules and the hash they are frozen under."""
    return cast(
        "models.OpenedContest",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}"),
    )


def show_schema(client: Client) -> "dict[str, Any]":
    """Show the JSON Schema of rules files, for editors."""
    return cast("dict[str, Any]", client.request("GET", "/v1/contests/schema"))
