"""The exchange between provinces: theirs ask here, ours ask there, and it is on record."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_comparisons(
    client: Client, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ComparisonLine]":
    """List who was asked or answered, when, and with which band."""
    return cast(
        "list[models.ComparisonLine]",
        client.request(
            "GET",
            "/v1/exchange/comparisons",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def compare_fingerprints(
    client: Client, body: "models.Question", *, key: str | None = None
) -> "models.BandAnswer":
    """Say how much keyed fingerprints have in common with an initiative known here, as a band."""
    return cast(
        "models.BandAnswer", client.request("POST", "/v1/exchange/comparisons", json=body, key=key)
    )


def ask_province(
    client: Client, entry_id: str, body: "models.Province", *, key: str | None = None
) -> "models.ProvinceAnswer":
    """Ask another province whether it knows an initiative like an entry."""
    return cast(
        "models.ProvinceAnswer",
        client.request(
            "POST", f"/v1/entries/{quote(str(entry_id), safe='')}/exchange", json=body, key=key
        ),
    )
