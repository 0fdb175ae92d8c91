"""Who was told what, and webhooks."""

from typing import Annotated, Literal

from litestar import Response, get, put
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct

from contracts import notify
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging

Form = Annotated[Literal["CSV", "XLSX"], QueryParameter(name="form")]

Deliveries = Response[tuple[notify.DeliveryView, ...]]


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
async def list_deliveries(caller: Calling, contest_id: Name, paging: Paging) -> Deliveries:
    """List who was told what in a contest."""
    query = notify.ListDeliveries(contest_id=contest_id)
    lines = await caller.ask(query, tuple[notify.DeliveryView, ...])
    return paging.of(lines, lambda line: line.delivery_id)


@get("/entries/{entry_id:str}/deliveries")
async def list_entry_deliveries(caller: Calling, entry_id: Name, paging: Paging) -> Deliveries:
    """List who was told what about an entry, and when, with every try."""
    query = notify.ListDeliveries(entry_id=entry_id, with_tries=True)
    lines = await caller.ask(query, tuple[notify.DeliveryView, ...])
    return paging.of(lines, lambda line: line.delivery_id)


@do("/deliveries/{delivery_id:str}/redeliver")
async def redeliver(caller: Calling, delivery_id: Name) -> None:
    """Send a failed delivery again."""
    await caller.tell(notify.Redeliver(delivery_id=delivery_id))


@do("/deliveries/{delivery_id:str}/release")
async def release_delivery(caller: Calling, delivery_id: Name) -> None:
    """Send a delivery that was held for a person's look."""
    await caller.tell(notify.ReleaseDelivery(delivery_id=delivery_id))


class DroppedFor(Struct, frozen=True, kw_only=True):
    """Why a held delivery is never sent."""

    reason: str


@do("/deliveries/{delivery_id:str}/drop")
async def drop_delivery(caller: Calling, delivery_id: Name, data: JSONBody[DroppedFor]) -> None:
    """Never send a delivery that is held; the reason stays in the log."""
    await caller.tell(notify.DropDelivery(delivery_id=delivery_id, reason=data.reason))


class Replayed(Struct, frozen=True, kw_only=True):
    """How many pushes will be sent again."""

    count: int


@act("/webhook/replay")
async def replay_webhook(caller: Calling, data: JSONBody[notify.ReplayWebhook]) -> Replayed:
    """Have what was queued for the calling client in a span pushed again, under the same ids."""
    return Replayed(count=await caller.ask(data, int))


@get("/people/{person_id:str}/deliveries")
async def list_person_deliveries(caller: Calling, person_id: Name, paging: Paging) -> Deliveries:
    """List what a person or client was told, with every try."""
    query = notify.ListDeliveries(recipient=person_id, with_tries=True)
    lines = await caller.ask(query, tuple[notify.DeliveryView, ...])
    return paging.of(lines, lambda line: line.delivery_id)


@get("/contests/{contest_id:str}/deliveries/log")
async def export_deliveries(
    caller: Calling, contest_id: Name, form: Form = "CSV"
) -> Response[bytes]:
    """Return the delivery log of a contest as a file, a line a try."""
    asked = notify.ExportDeliveries(form=form, contest_id=contest_id)
    file = await caller.ask(asked, notify.DeliveryFile)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    kind = file.media_type.partition(";")[0]  # the framework says of every text that it is UTF-8
    return Response(file.content, media_type=kind, headers=headers)


ROUTES = (
    *(register_webhook, replay_webhook, list_deliveries, list_entry_deliveries),
    *(list_person_deliveries, export_deliveries, redeliver, release_delivery, drop_delivery),
)
