"""Entries and prizes in numbers, and the year-end report that is written from them."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_statistics(client: Client, *, contest: list[str] | None = None) -> "models.Statistics":
    """Count entries and prizes of contests side by side; of all if none is named."""
    return cast(
        "models.Statistics",
        client.request(
            "GET",
            "/v1/statistics",
            params={
                name: value for name, value in {"contest": contest}.items() if value is not None
            },
        ),
    )


def export_statistics(client: Client, *, contest: list[str] | None = None) -> "bytes":
    """Return the same as a workbook."""
    return cast(
        "bytes",
        client.request(
            "GET",
            "/v1/statistics.xlsx",
            params={
                name: value for name, value in {"contest": contest}.items() if value is not None
            },
        ),
    )


def draw_statistics(
    client: Client,
    by: Literal["AREA", "UNIT", "KIND", "GROUP", "CHANNEL", "YEAR"],
    *,
    contest: list[str] | None = None,
) -> "bytes":
    """Draw the same by one dimension."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/statistics/{quote(str(by), safe='')}/chart.svg",
            params={
                name: value for name, value in {"contest": contest}.items() if value is not None
            },
        ),
    )


def draft_report(
    client: Client, contest_id: str, body: "models.StatisticsReport", *, key: str | None = None
) -> "models.ReportDraft":
    """Draw up the year-end report from what is recorded now; earlier drafts stay."""
    return cast(
        "models.ReportDraft",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/report/drafts",
            json=body,
            key=key,
        ),
    )


def list_year_reports(client: Client, contest_id: str) -> "models.Reports":
    """List the drafts of the report, and the issued ones."""
    return cast(
        "models.Reports",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/report"),
    )


def issue_report(
    client: Client, contest_id: str, *, key: str | None = None
) -> "models.AwardingPaper":
    """Give the newest draft its number and issue it."""
    return cast(
        "models.AwardingPaper",
        client.request("POST", f"/v1/contests/{quote(str(contest_id), safe='')}/report", key=key),
    )


def fetch_report(client: Client, contest_id: str, version: int, form: str) -> "None":
    """Go to a draft, as `pdf` or `docx`."""
    client.request(
        "GET",
        f"/v1/contests/{quote(str(contest_id), safe='')}/report/drafts/{quote(str(version), safe='')}/{quote(str(form), safe='')}",
    )
