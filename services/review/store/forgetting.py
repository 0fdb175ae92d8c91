"""Forgetting people: their names, units and other ids."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from services.review.store.jury_tables import AliasRow, StayRow
from services.review.store.tables import PersonRow


def forget(session: Session, people: Sequence[str]) -> tuple[int, int]:
    """Remove people; return how many were known, and how many rows went."""
    known = delete(PersonRow).where(PersonRow.person_id.in_(people))
    beside = (
        delete(StayRow).where(StayRow.person_id.in_(people)),
        delete(AliasRow).where(or_(AliasRow.person_id.in_(people), AliasRow.other_id.in_(people))),
    )
    found: Any = session.execute(known)
    others: list[Any] = [session.execute(statement) for statement in beside]
    return found.rowcount, found.rowcount + sum(other.rowcount for other in others)
