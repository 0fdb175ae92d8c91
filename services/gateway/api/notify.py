"""Who was told what, and webhooks."""

from litestar import get, put
from litestar.params import JSONBody
from msgspec import Struct

from contracts import notify
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling


class WebhookSecret(Struct, frozen=True, kw_only=True):
    """What deliveries to the webhook are signed with (Standard Webhooks)."""

    secret: str


@put("/webhook")
async def register_webhook(
    caller: Calling, data: JSONBody[notify.RegisterWebhook]
) -> WebhookSecret:
    """Have what happens to the calling client's entries pushed to its URL."""
    return WebhookSecret(secret=await caller.ask(data, str))


@get("/contests/{contest_id:str}/deliveries")
async def list_deliveries(caller: Calling, contest_id: Name) -> tuple[notify.DeliveryView, ...]:
    """List who was told what in a contest."""
    query = notify.ListDeliveries(contest_id=contest_id)
    return await caller.ask(query, tuple[notify.DeliveryView, ...])


@get("/entries/{entry_id:str}/deliveries")
async def list_entry_deliveries(
    caller: Calling, entry_id: Name
) -> tuple[notify.DeliveryView, ...]:
    """List who was told what about an entry."""
    query = notify.ListDeliveries(entry_id=entry_id)
    return await caller.ask(query, tuple[notify.DeliveryView, ...])


@do("/deliveries/{delivery_id:str}/redeliver")
async def redeliver(caller: Calling, delivery_id: Name) -> None:
    """Send a failed delivery again."""
    await caller.tell(notify.Redeliver(delivery_id=delivery_id))


ROUTES = (register_webhook, list_deliveries, list_entry_deliveries, redeliver)
