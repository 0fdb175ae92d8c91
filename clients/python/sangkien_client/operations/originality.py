"""Originality: the register of known initiatives, reports and rulings."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_initiatives(
    client: Client,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    register: str | None = None,
) -> "list[models.InitiativeLine]":
    """List the known initiatives, of one register or of all."""
    return cast(
        "list[models.InitiativeLine]",
        client.request(
            "GET",
            "/v1/initiatives",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor, "register": register}.items()
                if value is not None
            },
        ),
    )


def import_initiatives(
    client: Client, body: "models.ImportInitiatives", *, key: str | None = None
) -> "int":
    """Add to the register of known initiatives; returns how many are known."""
    return cast("int", client.request("POST", "/v1/initiatives", json=body, key=key))


def remove_initiative(
    client: Client, *, register: str | None = None, code: str | None = None, key: str | None = None
) -> "None":
    """Take an initiative out of a register."""
    client.request(
        "DELETE",
        "/v1/initiatives",
        key=key,
        params={
            name: value
            for name, value in {"register": register, "code": code}.items()
            if value is not None
        },
    )


def import_register(
    client: Client,
    body: bytes,
    *,
    register: str | None = None,
    twins: Literal["REFUSE", "MERGE", "KEEP"] | None = None,
    dry_run: bool | None = None,
    key: str | None = None,
) -> "models.RegisterImported":
    """Add the initiatives of a file, sent as it is (CSV, XLSX, ZIP): all or, with 422, none."""
    return cast(
        "models.RegisterImported",
        client.request(
            "POST",
            "/v1/initiatives/imports",
            content=body,
            headers={"Content-Type": "application/octet-stream"},
            key=key,
            params={
                name: value
                for name, value in {
                    "register": register,
                    "twins": twins,
                    "dry_run": dry_run,
                }.items()
                if value is not None
            },
        ),
    )


def read_report(
    client: Client, entry_id: str, *, contest: str | None = None
) -> "models.ReportReport":
    """Show the newest report on an entry; a judge's code is one of `contest`."""
    return cast(
        "models.ReportReport",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/originality",
            params={
                name: value for name, value in {"contest": contest}.items() if value is not None
            },
        ),
    )


def reproduce_report(client: Client, named: str) -> "models.Reproduction":
    """Make a report again, named by its id or its entry's, from the index as it was then."""
    return cast(
        "models.Reproduction",
        client.request("GET", f"/v1/originality/{quote(str(named), safe='')}/reproduction"),
    )


def list_reports(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ReportLine]":
    """List the newest report on every entry of a contest."""
    return cast(
        "list[models.ReportLine]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/originality",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def print_report(client: Client, entry_id: str, *, contest: str | None = None) -> "bytes":
    """Return the newest report on an entry as PDF, for the file."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/originality/report.pdf",
            params={
                name: value for name, value in {"contest": contest}.items() if value is not None
            },
        ),
    )


def print_report_for_word(client: Client, entry_id: str, *, contest: str | None = None) -> "bytes":
    """Return the newest report on an entry as DOCX, for the file."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/originality/report.docx",
            params={
                name: value for name, value in {"contest": contest}.items() if value is not None
            },
        ),
    )


def rule_on_report(
    client: Client, entry_id: str, body: "models.Ruled", *, key: str | None = None
) -> "None":
    """Decide whether an entry repeats a known idea."""
    client.request(
        "POST",
        f"/v1/entries/{quote(str(entry_id), safe='')}/originality/rulings",
        json=body,
        key=key,
    )


def check_text(
    client: Client, contest_id: str, body: "models.Text", *, key: str | None = None
) -> "models.ReportReport":
    """Compare a text with everything the contest knows; nothing of it is kept."""
    return cast(
        "models.ReportReport",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/originality/checks",
            json=body,
            key=key,
        ),
    )


def check_my_text(
    client: Client, contest_id: str, body: "models.Text", *, key: str | None = None
) -> "models.OwnCheck":
    """Compare the caller's own text before it is handed in, if the rules allow it."""
    return cast(
        "models.OwnCheck",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/originality/own-checks",
            json=body,
            key=key,
        ),
    )
