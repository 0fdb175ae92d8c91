"""Dossiers compared with what counterparties know of them, and what came of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.intake.domain.entries import State
from services.intake.domain.mirror import FINAL
from services.intake.store import onegate
from services.intake.store.tables import (
    CounterpartyRow,
    EntryRow,
    PushRow,
    ReconciliationRow,
)


def queue_forgotten(session: Session, name: str, contest_ids: list[str], now: datetime) -> None:
    """Queue the present step of entries that this counterparty has never been told about."""
    told = select(PushRow.entry_id).where(PushRow.counterparty == name)
    query = select(EntryRow.contest_id, EntryRow.entry_id, EntryRow.state).where(
        EntryRow.contest_id.in_(contest_ids),
        EntryRow.version > 0,
        EntryRow.entry_id.not_in(told),
    )
    for contest_id, entry_id, state in session.execute(query).all():
        onegate.follow(session, contest_id, {entry_id: (State(state), "Đồng bộ hồ sơ.")}, now)


def live(session: Session, name: str, since: datetime | None) -> list[tuple[str, str, str]]:
    """Return (entry id, dossier code, last step) of each dossier to compare.

    A dossier that has come to its end is compared once more after that. One with steps still
    on their way is left to them, unless one is dead.
    """
    last = (
        select(PushRow.entry_id, func.max(PushRow.sequence).label("sequence"))
        .where(PushRow.counterparty == name)
        .group_by(PushRow.entry_id)
        .having(func.bool_and(PushRow.state != "QUEUED"))
        .subquery()
    )
    query = (
        select(PushRow.entry_id, EntryRow.receipt_code, PushRow.step, PushRow.sent_at)
        .join(last, PushRow.sequence == last.c.sequence)
        .join(EntryRow, EntryRow.entry_id == PushRow.entry_id)
        .order_by(PushRow.entry_id)
    )
    return [
        (entry_id, code or "", step)
        for entry_id, code, step, sent_at in session.execute(query)
        if step not in FINAL or since is None or sent_at is None or sent_at >= since
    ]


def tell_again(session: Session, name: str, entry_id: str, now: datetime, *, whole: bool) -> None:
    """Queue the last step of a dossier again, or with `whole` every one; dead ones always."""
    mine = (PushRow.counterparty == name) & (PushRow.entry_id == entry_id)
    last = select(func.max(PushRow.sequence)).where(mine).scalar_subquery()
    chosen = mine if whole else mine & ((PushRow.sequence == last) | (PushRow.state == "DEAD"))
    values = {"state": "QUEUED", "attempts": 0, "due_at": now}
    session.execute(update(PushRow).where(chosen).values(values))


def last_time(session: Session, name: str) -> datetime | None:
    """Return when the counterparty was last compared to the end."""
    return session.scalar(
        select(CounterpartyRow.reconciled_at).where(CounterpartyRow.name == name)
    )


def keep(session: Session, outcome: ReconciliationRow) -> None:
    """Keep what came of comparing; only a complete one counts until the next day."""
    session.add(outcome)
    if outcome.complete:
        ours = CounterpartyRow.name == outcome.counterparty
        session.execute(update(CounterpartyRow).where(ours).values(reconciled_at=outcome.at))


def list_outcomes(session: Session, name: str | None) -> Iterable[ReconciliationRow]:
    """Return what came of comparing, newest first."""
    query = select(ReconciliationRow).order_by(ReconciliationRow.sequence.desc())
    if name is not None:
        query = query.where(ReconciliationRow.counterparty == name)
    return session.scalars(query.limit(onegate.NEWEST))
