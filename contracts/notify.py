"""What notify is asked, and what it says."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.message import Command, Event, Query

DeliveryChannel = Literal["EMAIL", "WEBHOOK"]
DeliveryState = Literal["QUEUED", "SENT", "FAILED"]


class RegisterWebhook(Command, frozen=True, kw_only=True):
    """Push what happens to a client's entries to its URL. Reply: the signing secret.

    Signed as in the Standard Webhooks specification (headers webhook-id, -timestamp, -signature).
    """

    scope: ClassVar = "status:read"

    url: str


class Redeliver(Command, frozen=True, kw_only=True):
    """Send a failed delivery again. Reply: None."""

    delivery_id: str


class ListDeliveries(Query, frozen=True, kw_only=True):
    """Who was told what about an entry, in a contest, or both.

    Reply: tuple of `DeliveryView`, newest first, at most 1000.
    """

    entry_id: str | None = None
    contest_id: str | None = None


class DeliveryView(Struct, frozen=True, kw_only=True):
    """One message to one recipient; the address itself is not shown."""

    delivery_id: str
    event_type: str
    template: str
    recipient: str  # person or client id
    channel: DeliveryChannel
    state: DeliveryState
    queued_at: datetime
    attempts: int
    sent_at: datetime | None = None
    entry_id: str | None = None
    last_error: str | None = None


class Delivered(Event, frozen=True, kw_only=True):
    """A message reached its channel."""

    delivery_id: str
    event_id: str
    recipient: str
    channel: DeliveryChannel
    entry_id: str | None = None


class DeliveryFailed(Event, frozen=True, kw_only=True):
    """A message could not be delivered, after the last try."""

    delivery_id: str
    event_id: str
    recipient: str
    channel: DeliveryChannel
    reason: str
    entry_id: str | None = None
