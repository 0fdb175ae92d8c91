"""Own checks of entrants, counted by day, and what their texts are compared with."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.originality.domain import Policy
from services.originality.store.kept import Kind, Prints
from services.originality.store.sources import Candidates, likely
from services.originality.store.tables import FilingRow, OwnCheckRow, TextRow
from services.originality.store.wanted import counting


def count_check(session: Session, person_id: str, contest_id: str, day: date) -> int:
    """Count one more check of a person on a day; return how many there were before.

    The row stays locked until the transaction ends: of checks made at once none is forgotten.
    """
    added = insert(OwnCheckRow).values(
        person_id=person_id, contest_id=contest_id, day=day, checks=1
    )
    counted = added.on_conflict_do_update(
        index_elements=["tenant", "person_id", "contest_id", "day"],
        set_={"checks": OwnCheckRow.checks + 1},
    )
    return int(session.scalar(counted.returning(OwnCheckRow.checks)) or 1) - 1


def entries_of(session: Session, person_id: str) -> list[str]:
    """Return the entries that a person has filed, or is an author of."""
    query = select(FilingRow.entry_id).where(FilingRow.people.contains([person_id]))
    return list(session.scalars(query))


def candidates_now(
    session: Session,
    prints: Prints,
    policy: Policy,
    most: int,
    *,
    without: Collection[str] = (),
) -> Candidates:
    """Return the texts most like one that is in no index.

    These are the initiatives that count for the contest, and its entries but for those named.
    """
    entries = and_(
        TextRow.kind == Kind.ENTRY,
        TextRow.contest_id == policy.contest_id,
        TextRow.source_id.not_in(sorted(without)),
    )
    return likely(session, prints, or_(counting(policy, ""), entries), most)
