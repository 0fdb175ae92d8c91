"""The units that may take part: from JSON, from files, and who continues whom."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_agencies(
    client: Client,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    as_of: str | None = None,
) -> "list[models.Agency]":
    """List the units that may take part, or those there were on a day."""
    return cast(
        "list[models.Agency]",
        client.request(
            "GET",
            "/v1/agencies",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor, "as_of": as_of}.items()
                if value is not None
            },
        ),
    )


def import_agencies(
    client: Client, body: "models.ImportAgencies", *, key: str | None = None
) -> "int":
    """Record the units that may take part; returns how many are known."""
    return cast("int", client.request("PUT", "/v1/agencies", json=body, key=key))


def import_agency_file(
    client: Client,
    body: bytes,
    *,
    file_name: str | None = None,
    dry_run: bool | None = None,
    key: str | None = None,
) -> "models.AgencyFileRead":
    """Record the units of a CSV or XLSX file, sent as it is; all of them or none."""
    return cast(
        "models.AgencyFileRead",
        client.request(
            "POST",
            "/v1/agencies/import",
            content=body,
            headers={"Content-Type": "application/octet-stream"},
            key=key,
            params={
                name: value
                for name, value in {"file_name": file_name, "dry_run": dry_run}.items()
                if value is not None
            },
        ),
    )


def list_successions(
    client: Client, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.AgencySuccession]":
    """List who continues whom."""
    return cast(
        "list[models.AgencySuccession]",
        client.request(
            "GET",
            "/v1/agencies/successions",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def record_successions(
    client: Client, body: "models.RecordSuccessions", *, key: str | None = None
) -> "int":
    """Record who continues whom; returns how many successions are known."""
    return cast("int", client.request("PUT", "/v1/agencies/successions", json=body, key=key))
