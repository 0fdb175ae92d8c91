"""Who was told what, and webhooks."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def register_webhook(
    client: Client, body: "models.RegisterWebhook", *, key: str | None = None
) -> "models.WebhookSecret":
    """Have what happens to the calling client's entries pushed to its URL."""
    return cast("models.WebhookSecret", client.request("PUT", "/v1/webhook", json=body, key=key))


def replay_webhook(
    client: Client, body: "models.ReplayWebhook", *, key: str | None = None
) -> "models.Replayed":
    """Have what was queued for the calling client in a span pushed again, under the same ids."""
    return cast(
        "models.Replayed", client.request("POST", "/v1/webhook/replay", json=body, key=key)
    )


def list_deliveries(
    client: Client, contest_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.DeliveryView]":
    """List who was told what in a contest."""
    return cast(
        "list[models.DeliveryView]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/deliveries",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def list_entry_deliveries(
    client: Client, entry_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.DeliveryView]":
    """List who was told what about an entry, and when, with every try."""
    return cast(
        "list[models.DeliveryView]",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/deliveries",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def list_person_deliveries(
    client: Client, person_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.DeliveryView]":
    """List what a person or client was told, with every try."""
    return cast(
        "list[models.DeliveryView]",
        client.request(
            "GET",
            f"/v1/people/{quote(str(person_id), safe='')}/deliveries",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def export_deliveries(
    client: Client, contest_id: str, *, form: Literal["CSV", "XLSX"] | None = None
) -> "bytes":
    """Return the delivery log of a contest as a file, a line a try."""
    return cast(
        "bytes",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/deliveries/log",
            params={name: value for name, value in {"form": form}.items() if value is not None},
        ),
    )


def redeliver(client: Client, delivery_id: str, *, key: str | None = None) -> "None":
    """Send a failed delivery again."""
    client.request("POST", f"/v1/deliveries/{quote(str(delivery_id), safe='')}/redeliver", key=key)


def release_delivery(client: Client, delivery_id: str, *, key: str | None = None) -> "None":
    """Send a delivery that was held for a person's look."""
    client.request("POST", f"/v1/deliveries/{quote(str(delivery_id), safe='')}/release", key=key)


def drop_delivery(
    client: Client, delivery_id: str, body: "models.DroppedFor", *, key: str | None = None
) -> "None":
    """Never send a delivery that is held; the reason stays in the log."""
    client.request(
        "POST", f"/v1/deliveries/{quote(str(delivery_id), safe='')}/drop", json=body, key=key
    )
