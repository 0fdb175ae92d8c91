"""Juries, who leaves them and who steps in, and what keeps judges from entries."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_jury(client: Client, contest_id: str) -> "models.JuryView":
    """Show who sits and sat on the jury, and which entries are short of a judge."""
    return cast(
        "models.JuryView",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/jury"),
    )


def seat_jury(
    client: Client, contest_id: str, body: "models.Jury", *, key: str | None = None
) -> "None":
    """Appoint the jury of a contest, whole or in panels."""
    client.request(
        "PUT", f"/v1/contests/{quote(str(contest_id), safe='')}/jury", json=body, key=key
    )


def replace_judge(
    client: Client, contest_id: str, body: "models.JuriesLeaving", *, key: str | None = None
) -> "models.JudgeReplacement":
    """End a judge's seats by a decision, and hand over what they still owe."""
    return cast(
        "models.JudgeReplacement",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/jury/replacements",
            json=body,
            key=key,
        ),
    )


def list_jury_notes(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.JuryNote]":
    """List what was noted of the jury and of conflicts, for the minutes."""
    return cast(
        "list[models.JuryNote]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/jury/notes",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def record_posts(
    client: Client, person_id: str, body: "models.Posts", *, key: str | None = None
) -> "None":
    """Say where somebody belongs and belonged, and when."""
    client.request("PUT", f"/v1/people/{quote(str(person_id), safe='')}/posts", json=body, key=key)


def list_conflicts(
    client: Client,
    contest_id: str,
    *,
    judge_id: str | None = None,
    entry_id: str | None = None,
    after: str | None = None,
    most: int | None = None,
) -> "models.ConflictList":
    """List what stands between judges and entries, with the grounds."""
    return cast(
        "models.ConflictList",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/conflicts",
            params={
                name: value
                for name, value in {
                    "judge_id": judge_id,
                    "entry_id": entry_id,
                    "after": after,
                    "most": most,
                }.items()
                if value is not None
            },
        ),
    )


def declare_conflict(
    client: Client, contest_id: str, body: "models.ConflictOfInterest", *, key: str | None = None
) -> "None":
    """Keep a judge away from an entry, or from whatever a person enters."""
    client.request(
        "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/conflicts", json=body, key=key
    )


def list_declarations(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.Declared]":
    """List what was declared and pinned, with its trace."""
    return cast(
        "list[models.Declared]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/conflicts/declared",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def withdraw_conflict(
    client: Client,
    contest_id: str,
    declaration_id: str,
    body: "models.JuriesReason",
    *,
    key: str | None = None,
) -> "None":
    """Take a declaration back."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/conflicts/declared/{quote(str(declaration_id), safe='')}/withdraw",
        json=body,
        key=key,
    )


def pin_conflict(
    client: Client, contest_id: str, body: "models.Pin", *, key: str | None = None
) -> "models.Pinned":
    """As chair, keep a judge from an entry, or state that a found ground is no obstacle."""
    return cast(
        "models.Pinned",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/conflicts/pins",
            json=body,
            key=key,
        ),
    )


def lift_pin(
    client: Client,
    contest_id: str,
    pin_id: str,
    body: "models.JuriesReason",
    *,
    key: str | None = None,
) -> "None":
    """As chair, take a pin back."""
    client.request(
        "POST",
        f"/v1/contests/{quote(str(contest_id), safe='')}/conflicts/pins/{quote(str(pin_id), safe='')}/lift",
        json=body,
        key=key,
    )
