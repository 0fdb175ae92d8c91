"""The formal check of a dossier."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_checklist(client: Client, entry_id: str) -> "models.Checklist":
    """Show what of a dossier is right, what is not and what has to be looked at."""
    return cast(
        "models.Checklist",
        client.request("GET", f"/v1/entries/{quote(str(entry_id), safe='')}/checklist"),
    )


def answer_checklist(
    client: Client, entry_id: str, item: str, body: "models.Finding", *, key: str | None = None
) -> "None":
    """Say whether a line of the checklist is right."""
    client.request(
        "PUT",
        f"/v1/entries/{quote(str(entry_id), safe='')}/checklist/{quote(str(item), safe='')}",
        json=body,
        key=key,
    )
