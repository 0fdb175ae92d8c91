"""Forgetting people: how they are called."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.awards.store.tables import PersonRow


def forget(session: Session, people: Sequence[str]) -> tuple[int, int]:
    """Remove people; return how many were known, and how many rows went."""
    found: Any = session.execute(delete(PersonRow).where(PersonRow.person_id.in_(people)))
    return found.rowcount, found.rowcount
