"""Pushed dossiers and the files to fetch for them, kept and found again."""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.domain.documents import DocumentState
from services.intake.store.tables import DocumentRow, EntryRow, FetchRow, PushedRow, PushRow

AT_ONCE = 5  # files that are fetched together for a tenant


class UnknownDossier(NotFound):
    """There is no such dossier."""


def find(session: Session, client_id: str, code: str) -> PushedRow:
    """Return a client's dossier by its receipt, its own code or its id; nobody else's.

    Raises `UnknownDossier`, in the same words whether it is another's or nobody's.
    """
    ours = or_(
        PushedRow.external_code == code,
        PushedRow.entry_id == code,
        PushedRow.entry_id.in_(select(EntryRow.entry_id).where(EntryRow.receipt_code == code)),
    )
    row = session.scalar(select(PushedRow).where(PushedRow.client_id == client_id, ours))
    if row is None:
        raise UnknownDossier
    return row


def is_known(session: Session, client_id: str, external_code: str) -> bool:
    """Say whether the client has pushed a dossier under this code of its own."""
    query = select(PushedRow.entry_id).where(
        PushedRow.client_id == client_id, PushedRow.external_code == external_code
    )
    return session.scalar(query) is not None


def add(session: Session, pushed: PushedRow) -> None:
    """Keep a pushed dossier."""
    session.add(pushed)


def add_fetch(session: Session, fetch: FetchRow) -> None:
    """Have a file fetched; one that could not be is tried from its new address."""
    fetch.tenant = current_tenant.get()
    session.merge(fetch)


def fetches(session: Session, entry_id: str) -> dict[str, FetchRow]:
    """Return the files to be fetched for an entry, by document id."""
    rows = session.scalars(select(FetchRow).where(FetchRow.entry_id == entry_id))
    return {row.document_id: row for row in rows}


def waiting(session: Session) -> list[str]:
    """Return the ids of waiting dossiers whose files may all be here, the oldest first.

    Looked at every second, it leaves out all that have a file without bytes or successor.
    """
    later = aliased(DocumentRow)
    is_followed = exists().where(
        later.entry_id == DocumentRow.entry_id,
        later.code == DocumentRow.code,
        later.begun_at > DocumentRow.begun_at,
    )
    is_awaited = exists().where(
        DocumentRow.entry_id == PushedRow.entry_id,
        DocumentRow.state != DocumentState.STORED,
        ~is_followed,
    )
    query = select(PushedRow.entry_id).where(PushedRow.waits, ~is_awaited)
    return list(session.scalars(query.order_by(PushedRow.pushed_at)))


def load(session: Session, entry_id: str) -> PushedRow:
    """Read a pushed dossier and lock it."""
    query = select(PushedRow).where(PushedRow.entry_id == entry_id).with_for_update()
    # Others may have changed what this transaction has read before.
    return session.scalars(query.execution_options(populate_existing=True)).one()


def tenants_fetching(session: Session, now: datetime) -> list[str]:
    """Return the tenants that have files to fetch, or whose lease on one is over."""
    is_open = FetchRow.state.in_(("QUEUED", "FETCHING"))
    return list(
        session.scalars(select(FetchRow.tenant).where(is_open, FetchRow.due_at <= now).distinct())
    )


def tenants_waiting(session: Session) -> list[str]:
    """Return the tenants that have dossiers which wait for their last file."""
    return list(session.scalars(select(PushedRow.tenant).where(PushedRow.waits).distinct()))


def tenants_telling(session: Session, now: datetime) -> list[str]:
    """Return the tenants that have a counterparty to tell something."""
    due = select(PushRow.tenant).where(PushRow.state == "QUEUED", PushRow.due_at <= now)
    return list(session.scalars(due.distinct()))


def expire(session: Session, now: datetime, tries: int, why: str) -> None:
    """Count a try of each file whose lease is over: whoever fetched it has died over it.

    After so many tries it is given up, for a file may be what they die of.
    """
    query = select(FetchRow).where(FetchRow.state == "FETCHING", FetchRow.due_at <= now)
    for row in session.scalars(query.with_for_update(skip_locked=True)).all():
        row.attempts, row.last_error = row.attempts + 1, why
        row.state = "QUEUED" if row.attempts < tries else "FAILED"


def claim(session: Session, now: datetime, lease: timedelta) -> list[str]:
    """Take files to fetch now, each for as long as the lease; see `expire`.

    No more are taken than there is room for beside those being fetched.
    """
    under_way = select(func.count()).where(FetchRow.state == "FETCHING")
    query = (
        select(FetchRow)
        .where(FetchRow.state == "QUEUED", FetchRow.due_at <= now)
        .order_by(FetchRow.due_at)
        .limit(max(AT_ONCE - (session.scalar(under_way) or 0), 0))
        .with_for_update(skip_locked=True)
    )
    rows = session.scalars(query).all()
    for row in rows:
        row.state, row.due_at = "FETCHING", now + lease
    return [row.document_id for row in rows]


def moment(session: Session, entry_id: str) -> tuple[datetime, bool]:
    """Return when a dossier was pushed, and whether it came with links only."""
    row = session.scalars(select(PushedRow).where(PushedRow.entry_id == entry_id)).one()
    return row.pushed_at, row.by_url


def load_fetch(session: Session, document_id: str) -> FetchRow:
    """Read a file to be fetched."""
    found = session.get(FetchRow, (current_tenant.get(), document_id))
    if found is None:
        raise UnknownDossier
    return found
