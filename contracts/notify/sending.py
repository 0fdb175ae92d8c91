"""What notify is asked, and what it says."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from contracts.message import Command, Event, Query

DeliveryChannel = Literal["EMAIL", "WEBHOOK", "ZNS", "SMS", "EDXML", "INBOX"]
DeliveryState = Literal["QUEUED", "HELD", "SENT", "FAILED", "EXPIRED", "DROPPED"]
TryOutcome = Literal["ACCEPTED", "REFUSED", "UNREACHED", "BOUNCED", "UNKNOWN"]


class RegisterWebhook(Command, frozen=True, kw_only=True):
    """Push what happens to a client's entries to its URL. Reply: the signing secret.

    Signed as in the Standard Webhooks specification (headers webhook-id, -timestamp, -signature).
    An earlier secret signs beside the new one for a while, so that the client can change over.
    """

    scope: ClassVar = "status:read"

    url: str


class ReplayWebhook(Command, frozen=True, kw_only=True):
    """Push again what was queued for the client in a span, under the same ids. Reply: how many.

    At most 10,000 pushes; `since` included, `until` not.
    """

    scope: ClassVar = "status:read"

    since: datetime
    until: datetime


class Redeliver(Command, frozen=True, kw_only=True):
    """Send a failed delivery again. Reply: None."""

    delivery_id: str


class ReleaseDelivery(Command, frozen=True, kw_only=True):
    """Send a delivery that was held for a person's look. Reply: None."""

    delivery_id: str


class DropDelivery(Command, frozen=True, kw_only=True):
    """Never send a delivery that is held; the reason stays in the log. Reply: None."""

    delivery_id: str
    reason: str


class ListDeliveries(Query, frozen=True, kw_only=True):
    """Who was told what about an entry, in a contest, to a person, or all of these.

    Reply: tuple of `DeliveryView`, newest first, at most 1000; with their tries if asked.
    """

    entry_id: str | None = None
    contest_id: str | None = None
    recipient: str | None = None
    state: DeliveryState | None = None
    with_tries: bool = False


class ExportDeliveries(Query, frozen=True, kw_only=True):
    """The delivery log as a file, one line a try, oldest first. Reply: `DeliveryFile`.

    At most 100,000 lines; a longer log is refused, with what to narrow.
    """

    form: Literal["CSV", "XLSX"] = "CSV"
    entry_id: str | None = None
    contest_id: str | None = None
    recipient: str | None = None


class DeliveryFile(Struct, frozen=True, kw_only=True):
    """A file of the delivery log. CSV is UTF-8 with a byte order mark, as Excel wants it."""

    name: str
    media_type: str
    content: bytes


class Reason(Struct, frozen=True, kw_only=True):
    """Why a message did not go, to be said in any language: an English sentence and what fills it.

    `template` has `{name}` for each of `params`. What a counterparty answered is in them as codes.
    """

    template: str
    params: dict[str, str] = {}


class TryView(Struct, frozen=True, kw_only=True):
    """One try of a delivery; UNKNOWN is one whose process ended before it was known."""

    number: int
    began_at: datetime
    counterparty: str
    outcome: TryOutcome
    ended_at: datetime | None = None
    accepted_by: str = ""  # the relay, client or provider that took it
    response: str = ""  # its codes, or what went wrong; no sentence that names an address


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
    due_at: datetime | None = None
    expires_at: datetime | None = None
    opened_at: datetime | None = None
    accepted_by: str | None = None
    response: str | None = None
    reason: Reason | None = None  # `last_error`, where it is a sentence of our own
    instead_of: str | None = None  # the delivery given up, for which this one is the fallback
    tries: tuple[TryView, ...] = ()


class SendPasswordLink(Command, frozen=True, kw_only=True):
    """Write to somebody by which link they set a new password. Reply: None.

    The gateway alone asks this. After `good_until` the letter is not sent any more.
    """

    person_id: str
    link: str
    good_until: datetime


AccountChange = Literal["PASSWORD", "SECOND_STEP_SET", "SECOND_STEP_DROPPED"]


class TellOfAccountChange(Command, frozen=True, kw_only=True):
    """Write to somebody how others can no longer, or can now, get into their account. Reply: None.

    The gateway alone asks this.
    """

    person_id: str
    change: AccountChange


class Delivered(Event, frozen=True, kw_only=True):
    """A message reached its channel."""

    delivery_id: str
    event_id: str
    recipient: str
    channel: DeliveryChannel
    entry_id: str | None = None


class DeliveryFailed(Event, frozen=True, kw_only=True):
    """A message could not be delivered, after the last try, or had become pointless."""

    delivery_id: str
    event_id: str
    recipient: str
    channel: DeliveryChannel
    reason: str
    entry_id: str | None = None
    expired: bool = False
