"""Who stands beside the entrants: heads of units confirm, officers may not enter."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def confirm_by_unit(
    client: Client, entry_id: str, body: "models.Word", *, key: str | None = None
) -> "None":
    """Confirm, as head of its unit, the entry as it was handed in, or say why not."""
    client.request(
        "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/confirmation", json=body, key=key
    )


def name_officers(
    client: Client, contest_id: str, body: "models.Members", *, key: str | None = None
) -> "models.PutOut":
    """Say who belongs to a body; what they have handed in is put out of the contest."""
    return cast(
        "models.PutOut",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/officers", json=body, key=key
        ),
    )
