"""Members of the bodies whose people may not enter, kept and found again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, union
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.intake.store.tables import OfficerRow, SeatRow

BARRED = union(
    select(OfficerRow.person_id).where(OfficerRow.contest_id == bindparam("contest_id")),
    select(SeatRow.person_id).where(SeatRow.contest_id == bindparam("contest_id")),
)


def name_officers(
    session: Session, contest_id: str, body: str, people: Collection[str], by: tuple[str, datetime]
) -> None:
    """Remember that these people belong to a body; nobody is ever forgotten."""
    named_by, named_at = by
    for person_id in people:
        new = insert(OfficerRow).values(
            tenant=current_tenant.get(),
            contest_id=contest_id,
            body=body,
            person_id=person_id,
            named_at=named_at,
            named_by=named_by,
        )
        session.execute(new.on_conflict_do_nothing())


def barred(session: Session, contest_id: str) -> frozenset[str]:
    """Return the ids of all who sit on the jury or belong to a body, or once did."""
    return frozenset(session.scalars(BARRED, {"contest_id": contest_id}))
