"""The timers that send what is queued, each counterparty beside the others."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import assert_never, cast

import msgspec
from jinja2 import TemplateError

from contracts import notify
from kernel.database import Work
from kernel.messaging import every
from services.notify import domain, hooks, mail, store, writing
from services.notify.abreast import Errand, run_abreast
from services.notify.domain import Down, Outcome, TurnedAway
from services.notify.settings import NotifySettings

LETTERS = 50  # per tick; what is sent but not recorded when a process dies is sent again
PUSHES = 10  # per tick and client
SECONDS = 8.0  # no tick waits longer for anybody

Tried = tuple[str, Outcome]


class Sending:
    """Sends what is due."""

    settings: NotifySettings

    @every(seconds=0.5, due=lambda work: store.tenants_due(work.session, work.now, mail=True))
    def send_letters(self, work: Work) -> None:
        """Hand what is due to the mail relay."""
        rows = store.claim_due(work.session, store.MAIL, work.now, LETTERS)
        mails, unsendable = write_letters(work, rows)
        settle(work, rows, unsendable)
        if mails:
            url, sender = self.settings.smtp_url, self.settings.smtp_sender
            errand = partial(mail.send, url, sender, work.now, mails)
            done = run_abreast({store.MAIL: errand}, SECONDS)[store.MAIL]
            by_id = {row.delivery_id: row for row in rows}
            settle_counterparty(work, [by_id[one.delivery_id] for one in mails], done)

    @every(seconds=0.5, due=lambda work: store.tenants_due(work.session, work.now, mail=False))
    def push_states(self, work: Work) -> None:
        """Push what is due to every client, side by side."""
        clients = store.ready_clients(work.session)
        due = {
            name: rows
            for name in clients
            if (rows := store.claim_due(work.session, name, work.now, PUSHES))
        }
        errands = {
            name: partial(
                hooks.push_all,
                clients[name].url,
                clients[name].secret,
                work.now,
                [hooks.Pushed(row.delivery_id, payload(row)) for row in rows],
                allow_loopback=self.settings.webhook_allow_loopback,
            )
            for name, rows in due.items()
        }
        for name, done in run_abreast(errands, SECONDS).items():
            settle_counterparty(work, due[name], done)


def write_letters(
    work: Work, rows: Iterable[store.DeliveryRow]
) -> tuple[list[mail.Mail], list[Tried]]:
    """Write the letters that can be sent; say why the others cannot."""
    people = store.load_people(work.session, {row.recipient for row in rows})
    mails: list[mail.Mail] = []
    unsendable: list[Tried] = []
    for row in rows:
        person = people.get(row.recipient)
        if person is None:
            # Names travel by an event of their own, which may be late.
            unsendable.append((row.delivery_id, TurnedAway("Nobody knows this person yet.")))
        elif person.email is None:
            gone = TurnedAway("This person has no e-mail address.", for_good=True)
            unsendable.append((row.delivery_id, gone))
        else:
            contest = store.load_contest(work.session, row.contest_id)
            try:
                letter = writing.write(row.template, row.content, person.full_name, contest)
            except TemplateError as error:
                wrong = TurnedAway(f"Template {row.template}: {type(error).__name__}.")
                unsendable.append((row.delivery_id, wrong))
            else:
                mails.append(mail.Mail(row.delivery_id, person.full_name, person.email, letter))
    return mails, unsendable


def payload(row: store.DeliveryRow) -> bytes:
    """Write the body of a push; the same bytes at every try."""
    said = {"type": row.event_type, "timestamp": row.queued_at, "data": row.content}
    return msgspec.json.encode(said, order="sorted")


def settle_counterparty(
    work: Work, rows: Iterable[store.DeliveryRow], done: Errand[Tried]
) -> None:
    """Record what a counterparty did, and leave it alone for a while if it did nothing."""
    tried = list(done.brought)
    if not done.finished:
        known = {delivery_id for delivery_id, _ in tried}
        hanging = next((row for row in rows if row.delivery_id not in known), None)
        if hanging is not None:
            tried.append((hanging.delivery_id, Down(f"No answer within {SECONDS:.0f} s.")))
    settle(work, rows, tried)
    counterparty = next(iter(rows)).counterparty
    if any(isinstance(outcome, Down) for _, outcome in tried):
        store.leave_alone(work.session, counterparty, work.now)
    else:
        store.welcome_back(work.session, counterparty)


def settle(work: Work, rows: Iterable[store.DeliveryRow], tried: Iterable[Tried]) -> None:
    """Record what came of each try, and announce what is final."""
    by_id: Mapping[str, store.DeliveryRow] = {row.delivery_id: row for row in rows}
    for delivery_id, outcome in tried:
        row = by_id[delivery_id]
        verdict = domain.settle(delivery_id, row.attempts + 1, outcome, work.now)
        store.record(row, verdict, work.now)
        common = {
            "delivery_id": delivery_id,
            "event_id": row.event_id,
            "recipient": row.recipient,
            "channel": cast("notify.DeliveryChannel", row.channel),
            "entry_id": row.entry_ids[0] if len(row.entry_ids) == 1 else None,
        }
        match verdict:
            case domain.Done():
                work.announce(msgspec.convert(common, notify.Delivered))
            case domain.GivenUp(reason):
                said = {**common, "reason": reason}
                work.announce(msgspec.convert(said, notify.DeliveryFailed))
            case domain.Again():
                pass
            case _:
                assert_never(verdict)
