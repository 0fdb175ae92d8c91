"""Whom deliveries go to, and what is known of each: copies of the service share its breaker."""

from datetime import datetime

from sqlalchemy import Integer, Select, TextClause, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.domain import Breaker
from services.notify.store.table import Table

MAIL = "channel:mail"  # the counterparty of every letter; that of a push is its client's id
SHARED = {
    "EMAIL": MAIL,
    "ZNS": "channel:zns",
    "SMS": "channel:sms",
    "EDXML": "channel:edxml",
    "INBOX": "channel:inbox",
}


class CounterpartyRow(Row, Table):
    """One row per counterparty that anything was ever queued for."""

    __tablename__ = "counterparty"

    name: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]  # how often in a row it was left alone
    paused_until: Mapped[datetime | None]
    strikes: Mapped[int] = mapped_column(Integer, default=0, server_default="0")


LOCKED = (  # built once: that takes longer than asking
    select(CounterpartyRow)
    .where(CounterpartyRow.tenant == bindparam("tenant_"))
    .where(CounterpartyRow.name == bindparam("name_"))
    .with_for_update()
)
SEEN = (
    select(CounterpartyRow.strikes, CounterpartyRow.failures, CounterpartyRow.paused_until)
    .where(CounterpartyRow.tenant == bindparam("tenant_"))
    .where(CounterpartyRow.name == bindparam("name_"))
)


def counterparty_of(channel: str, recipient: str) -> str:
    """Return whom a delivery goes to: a channel's relay or provider, or the client itself."""
    return SHARED.get(channel, recipient)


def is_channel(name: str) -> bool:
    """Say whether a counterparty is that of a channel, not a client."""
    return name.startswith("channel:")


def lanes_due(now: datetime, long_queue: int = 0) -> Select[str, str, bool]:
    """Ask for tenant and name of the counterparties that have something due and may be tried.

    With each goes whether that are at least `long_queue` messages; never where this is 0.
    """
    # Spelt out, for a partial index is used only where the plan can see its condition.
    due = (
        "SELECT 1 FROM delivery WHERE delivery.tenant = counterparty.tenant"
        " AND delivery.counterparty = counterparty.name AND delivery.state = 'QUEUED'"
        " AND delivery.due_at <= :now"
    )
    some = text(f"EXISTS ({due})").bindparams(now=now)
    # A counterparty's own index tells it, after as many rows of it as make a queue long.
    many = text("false AS many")
    if long_queue:
        beyond = f"EXISTS ({due} OFFSET {long_queue - 1:d}) AS many"
        many = text(beyond).bindparams(now=now)
    rested = or_(CounterpartyRow.paused_until.is_(None), CounterpartyRow.paused_until <= now)
    return select(CounterpartyRow.tenant, CounterpartyRow.name, many).where(rested, some)


def longest_due() -> TextClause:
    """Ask for the instant since which the delivery that waits longest is due, by channel.

    One look into an index for each counterparty.
    """
    return text(
        "SELECT oldest.channel, min(oldest.due_at) FROM counterparty, LATERAL ("
        "SELECT channel, due_at FROM delivery WHERE delivery.tenant = counterparty.tenant"
        " AND delivery.counterparty = counterparty.name AND delivery.state = 'QUEUED'"
        " ORDER BY delivery.due_at, delivery.sequence LIMIT 1) oldest GROUP BY 1"
    )


def load_breaker(session: Session, tenant: str, name: str) -> Breaker:
    """Read what is known of a counterparty, and lock it until the work is done."""
    return breaker_of(locked(session, tenant, name))


def peek_at_breaker(session: Session, tenant: str, name: str) -> Breaker:
    """Read what is known of a counterparty, without keeping others from writing it."""
    row = session.execute(SEEN, {"tenant_": tenant, "name_": name}).first()
    return Breaker(*row) if row else Breaker()


def save_breaker(session: Session, tenant: str, name: str, breaker: Breaker) -> None:
    """Write what is known of a counterparty now."""
    row = locked(session, tenant, name)
    if row is not None:
        row.strikes, row.failures = breaker.strikes, breaker.openings
        row.paused_until = breaker.paused_until


def locked(session: Session, tenant: str, name: str) -> CounterpartyRow | None:
    """Read a counterparty's row for changing it."""
    return session.scalar(LOCKED, {"tenant_": tenant, "name_": name})


def breaker_of(row: CounterpartyRow | None) -> Breaker:
    """Make the value of a row; one that is not there is closed."""
    return Breaker(row.strikes, row.failures, row.paused_until) if row else Breaker()
