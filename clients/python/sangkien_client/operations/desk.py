"""The desk: paper dossiers, one by one or many from a sheet (XLSX)."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def record_handover(
    client: Client, entry_id: str, body: "models.HandedOver", *, key: str | None = None
) -> "None":
    """Note who handed a paper dossier over, and what was in it."""
    client.request(
        "PUT", f"/v1/entries/{quote(str(entry_id), safe='')}/handover", json=body, key=key
    )


def import_entries(
    client: Client,
    contest_id: str,
    body: bytes,
    *,
    dry_run: bool | None = None,
    key: str | None = None,
) -> "models.SheetImported":
    """Enter the dossiers of a sheet, sent as it is (XLSX): all of them or, with 422, none."""
    return cast(
        "models.SheetImported",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/imports",
            content=body,
            headers={"Content-Type": "application/octet-stream"},
            key=key,
            params={
                name: value for name, value in {"dry_run": dry_run}.items() if value is not None
            },
        ),
    )


def draw_sheet(client: Client, contest_id: str) -> "bytes":
    """Fetch an empty sheet with the choices of the contest."""
    return cast(
        "bytes",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/imports/template"),
    )
