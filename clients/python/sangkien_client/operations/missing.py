"""What is done about sheets that do not come, and about panels that stand apart."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_awaited(client: Client, contest_id: str, round_id: str) -> "models.AwaitedSheets":
    """List whose sheets are still to come, and what the rules allow about it."""
    return cast(
        "models.AwaitedSheets",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/awaited",
        ),
    )


def decline_entry(
    client: Client,
    contest_id: str,
    round_id: str,
    code: str,
    body: "models.Declined",
    *,
    key: str | None = None,
) -> "None":
    """Give an entry back; another judge steps in."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/sheets/{quote(str(code), safe='')}/decline",
        json=body,
        key=key,
    )


def replace_missing(
    client: Client,
    contest_id: str,
    round_id: str,
    judge_id: str,
    body: "models.Stated",
    *,
    key: str | None = None,
) -> "models.JudgesMissed":
    """Have others step in wherever this judge's sheet is still awaited."""
    return cast(
        "models.JudgesMissed",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/judges/{quote(str(judge_id), safe='')}/replace",
            json=body,
            key=key,
        ),
    )


def count_without(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.Stated",
    *,
    key: str | None = None,
) -> "models.JudgesMissed":
    """Count entries with the sheets there are, where the rules' quorum is met."""
    return cast(
        "models.JudgesMissed",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/quorum",
            json=body,
            key=key,
        ),
    )


def extend_round(
    client: Client,
    contest_id: str,
    round_id: str,
    body: "models.MissingExtended",
    *,
    key: str | None = None,
) -> "None":
    """Take sheets until a later instant."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/extension",
        json=body,
        key=key,
    )


def record_discussion(
    client: Client,
    contest_id: str,
    round_id: str,
    code: str,
    body: "models.Discussed",
    *,
    key: str | None = None,
) -> "None":
    """State that the panel of an entry has discussed its spread."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/sheets/{quote(str(code), safe='')}/discussion",
        json=body,
        key=key,
    )
