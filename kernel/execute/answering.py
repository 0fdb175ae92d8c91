"""Requests: `answer` runs a command once, `look_up` a query; whatever happens is the reply."""

import logging
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import select, text

from contracts.message import Envelope
from kernel import clock, envelope
from kernel.database import Database, Origin, Work
from kernel.envelope import Undecodable
from kernel.errors import Conflict, Forbidden, NotFound, NotYet, Refused, Unavailable
from kernel.execute.handler import Handler
from kernel.logs import about
from kernel.tables import Request

log = logging.getLogger(__name__)

CLAIM = (
    "INSERT INTO request (tenant, id, digest, received_at)"
    " VALUES (:tenant, :id, :digest, :received_at) ON CONFLICT DO NOTHING RETURNING id"
)
KEEP = text("UPDATE request SET reply = :reply WHERE tenant = :tenant AND id = :id")

Reply = bytes  # JSON: {"ok": …} | {"refused": {…}} | {"failed": {…}}


class Unreadable(Refused):
    """The request cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__("The request cannot be read: {why}", why=why)


class RequestIdReused(Conflict):
    """This id was used for a different request; choose a new one."""

    may_pass = True


def answer(database: Database, service: object, handler: Handler, enveloped: Envelope) -> Reply:
    """Run a command once, however often it is asked, and return its first reply."""

    def attempt() -> Reply:
        with database.work(Origin.of(enveloped)) as work:
            if known := recall(work, enveloped):
                return known
            asked = handler.open(enveloped)
            try:
                reply = envelope.encode({"ok": handler.method(service, asked, work)})
            except Refused as refused:
                if not refused.is_kept:
                    raise
                reply = refusal(refused)
            keep(work, enveloped, reply)
            return reply

    return _answer(database, enveloped, attempt, remember=True)


def look_up(database: Database, service: object, handler: Handler, enveloped: Envelope) -> Reply:
    """Answer a query in a transaction that cannot write."""

    def attempt() -> Reply:
        with database.work(Origin.of(enveloped), read_only=True) as work:
            return envelope.encode({"ok": handler.method(service, handler.open(enveloped), work)})

    return _answer(database, enveloped, attempt, remember=False)


def _answer(
    database: Database, enveloped: Envelope, attempt: Callable[[], Reply], *, remember: bool
) -> Reply:
    with about(enveloped):
        try:
            return database.weather(attempt)
        except Exception as error:  # noqa: BLE001  # the caller is told, whatever it is
            refused = as_refusal(error)
            reply = refusal(refused) if refused else failure(error, enveloped)
            # What has not arrived yet will have when it is asked for again under the same id.
            passes = refused is None or refused.may_pass or isinstance(error, NotYet)
        if remember and not passes:
            return database.weather(lambda: remember_refusal(database, enveloped, reply))
        return reply


def as_refusal(error: Exception) -> Refused | None:
    """Return what to tell the caller; None for a mistake of ours, which is logged."""
    match error:
        case Refused():
            return error
        case Undecodable():
            return Unreadable(str(error))
        case NotYet():
            return Conflict(str(error))
        case _:
            log.error("request failed", exc_info=error)
            return None


def failure(error: Exception, enveloped: Envelope) -> Reply:
    """Return the reply that says no more than whether it may work later."""
    code = "Unavailable" if isinstance(error, Unavailable) else "Unexpected"
    return envelope.encode({"failed": {"code": code, "message": enveloped.id}})


def refusal(refused: Refused) -> Reply:
    """Return the reply that says why not."""
    kinds = (NotFound, Forbidden, Conflict, Refused)
    kind = next(kind.__name__ for kind in kinds if isinstance(refused, kind))
    said = {
        "code": refused.code,
        "kind": kind,
        "template": refused.template,
        "params": {name: str(value) for name, value in refused.params.items()},
        "message": str(refused),
    }
    return envelope.encode({"refused": said})


def recall(work: Work, enveloped: Envelope) -> Reply | None:
    """Claim the request's id; return the first reply if it was claimed before."""
    claimed = work.begin(
        CLAIM,
        id=enveloped.id,
        digest=envelope.digest(enveloped),
        received_at=clock.now(),
    )
    if claimed.first():
        return None
    known = work.session.scalars(select(Request).where(Request.id == enveloped.id)).one()
    if known.digest != envelope.digest(enveloped):
        raise RequestIdReused
    return known.reply


def keep(work: Work, enveloped: Envelope, reply: Reply) -> None:
    """Write the first reply beside the claim."""
    kept = {"tenant": work.tenant, "id": enveloped.id, "reply": reply}
    work.session.execute(KEEP, kept)


def remember_refusal(database: Database, enveloped: Envelope, reply: Reply) -> Reply:
    """Write the refusal, in a transaction of its own; return the first reply.

    That is another one if the same request was repeated meanwhile and granted.
    """
    with database.work(Origin.of(enveloped)) as work, suppress(RequestIdReused):
        if known := recall(work, enveloped):
            return known
        keep(work, enveloped, reply)
    return reply
