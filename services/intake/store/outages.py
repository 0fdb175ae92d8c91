"""Beats and proposed extensions, kept and found again."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.domain.outage import LOOKED_BACK, Span, joined
from services.intake.store.tables import BeatRow, ContestRow, ProposalRow


class NothingProposed(NotFound):
    """No extension is proposed for this contest."""


def record_beat(session: Session, at: datetime) -> None:
    """Keep a beat, as part of the stretch it belongs to."""
    query = select(BeatRow).where(BeatRow.begun_at <= at).order_by(BeatRow.begun_at.desc())
    row = session.scalar(query.limit(1).with_for_update())
    stretch = joined(None if row is None else Span(row.begun_at, row.ended_at), at)
    if row is not None and row.begun_at == stretch.begun_at:
        row.ended_at = stretch.ended_at
        return
    new = insert(BeatRow).values(tenant=current_tenant.get(), begun_at=at, ended_at=at)
    session.execute(new.on_conflict_do_nothing())


def load_beats(session: Session, end: datetime) -> tuple[Span, ...]:
    """Read the stretches with beats that began before an instant."""
    rows = session.scalars(select(BeatRow).where(BeatRow.begun_at < end))
    return tuple(Span(row.begun_at, row.ended_at) for row in rows)


def watched(session: Session, now: datetime) -> tuple[ContestRow, ...]:
    """Return the contests watched now, or until lately."""
    query = select(ContestRow).where(
        ContestRow.watched_from <= now, ContestRow.closes > now - LOOKED_BACK
    )
    return tuple(session.scalars(query))


def find_proposal(session: Session, contest_id: str) -> ProposalRow | None:
    """Return the extension proposed for a contest, the last one."""
    return session.scalar(_last(contest_id))


def load_proposal(session: Session, contest_id: str) -> ProposalRow:
    """Read and lock the extension proposed last for a contest. Raises `NothingProposed`."""
    row = session.scalar(_last(contest_id).with_for_update())
    if row is None:
        raise NothingProposed
    return row


def _last(contest_id: str) -> Select[ProposalRow]:
    query = select(ProposalRow).where(ProposalRow.contest_id == contest_id)
    return query.order_by(ProposalRow.proposed_at.desc()).limit(1)
