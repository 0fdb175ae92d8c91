"""Forgetting people: their addresses and wishes, and the words of what they were told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from services.notify.store.gathering import GatheredRow
from services.notify.store.known import PersonRow
from services.notify.store.queue import DeliveryRow
from services.notify.store.wishes import WishesRow


def forget(session: Session, contest_id: str, people: Sequence[str]) -> tuple[int, int]:
    """Remove people, and the words of a contest's deliveries; return people known, rows touched.

    What is still to be delivered keeps its words.
    """
    found: Any = session.execute(delete(PersonRow).where(PersonRow.person_id.in_(people)))
    ended = DeliveryRow.state != "QUEUED"
    beside = (
        update(DeliveryRow).where(DeliveryRow.contest_id == contest_id, ended).values(content={}),
        delete(GatheredRow).where(GatheredRow.contest_id == contest_id),
        delete(WishesRow).where(WishesRow.person_id.in_(people)),
    )
    others: list[Any] = [session.execute(statement) for statement in beside]
    return found.rowcount, found.rowcount + sum(other.rowcount for other in others)
