"""Deliveries whose time is over before they were sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import TextClause, exists, select, text
from sqlalchemy.orm import Session

from kernel.tables import Tenant
from services.notify.store.queue import DeliveryRow

AT_ONCE = 1000


def tenants_expiring(session: Session, now: datetime) -> list[str]:
    """Return the tenants that have something to let go."""
    theirs = (DeliveryRow.tenant == Tenant.id, still_open(), DeliveryRow.expires_at <= now)
    return list(session.scalars(select(Tenant.id).where(exists().where(*theirs))))


def load_expired(session: Session, tenant: str, now: datetime) -> Sequence[DeliveryRow]:
    """Read and lock what has become pointless, queued or held; the oldest thousand."""
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.tenant == tenant, still_open(), DeliveryRow.expires_at <= now)
        # What is being sent at this moment is decided by its sender.
        .where(DeliveryRow.due_at <= now)
        .order_by(DeliveryRow.expires_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).all()


def still_open() -> TextClause:
    """Spell out the condition of the partial index."""
    return text("delivery.state IN ('QUEUED', 'HELD') AND delivery.expires_at IS NOT NULL")
