"""What every service answers its operators about its own outbox and inbox.

Row-level security keeps each answer to the asking tenant; what has no readable envelope belongs
to no tenant, and only the command line (`sangkien dead`) shows it. Start with `backlog`.
"""

import logging
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import case, func, select, text

from contracts import upkeep as asking
from kernel import envelope
from kernel.database import Work
from kernel.envelope import Undecodable
from kernel.errors import NotFound, Refused, require
from kernel.tables import SET_ASIDE, Inbox, Outbox

log = logging.getLogger(__name__)

REQUESTS = ("request", "commands")  # where the dead are kept that no handler of events heard
MOST = 100


class NoSuchDead(NotFound):
    """There is no such dead message; somebody may have had it tried again."""


class RequestStaysDead(Refused):
    """A dead request is not tried again: whoever sent it has been told, and may send another."""


class BodyUnreadable(Refused):
    """What was written in its place is no message of this type."""


def backlog(work: Work) -> asking.Backlog:
    """Count what waits."""
    require(work.actor, "operator")
    unsent = select(func.count(), func.min(Outbox.created_at)).where(Outbox.sent_at.is_(None))
    count, since = work.session.execute(unsent).one()
    keys = (Inbox.handler, case((SET_ASIDE, "waiting"), else_=Inbox.state).label("found"))
    kept = select(*keys, func.count(), func.min(Inbox.received_at))
    kept = kept.where(Inbox.state.in_(("retry", "dead"))).group_by(Inbox.handler, text("found"))
    kept = kept.order_by(Inbox.handler, text("found"))
    return asking.Backlog(
        unsent=count,
        unsent_since=since,
        handlers=tuple(
            asking.HandlerBacklog(handler=handler, state=state, count=many, since=oldest)
            for handler, state, many, oldest in work.session.execute(kept)
        ),
    )


def list_dead(asked: asking.ListDead, work: Work) -> asking.DeadFound:
    """Show dead messages, a page of them."""
    require(work.actor, "operator")
    are_dead = Inbox.state == "dead"
    total = work.session.scalar(select(func.count()).select_from(Inbox).where(are_dead)) or 0
    query = select(Inbox).where(are_dead).order_by(Inbox.received_at.desc(), Inbox.message_id)
    page = query.offset(max(asked.first, 0)).limit(min(max(asked.most, 1), MOST))
    return asking.DeadFound(total=total, lines=tuple(map(shown, work.session.scalars(page))))


def shown(row: Inbox) -> asking.DeadMessage:
    """Show a row, with what it says where that can be read."""
    data, body = row.envelope or b"", ""
    with suppress(Undecodable, UnicodeDecodeError):
        body = bytes(envelope.decode(data).body).decode()
    return asking.DeadMessage(
        handler=row.handler,
        message_id=row.message_id,
        type=row.type,
        received_at=row.received_at,
        attempts=row.attempts,
        error=row.error or "",
        envelope=data.decode(errors="backslashreplace"),
        body=body,
        may_retry=row.handler not in REQUESTS,
    )


def retry_dead(asked: asking.RetryDead, work: Work) -> None:
    """Have an event tried again, mended or as it was; the service picks it up."""
    require(work.actor, "operator")
    query = select(Inbox).where(
        Inbox.handler == asked.handler,
        Inbox.message_id == asked.message_id,
        Inbox.state == "dead",
    )
    row = work.session.scalar(query.with_for_update())
    if row is None:
        raise NoSuchDead
    if row.handler in REQUESTS:
        raise RequestStaysDead
    if asked.body:
        row.envelope = mended(row, asked.body)
    told: dict[str, Any] = {"handler": row.handler, "id": row.message_id, "by": work.actor.id}
    log.warning("dead message tried again", extra={"fields": told | {"mended": bool(asked.body)}})
    row.state, row.attempts, row.next_try_at = "retry", 0, func.now()


def mended(row: Inbox, body: str) -> bytes:
    """Return the envelope with another body. Raises `BodyUnreadable`."""
    kind = envelope.known_messages().get(row.type)
    try:
        enveloped = envelope.decode(row.envelope or b"")
        whole = msgspec.structs.replace(enveloped, body=msgspec.Raw(body.encode()))
        # Written out and read again: what is kept is surely one JSON object.
        data = envelope.encode(whole)
        if kind is not None:
            envelope.unwrap(envelope.decode(data), kind)
    except (Undecodable, msgspec.MsgspecError) as problem:
        raise BodyUnreadable(
            "What was written in its place is no {type}: {why}", type=row.type, why=str(problem)
        ) from problem
    return data
