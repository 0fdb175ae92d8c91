"""Making ready what a lane sends: what is written, to which address, over which channel."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from jinja2 import TemplateError

from kernel.database import Work
from kernel.errors import NotYet
from services.notify import channels, hooks, mail, store
from services.notify.domain import Down, Outcome, Reached, TurnedAway
from services.notify.domain.guarding import Leak, find_leak
from services.notify.domain.reasons import Reason
from services.notify.domain.trying import PAUSES
from services.notify.numbering import NoDocument, as_document
from services.notify.settings import NotifySettings
from services.notify.tokens import Open, send_forms
from services.notify.wording import Writer
from services.notify.writing import NotWritten
from services.notify.written import (
    FormMessage,
    Letter,
    OfficialDocument,
    ShortMessage,
    Written,
)

LEAKS: dict[Leak, Reason] = {
    "SCORE": Reason.TELLS_SCORE,
    "IDENTITY_NUMBER": Reason.TELLS_IDENTITY_NUMBER,
    "SOMEBODY'S_WORDS": Reason.TELLS_SOMEBODYS_WORDS,
}
TURN = 5  # messages written between two turns of the other lanes
Tried = tuple[str, Outcome]
Carry = Callable[[], Iterator[Tried]]


@dataclass
class Load:
    """What is ready to go, what cannot be sent, and what rests, and until when.

    `carry` sends what is ready, result by result.
    """

    carry: Carry = field(default=lambda: iter(()))
    ready: list[store.DeliveryRow] = field(default_factory=list)
    unsendable: list[Tried] = field(default_factory=list)
    resting: dict[datetime, list[store.DeliveryRow]] = field(default_factory=dict)


class Unsendable(Exception):
    """This cannot be sent; `outcome` says why and whether for good."""

    def __init__(self, reason: str, *, for_good: bool = True) -> None:
        self.outcome = TurnedAway(reason, for_good=for_good)
        super().__init__(reason)


def make_ready(
    work: Work, rows: Sequence[store.DeliveryRow], settings: NotifySettings, open_work: Open
) -> Load:
    """Write everything that a counterparty is to get; say of the rest why it cannot go.

    Sending may open transactions of its own; this one is over by then.
    """
    load = Load()
    readers = {row.recipient for row in rows if row.channel != "WEBHOOK"}
    people = store.load_people(work.session, readers) if readers else {}
    writer = Writer(work, settings.portal_url, people)
    parcels: list[Any] = []
    for number, row in enumerate(rows, 1):
        if number % TURN == 0:
            time.sleep(0)  # the others' turn: writing alone would keep them waiting
        if row.channel != "WEBHOOK" and (until := writer.resting_until(row)):
            load.resting.setdefault(until, []).append(row)
            continue
        try:
            parcels.append(pack(row, people.get(row.recipient), writer, settings))
            load.ready.append(row)
        except Unsendable as error:
            load.unsendable.append((row.delivery_id, error.outcome))
    if parcels:
        load.carry = carrier(work, rows[0], parcels, Around(settings, open_work))
    return load


def pack(
    row: store.DeliveryRow,
    person: store.PersonRow | None,
    writer: Writer,
    settings: NotifySettings,
) -> Any:  # noqa: ANN401  # as the channel has it
    """Return what the row's channel takes. Raises `Unsendable`."""
    if row.attempts > len(PAUSES) + 1:
        raise Unsendable(Reason.ALL_ENDED.say())
    if row.channel == "WEBHOOK":
        return hooks.Pushed(row.delivery_id, payload(row))
    if person is None:
        # Names travel by an event of their own, which may be late.
        raise Unsendable(Reason.NOBODY_YET.say(), for_good=False)
    address, name = address_of(person, row.channel), person.full_name
    written = write(row, name, writer)
    if isinstance(written, Letter):
        return mail.Mail(row.delivery_id, name, address, written)
    if isinstance(written, OfficialDocument):
        written = numbered(writer.work, row.delivery_id, person, written, settings)
    return channels.Parcel(row.delivery_id, address, written)


def address_of(person: store.PersonRow, channel: str) -> str:
    """Return where somebody is reached. Raises `Unsendable`."""
    if channel in {"INBOX", "EDXML"}:
        return person.person_id
    if channel == "EMAIL":
        if person.email is None:
            raise Unsendable(Reason.NO_EMAIL.say())
        if person.email == person.bounced_email:
            raise Unsendable(Reason.EMAIL_RETURNS.say())
        return person.email
    if person.phone is None:
        raise Unsendable(Reason.NO_PHONE.say())
    return person.phone


def write(row: store.DeliveryRow, name: str, writer: Writer) -> Written:
    """Write it, and see that a short message gives nothing away. Raises `Unsendable`."""
    try:
        written = writer.write(row, name)
    except TemplateError as error:
        wrong = Reason.BAD_TEMPLATE.say(template=row.template, error=type(error).__name__)
        raise Unsendable(wrong, for_good=False) from error
    except NotYet as error:
        raise Unsendable(Reason.NO_CONTEST_YET.say(), for_good=False) from error
    except NotWritten as error:
        raise Unsendable(str(error)) from error
    texts: tuple[str, ...] = ()
    if isinstance(written, ShortMessage):
        texts = (written.text,)
    elif isinstance(written, FormMessage):
        texts = tuple(written.fields.values())
    if texts and (leak := find_leak(texts, row.content)):
        raise Unsendable(LEAKS[leak].say())
    return written


def numbered(
    work: Work,
    delivery_id: str,
    person: store.PersonRow,
    written: OfficialDocument,
    settings: NotifySettings,
) -> OfficialDocument:
    """Make a document of it. Raises `Unsendable`."""
    try:
        axis = channels.load(settings.channels_file, work.tenant).edxml
        return as_document(work, axis, delivery_id, person.unit_id, written)
    except channels.BadSetup as error:
        raise Unsendable(str(error), for_good=False) from error
    except NoDocument as error:
        raise Unsendable(str(error)) from error


def payload(row: store.DeliveryRow) -> bytes:
    """Write the body of a push; the same bytes at every try."""
    said = {"type": row.event_type, "timestamp": row.queued_at, "data": row.content}
    return msgspec.json.encode(said, order="sorted")


@dataclass(frozen=True, slots=True)
class Around:
    """What carriers need beside their parcels."""

    settings: NotifySettings
    open_work: Open


def carrier(work: Work, first: store.DeliveryRow, parcels: list[Any], around: Around) -> Carry:
    """Return what sends these parcels of one channel."""
    match first.channel:
        case "EMAIL":
            return mailing(parcels, around.settings, work.now)
        case "WEBHOOK":
            return pushing(work, first.recipient, parcels, around.settings)
        case "INBOX":  # the row itself is the note; the portal shows it
            return lambda: ((one.delivery_id, Reached("portal")) for one in parcels)
    return provided(work, first.channel, parcels, around)


def mailing(parcels: list[Any], settings: NotifySettings, now: datetime) -> Carry:
    """Return what sends letters."""
    signer = None
    if settings.dkim_selector:
        domain = settings.smtp_sender.rpartition("@")[2].rstrip(">")
        try:
            signer = mail.Signer.of(domain, settings.dkim_selector, settings.dkim_key)
        except mail.BadKey as error:
            return refusing(parcels, str(error), for_good=False)
    route = mail.Route(settings.smtp_url, settings.smtp_sender, signer, settings.smtp_ca_file)
    return partial(mail.send, route, now, parcels)


def pushing(work: Work, client_id: str, parcels: list[Any], settings: NotifySettings) -> Carry:
    """Return what pushes to a client."""
    client = store.load_webhook(work.session, client_id)
    if client is None:
        return refusing(parcels, Reason.NO_WEBHOOK.say())
    hook = hooks.Hook(client.url, client.secrets(work.now), settings.webhook_allow_loopback)
    return partial(hooks.push_all, hook, work.now, parcels)


def provided(work: Work, channel: str, parcels: list[Any], around: Around) -> Carry:
    """Return what sends over the tenant's own provider of a channel."""
    try:
        setup = channels.load(around.settings.channels_file, work.tenant)
    except channels.BadSetup as error:
        return refusing(parcels, str(error), for_good=False)
    carries: dict[str, Carry] = {}
    if setup.zns:
        carries["ZNS"] = partial(send_forms, around.open_work, setup.zns, parcels)
    if setup.sms:
        texts = partial(channels.send_texts, setup.sms, parcels)
        carries["SMS"] = partial(set_up, texts, parcels)
    if setup.edxml:
        documents = partial(channels.send_documents, setup.edxml, work.now, parcels)
        carries["EDXML"] = partial(set_up, documents, parcels)
    missing = Reason.NOT_SET_UP.say(channel=channel, tenant=work.tenant)
    return carries.get(channel) or refusing(parcels, missing)


def set_up(carry: Carry, parcels: list[Any]) -> Iterator[Tried]:
    """Send, or leave the counterparty alone while a secret that it takes cannot be read."""
    try:
        yield from carry()
    except channels.BadSetup as error:
        yield from ((one.delivery_id, Down(str(error))) for one in parcels)


def refusing(parcels: list[Any], why: str, *, for_good: bool = True) -> Carry:
    """Return what sends nothing and says why."""
    refused = TurnedAway(why, for_good=for_good)
    return lambda: ((one.delivery_id, refused) for one in parcels)
