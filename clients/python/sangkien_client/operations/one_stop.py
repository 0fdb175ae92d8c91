"""One-stop shops, both ways: dossiers they push here, and portals that mirror ours."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def push_dossier(
    client: Client, body: "models.PushDossier", *, key: str | None = None
) -> "models.PushedDossier":
    """Hand in a whole dossier; the answer is the receipt, or what is still pending."""
    return cast(
        "models.PushedDossier", client.request("POST", "/v1/one-stop/dossiers", json=body, key=key)
    )


def show_dossier(client: Client, code: str) -> "models.DossierView":
    """Show how a dossier of the calling client stands."""
    return cast(
        "models.DossierView",
        client.request("GET", f"/v1/one-stop/dossiers/{quote(str(code), safe='')}"),
    )


def supplement_dossier(
    client: Client, code: str, body: "models.SupplementOfDossier", *, key: str | None = None
) -> "models.PushedDossier":
    """Complete a dossier."""
    return cast(
        "models.PushedDossier",
        client.request(
            "POST",
            f"/v1/one-stop/dossiers/{quote(str(code), safe='')}/supplements",
            json=body,
            key=key,
        ),
    )


def withdraw_dossier(
    client: Client,
    code: str,
    body: "models.EntriesReason | None" = None,
    *,
    key: str | None = None,
) -> "None":
    """Take a dossier back."""
    client.request(
        "POST", f"/v1/one-stop/dossiers/{quote(str(code), safe='')}/withdrawal", json=body, key=key
    )


def list_counterparties(
    client: Client, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.Counterparty]":
    """List the portals that mirror dossiers."""
    return cast(
        "list[models.Counterparty]",
        client.request(
            "GET",
            "/v1/counterparties",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def configure_counterparty(
    client: Client, body: "models.Setup", *, key: str | None = None
) -> "None":
    """Set a portal up that mirrors dossiers, or change it."""
    client.request("PUT", "/v1/counterparties", json=body, key=key)


def list_pushes(
    client: Client,
    name: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    state: Literal["QUEUED", "SENT", "DEAD"] | None = None,
) -> "list[models.PushView]":
    """List what a portal was told, or not yet."""
    return cast(
        "list[models.PushView]",
        client.request(
            "GET",
            f"/v1/counterparties/{quote(str(name), safe='')}/pushes",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor, "state": state}.items()
                if value is not None
            },
        ),
    )


def retry_pushes(
    client: Client, name: str, body: "models.Retry | None" = None, *, key: str | None = None
) -> "models.Retried":
    """Try dead pushes again."""
    return cast(
        "models.Retried",
        client.request(
            "POST", f"/v1/counterparties/{quote(str(name), safe='')}/retry", json=body, key=key
        ),
    )


def list_reconciliations(
    client: Client, name: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.ReconciliationView]":
    """List how a portal's dossiers compared with ours."""
    return cast(
        "list[models.ReconciliationView]",
        client.request(
            "GET",
            f"/v1/counterparties/{quote(str(name), safe='')}/reconciliations",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )
