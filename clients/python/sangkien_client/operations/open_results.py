"""Results as open data: JSON and CSV with the fields of the rules, and no other."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_open_results(client: Client, contest_id: str) -> "models.OpenResults":
    """Show the results as rows, public once published."""
    return cast(
        "models.OpenResults",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/open-results"),
    )


def export_open_results(client: Client, contest_id: str) -> "bytes":
    """Show the results as a CSV file (UTF-8), public once published."""
    return cast(
        "bytes",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/open-results.csv"),
    )
