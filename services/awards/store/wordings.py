"""What a tenant changed in the words of papers; older changes stay, to be looked up."""

from datetime import datetime
from typing import Any

from msgspec import json
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.awards.store.tables import WordingRow


def load_wording(session: Session, profile: str) -> bytes:
    """Return the changes in force as JSON; an empty object if there are none."""
    query = select(WordingRow.changes).where(WordingRow.profile == profile)
    found = session.scalar(query.order_by(WordingRow.number.desc()).limit(1))
    return json.encode(found or {})


def save_wording(
    session: Session, profile: str, changes: dict[str, Any], at: datetime, by: str
) -> int:
    """Keep changes under the next number, from 1, and return it."""
    query = select(func.max(WordingRow.number)).where(WordingRow.profile == profile)
    number = (session.scalar(query) or 0) + 1
    session.add(
        WordingRow(profile=profile, number=number, changes=changes, changed_at=at, changed_by=by)
    )
    session.flush()
    return number
