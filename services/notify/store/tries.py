"""Every try of every delivery: when, with whom, and what came of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.domain import Down, Outcome, Reached
from services.notify.store.table import Table, ours

BEGIN = text(
    "INSERT INTO attempt (tenant, delivery_id, number, counterparty, began_at, outcome,"
    " accepted_by, response) SELECT :tenant, id, number, :counterparty, :now, 'UNKNOWN', '', ''"
    " FROM unnest(CAST(:id AS text[]), CAST(:number AS int[])) AS begun (id, number)"
)


class TryRow(Row, Table):
    """One row per try. UNKNOWN until it ends, and for good if its process ended first."""

    __tablename__ = "attempt"

    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    counterparty: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str]
    accepted_by: Mapped[str]
    response: Mapped[str]


def begin_tries(
    session: Session,
    tenant: str,
    counterparty: str,
    begun: Sequence[tuple[str, int]],
    now: datetime,
) -> None:
    """Note that deliveries are being tried: (delivery, number of the try)."""
    values = {
        "id": [delivery_id for delivery_id, _ in begun],
        "number": [number for _, number in begun],
    }
    told = {"tenant": tenant, "counterparty": counterparty, "now": now}
    session.execute(BEGIN, {**told, **values})


def end_of(outcome: Outcome) -> dict[str, str]:
    """Return what the log says of a try that ended so."""
    said = outcome.response if isinstance(outcome, Reached) else outcome.reason
    return {
        "outcome": name_of(outcome),
        "taken_by": getattr(outcome, "accepted_by", ""),
        "said": said,
    }


def name_of(outcome: Outcome) -> str:
    """Name an outcome as the log does."""
    if isinstance(outcome, Reached):
        return "ACCEPTED"
    return "UNREACHED" if isinstance(outcome, Down) else "REFUSED"


def load_tries(session: Session, delivery_ids: Collection[str]) -> dict[str, list[TryRow]]:
    """Read the tries of deliveries, in their order."""
    query = select(TryRow).where(ours(TryRow), TryRow.delivery_id.in_(delivery_ids))
    found: dict[str, list[TryRow]] = {}
    for row in session.scalars(query.order_by(TryRow.delivery_id, TryRow.number)):
        found.setdefault(row.delivery_id, []).append(row)
    return found
