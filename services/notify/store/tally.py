"""How many deliveries there are by channel and state, without counting them anew.

A trigger adds a row for each statement that changes how many; `fold` makes one of many.
"""

from sqlalchemy import BigInteger, Identity, Select, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.table import Table

LOOSE = 200  # changes of a tenant that are left as they are

FOLD = text(
    "WITH gone AS (DELETE FROM delivery_tally WHERE tenant = :tenant RETURNING *)"
    " INSERT INTO delivery_tally (tenant, channel, state, change)"
    " SELECT tenant, channel, state, sum(change) FROM gone GROUP BY 1, 2, 3"
    " HAVING sum(change) <> 0"
)


class TallyRow(Row, Table):
    """One row per change of how many deliveries of a channel are in a state."""

    __tablename__ = "delivery_tally"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    channel: Mapped[str]
    state: Mapped[str]
    change: Mapped[int] = mapped_column(BigInteger)


def counted() -> Select[str, str, int]:
    """Ask for channel, state and number of deliveries."""
    total = func.sum(TallyRow.change)
    query = select(TallyRow.channel, TallyRow.state, total)
    return query.group_by(TallyRow.channel, TallyRow.state)


def tenants_tallied(session: Session) -> list[str]:
    """Return the tenants that have many changes to fold."""
    query = select(TallyRow.tenant).group_by(TallyRow.tenant)
    return list(session.scalars(query.having(func.count() > LOOSE)))


def fold(session: Session, tenant: str) -> None:
    """Make one row of all changes of a channel and state."""
    session.execute(FOLD, {"tenant": tenant})
