"""Events from outbox to inbox: none lost, none made up, none twice, none left lying."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from invariants.finding import Finding
from invariants.hearing import Ear, due_and_heard, ears
from invariants.places import BATCH, SERVICES, Places

REQUESTS = ("request", "commands")  # where the dead are kept that no handler of events heard
MOST = 5  # events named of each handler that lacks some
OWN = "ledger."  # what the ledger says itself is in no chain

TWICE = (
    "SELECT type, causation, count(*) AS times FROM (SELECT type,"
    " convert_from(envelope, 'UTF8')::json ->> 'causation_id' AS causation,"
    " md5(convert_from(envelope, 'UTF8')::json ->> 'body') AS body FROM outbox) AS said"
    " WHERE causation IS NOT NULL GROUP BY type, causation, body HAVING count(*) > 1"
)


@dataclass
class Lack:
    """What a handler was due to hear, and has not."""

    due: int = 0
    underway: int = 0
    sent: int = 0
    shown: list[str] = field(default_factory=list)

    def note(self, said: Row[Any]) -> None:
        """Count an event that is not in the handler's inbox."""
        if said.is_fresh:
            self.underway += 1
        elif said.is_sent:
            self.sent += 1
            self.shown += [f"{said.type} {said.id}"] if len(self.shown) < MOST else []


def events_heard(places: Places) -> Finding:
    """Hold what was announced against each inbox it is due in."""
    found = Finding("events due to handlers")
    for service in SERVICES:
        lacks: dict[Ear, Lack] = {}
        for ear, said, heard in due_and_heard(places, service, places.terms.since):
            found.looked_at += said is not None
            if said is not None and heard is None:
                lacks.setdefault(ear, Lack()).note(said)
        for ear, lack in lacks.items():
            judge(ear, lack, places.queued(ear.queue) if lack.sent else 0, found)
    return found


def judge(ear: Ear, lack: Lack, waiting: int, found: Finding) -> None:
    """Say of what a handler lacks whether it is lost, waits in its queue or is on its way."""
    if lack.sent > waiting:
        lost = (
            f"{ear.queue} lacks {lack.sent} events that were sent, {waiting} wait in its "
            f"queue; among those it lacks: {', '.join(lack.shown)}"
        )
        found.fault(lost, lack.sent - waiting)
    elif lack.sent:
        found.notes.append(f"{lack.sent} wait in the queue {ear.queue}")
    if lack.underway:
        found.notes.append(f"{lack.underway} are on their way to {ear.queue}")


def events_announced(places: Places) -> Finding:
    """Hold what was heard against outboxes, and what those have forgotten against the chains."""
    found = Finding("events heard")
    horizon = places.one("ledger", "SELECT min(created_at) FROM outbox")
    for service in SERVICES:
        strange: list[Row[Any]] = []
        for _, said, heard in due_and_heard(places, service):
            found.looked_at += heard is not None
            if said is None and heard is not None:
                strange.append(heard)
            if len(strange) >= BATCH:
                unknown(places, service, strange, horizon, found)
                strange.clear()
        unknown(places, service, strange, horizon, found)
    return found


def unknown(
    places: Places, service: str, rows: list[Row[Any]], horizon: datetime | None, found: Finding
) -> None:
    """Note which of the events heard are in no outbox and in no chain either."""
    question = "SELECT event_id FROM line WHERE event_id = ANY(:ids)"
    ids = [row.id for row in rows]
    recorded = {row.event_id for row in places.rows("ledger", question, ids=ids)} if ids else set()
    for row in rows:
        # The ledger's own are in no chain; older ones may have been pruned.
        pruned = row.type.startswith(OWN) and (horizon is None or row.received_at < horizon)
        if row.id not in recorded and not pruned:
            heard = f"{service}.{row.handler} heard {row.type} {row.id}"
            found.fault(f"{heard}, which nobody announced")


def outboxes_drained(places: Places) -> Finding:
    """Count what the broker has not confirmed."""
    found = Finding("events announced")
    question = (
        "SELECT count(*) AS every, count(*) FILTER (WHERE sent_at IS NULL) AS unsent, count(*)"
        " FILTER (WHERE sent_at IS NULL AND created_at < :before) AS old,"
        " min(created_at) FILTER (WHERE sent_at IS NULL) AS since FROM outbox"
    )
    for service in SERVICES:
        row = next(places.rows(service, question, before=places.terms.before()))
        found.looked_at += row.every
        if row.old:
            said = f"{service}'s outbox holds {row.old} events unsent"
            found.fault(f"{said}, the oldest of {row.since:%F %T}", row.old)
        elif row.unsent:
            found.notes.append(f"{service} has {row.unsent} to send, since {row.since:%F %T}")
    return found


def messages_alive(places: Places) -> Finding:
    """Count what was given up."""
    return kept(places, "dead", "messages given up", "dead")


def retries_moving(places: Places) -> Finding:
    """Count what failed and should have been tried again by now."""
    return kept(places, "retry", "events to be tried again", "overdue for another try")


def kept(places: Places, state: str, unit: str, words: str) -> Finding:
    """Count the rows of a state by handler; those of `retry` are wrong once they are overdue.

    What was set aside until its tenant's turn waits as it would in a queue, however long.
    """
    found = Finding(unit)
    question = (
        "SELECT handler, type, count(*) AS every, min(message_id) AS one, count(*) FILTER"
        " (WHERE state = 'dead' OR next_try_at IS NULL OR (attempts > 0 OR error IS NOT NULL)"
        " AND next_try_at < now() - CAST(:grace AS interval)) AS wrong,"
        " count(*) FILTER (WHERE attempts = 0 AND error IS NULL) AS aside"
        " FROM inbox WHERE state = :state GROUP BY handler, type ORDER BY handler, type"
    )
    heard = {(ear.service, ear.handler) for ear in ears()}
    for service in SERVICES:
        for row in places.rows(service, question, state=state, grace=places.terms.grace):
            found.looked_at += row.every
            gone = state == "retry" and (service, row.handler) not in heard
            where = f"{service}.{row.handler}: {row.every} {row.type}"
            if row.wrong or gone:
                nobody = "; this version has no such handler" if gone else ""
                said = f"{where} are {words}, one of them {row.one}{nobody}"
                found.fault(said, row.wrong or row.every)
            else:
                aside = f", {row.aside} of them in their tenants' turns" if row.aside else ""
                found.notes.append(f"{where} will be tried again{aside}")
    return found


def events_once(places: Places) -> Finding:
    """Look for the same words said twice after one message, and events recorded twice."""
    found = Finding("events announced and recorded")
    for service in SERVICES:
        found.looked_at += places.one(service, "SELECT count(*) FROM outbox")
        for row in places.rows(service, TWICE):
            found.fault(f"{service} said {row.type} {row.times} times after {row.causation}")
    found.looked_at += places.one("ledger", "SELECT count(*) FROM line")
    doubled = (
        "SELECT tenant, event_id, count(*) AS times FROM line"
        " GROUP BY tenant, event_id HAVING count(*) > 1"
    )
    for row in places.rows("ledger", doubled):
        found.fault(f"the chain of {row.tenant} has {row.times} links of event {row.event_id}")
    return found
