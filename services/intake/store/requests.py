"""Answers to repeated commands, forgotten in time; the kernel keeps them."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kernel.tables import Request

AT_ONCE = 10_000


def forget(session: Session, before: datetime) -> None:
    """Remove answers given before an instant, so many at once that nothing waits for it."""
    old = select(Request.id).where(Request.received_at < before).limit(AT_ONCE)
    session.execute(delete(Request).where(Request.id.in_(old)))
