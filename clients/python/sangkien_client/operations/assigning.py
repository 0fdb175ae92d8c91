"""Who judges what: plans, pairs kept apart, and panels mended while a round is open."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def keep_apart(
    client: Client, contest_id: str, body: "models.AssigningPair", *, key: str | None = None
) -> "None":
    """Never assign these two judges to one entry."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/apart", json=body, key=key
    )


def let_together(
    client: Client, contest_id: str, body: "models.AssigningPair", *, key: str | None = None
) -> "None":
    """Let two judges who were kept apart be assigned to one entry again."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/together", json=body, key=key
    )


def plan_round(
    client: Client, contest_id: str, round_id: str, *, seed: str | None = None
) -> "models.RoundPlan":
    """Say who would judge what, or who does; or why not every entry can have its judges."""
    return cast(
        "models.RoundPlan",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/plan",
            params={name: value for name, value in {"seed": seed}.items() if value is not None},
        ),
    )


def export_plan(
    client: Client, contest_id: str, round_id: str, *, seed: str | None = None
) -> "bytes":
    """Return the same as a spreadsheet."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/plan.xlsx",
            params={name: value for name, value in {"seed": seed}.items() if value is not None},
        ),
    )


def release_judge(
    client: Client,
    contest_id: str,
    round_id: str,
    judge_id: str,
    body: "models.AssigningLeaving",
    *,
    key: str | None = None,
) -> "models.Repaired":
    """Let a judge leave the open round; what they have not marked goes to others."""
    return cast(
        "models.Repaired",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/judges/{quote(str(judge_id), safe='')}/release",
            json=body,
            key=key,
        ),
    )


def level_round(
    client: Client, contest_id: str, round_id: str, *, key: str | None = None
) -> "models.Repaired":
    """Even the loads of the open round out, as after a judge came."""
    return cast(
        "models.Repaired",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/rounds/{quote(str(round_id), safe='')}/level",
            key=key,
        ),
    )
