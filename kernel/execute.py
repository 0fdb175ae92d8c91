"""What an entrypoint does with a message, apart from where the message came from.

`answer` runs a command or a query, `hear` an event, `retry_one` an event that failed before,
`tick` a timer. Each is one transaction; nothing here knows the broker.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeAlias

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from contracts.message import Envelope, Message
from kernel import clock, envelope
from kernel.database import Database, Origin, Work, is_passing
from kernel.envelope import Undecodable
from kernel.errors import Conflict, Forbidden, NotFound, NotYet, Refused, Unavailable
from kernel.logs import about
from kernel.tables import EVERY_TENANT, NO_TENANT, Inbox, Request, current_tenant

log = logging.getLogger(__name__)

Key: TypeAlias = tuple[str, str, str]  # of an inbox row: tenant, handler, message id

LAST_TRY = 10.0  # seconds after which a try that did not report back has ended its process
ENDED_ITS_PROCESS = "It ended its process, or was returned, too often."

Reply = bytes  # JSON: {"ok": …} | {"refused": {…}} | {"failed": {…}}


class Unreadable(Refused):
    """The request cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__("The request cannot be read: {why}", why=why)


class RequestIdReused(Conflict):
    """This id was used for a different request; choose a new one."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A method of a service and the message it takes (an `Envelope` means any message)."""

    name: str
    message_type: type[Message] | type[Envelope]
    method: Callable[..., Any]

    def open(self, enveloped: Envelope) -> Message | Envelope:
        """Read the message this handler takes out of its envelope; raise `Undecodable`."""
        if issubclass(self.message_type, Message):
            return envelope.unwrap(enveloped, self.message_type)
        return enveloped


def answer(database: Database, service: object, handler: Handler, enveloped: Envelope) -> Reply:
    """Run a command once, however often it is asked, and return its first reply."""

    def attempt() -> Reply:
        with database.work(Origin.of(enveloped)) as work:
            if known := recall(work, enveloped):
                return known
            asked = handler.open(enveloped)
            reply = envelope.encode({"ok": handler.method(service, asked, work)})
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
            passes = refused is None or isinstance(error, NotYet | RequestIdReused)
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
    claim = insert(Request).values(
        tenant=work.tenant,
        id=enveloped.id,
        digest=envelope.digest(enveloped),
        received_at=clock.now(),
    )
    claimed = work.session.execute(claim.on_conflict_do_nothing().returning(Request.id))
    if claimed.first():
        return None
    known = work.session.scalars(select(Request).where(Request.id == enveloped.id)).one()
    if known.digest != envelope.digest(enveloped):
        raise RequestIdReused
    return known.reply


def keep(work: Work, enveloped: Envelope, reply: Reply) -> None:
    """Write the first reply beside the claim."""
    work.session.get_one(Request, (work.tenant, enveloped.id)).reply = reply


def remember_refusal(database: Database, enveloped: Envelope, reply: Reply) -> Reply:
    """Write the refusal, in a transaction of its own; return the first reply.

    That is another one if the same request was repeated meanwhile and granted.
    """
    with database.work(Origin.of(enveloped)) as work, suppress(RequestIdReused):
        if known := recall(work, enveloped):
            return known
        keep(work, enveloped, reply)
    return reply


def hear(
    database: Database,
    service: object,
    handler: Handler,
    data: bytes,
    pauses: tuple[float, ...],
) -> str:
    """Handle an event exactly once; return `done`, `repeated`, `retry` or `dead`."""
    try:
        enveloped = envelope.decode(data)
    except Undecodable as error:
        return bury(database, handler.name, data, str(error))

    def attempt() -> str:
        with database.work(Origin.of(enveloped)) as work:
            if not claim_event(work, handler, enveloped, state="done"):
                return "repeated"
            handler.method(service, handler.open(enveloped), work)
            return "done"

    with about(enveloped):
        try:
            return database.weather(attempt)
        except Exception as error:  # noqa: BLE001  # whatever it is, the event is not lost
            log_failure(error, attempts=1)
            why, left = describe(error), pauses_after(error, pauses)
            return database.weather(lambda: set_aside(database, handler, enveloped, why, left))


def claim_event(work: Work, handler: Handler, enveloped: Envelope, **columns: object) -> bool:
    """Write the inbox row; False if this handler has one for this event already."""
    row = {
        "tenant": work.tenant,
        "handler": handler.name,
        "message_id": enveloped.id,
        "type": enveloped.type,
        "received_at": clock.now(),
        "attempts": 1,
        **columns,
    }
    claim = insert(Inbox).values(row).on_conflict_do_nothing().returning(Inbox.message_id)
    return work.session.execute(claim).first() is not None


def set_aside(
    database: Database,
    handler: Handler,
    enveloped: Envelope,
    error: str,
    pauses: tuple[float, ...],
) -> str:
    """Keep an event that failed for another try, or as dead where there is none."""
    state = "retry" if pauses else "dead"
    with database.work(Origin.of(enveloped)) as work:
        claim_event(
            work,
            handler,
            enveloped,
            state=state,
            next_try_at=func.now() + timedelta(seconds=pauses[0]) if pauses else None,
            envelope=envelope.encode(enveloped),
            error=error,
        )
    return state


def bury(database: Database, handler: str, data: bytes, error: str) -> str:
    """Keep what cannot be read, or has killed its process too often, among the dead."""

    def attempt() -> None:
        try:
            enveloped = envelope.decode(data)
            origin, message_type = Origin.of(enveloped), enveloped.type
        except Undecodable:
            identity = sha256(data).hexdigest()
            origin, message_type = Origin.own("kernel", NO_TENANT), "unreadable"
        else:
            identity = enveloped.id
        with database.work(origin) as work:
            row = {
                "tenant": work.tenant,
                "handler": handler,
                "message_id": identity,
                "type": message_type,
                "state": "dead",
                "received_at": clock.now(),
                "attempts": 1,
                "envelope": data,
                "error": error,
            }
            # What is done, or waits for another try, is not dead for having come once more.
            work.session.execute(insert(Inbox).values(row).on_conflict_do_nothing())

    log.error("message is dead", extra={"fields": {"handler": handler, "why": error}})
    database.weather(attempt)
    return "dead"


def handlers_due(database: Database) -> list[str]:
    """Return the handlers that have an event whose next try is due."""
    due = select(Inbox.handler).where(Inbox.state == "retry", Inbox.next_try_at <= func.now())
    with database.sessions.begin() as session:
        database.enter(session, EVERY_TENANT, read_only=True)
        return list(session.scalars(due.distinct()))


def retry_one(
    database: Database, service: object, handler: Handler, pauses: tuple[float, ...]
) -> bool:
    """Try the handler's event that has been due longest again; False if none is due."""
    claimed = begin_try(database, handler, pauses)
    if claimed is None:
        return False
    try:
        make_try(database, service, handler, claimed, pauses)
    except DBAPIError as error:
        if is_passing(error):
            # An outage is no try.
            database.weather(lambda: take_back(database, claimed))
        raise
    return True


def begin_try(database: Database, handler: Handler, pauses: tuple[float, ...]) -> Key | None:
    """Count the next try of the event that has been due longest; None if none is due.

    It is counted before it is made, so that an event that ends its process cannot do so for ever.
    """
    due = (
        select(Inbox)
        .where(Inbox.state == "retry", Inbox.next_try_at <= func.now())
        .where(Inbox.handler == handler.name)
        .order_by(Inbox.next_try_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with database.sessions.begin() as session:
        database.enter(session, EVERY_TENANT)
        row = session.scalar(due)
        if row is None:
            return None
        if row.attempts > len(pauses):
            row.error = ENDED_ITS_PROCESS
            row.state, row.next_try_at = "dead", None
            log.error("message is dead", extra={"fields": {"handler": handler.name}})
            return None
        row.attempts += 1
        pause = following_pause(row.attempts, pauses)
        row.next_try_at = func.now() + timedelta(seconds=LAST_TRY if pause is None else pause)
        return row.tenant, row.handler, row.message_id


def make_try(
    database: Database, service: object, handler: Handler, key: Key, pauses: tuple[float, ...]
) -> None:
    """Handle the event in one transaction with what becomes of its row.

    The row stays locked meanwhile, so copies of the service share the work.
    """
    with database.sessions.begin() as session:
        database.enter(session, EVERY_TENANT)
        row = session.get(Inbox, key, with_for_update={"skip_locked": True})
        if row is None or row.state != "retry":
            return
        if (enveloped := read(row)) is None:
            return
        work = Work(session, Origin.of(enveloped))
        token = current_tenant.set(work.tenant)
        try:
            with about(enveloped), session.begin_nested():
                database.enter(session, work.tenant)
                handler.method(service, handler.open(enveloped), work)
                row.state, row.envelope, row.next_try_at = "done", None, None
        except Exception as error:
            if isinstance(error, DBAPIError) and is_passing(error):
                raise
            with about(enveloped):
                log_failure(error, row.attempts)
            postpone(row, describe(error), pauses_after(error, pauses))
        finally:
            current_tenant.reset(token)
    if work.has_news:
        database.wake()


def read(row: Inbox) -> Envelope | None:
    """Return the event of a row; one that cannot be read is dead again, in nobody's way."""
    try:
        return envelope.decode(row.envelope or b"")
    except Undecodable as error:
        postpone(row, describe(error), ())
        return None


def take_back(database: Database, key: Key) -> None:
    """Uncount a try that an outage has cut short; it is due again at once."""
    with database.sessions.begin() as session:
        database.enter(session, EVERY_TENANT)
        row = session.get_one(Inbox, key, with_for_update=True)
        row.attempts -= 1
        row.next_try_at = func.now()


def postpone(row: Inbox, error: str, pauses: tuple[float, ...]) -> None:
    """Set the next try after a failed one, or give up where there is none."""
    row.error = error
    if (pause := following_pause(row.attempts, pauses)) is not None:
        row.next_try_at = func.now() + timedelta(seconds=pause)
    else:
        row.state, row.next_try_at = "dead", None


def pauses_after(error: Exception, pauses: tuple[float, ...]) -> tuple[float, ...]:
    """Return the pauses there are after such an error: reading again mends nothing unreadable."""
    return () if isinstance(error, Undecodable) else pauses


def following_pause(attempts: int, pauses: tuple[float, ...]) -> float | None:
    """Return the seconds to wait after so many failed tries; None to give up."""
    return pauses[attempts - 1] if attempts <= len(pauses) else None


def tick(database: Database, service: Any, name: str, method: Callable[..., Any]) -> None:  # noqa: ANN401
    """Run a timer once per tenant, skipping a tenant whose turn another copy is taking."""
    owner = service.name
    for tenant in database.tenants():

        def attempt(tenant: str = tenant) -> None:
            with database.work(Origin.own(owner, tenant)) as work:
                lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 0))")
                if work.session.scalar(lock, {"key": f"{name}:{tenant}"}):
                    method(service, work)

        try:
            database.weather(attempt)
        except Exception:
            log.exception("timer failed", extra={"fields": {"timer": name, "tenant": tenant}})


def describe(error: Exception) -> str:
    """Return what an operator reads about a failed try. Values stay out: they may be personal."""
    if isinstance(error, Refused):
        return f"{error.code}: {error.template}"
    if isinstance(error, NotYet | Undecodable):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__module__}.{type(error).__name__}"


def log_failure(error: Exception, attempts: int) -> None:
    """Log a try that failed; with its trace where it looks like a mistake of ours."""
    fields = {"attempts": attempts, "why": describe(error)}
    if isinstance(error, Refused | NotYet):
        log.info("event postponed", extra={"fields": fields})
    else:
        log.error("event failed", exc_info=error, extra={"fields": fields})
