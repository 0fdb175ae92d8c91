"""One change on a condition (If-Match) at a time, of one thing, over all copies of the gateway.

Whoever compares and then changes holds the thing from before they compare until the change is
answered. So of two who have seen the same, one changes it and the other is told.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import DateTime, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Database, Row
from kernel.errors import Conflict
from services.gateway.sessions import machine_now, working
from services.gateway.store import Table

HOLD = (
    "INSERT INTO change_hold (tenant, place, holder, until)"
    " VALUES (:tenant, :place, :holder, :until) ON CONFLICT (tenant, place) DO UPDATE SET"
    " holder = :holder, until = :until WHERE change_hold.until <= :now RETURNING place"
)
LET_GO = text(
    "DELETE FROM change_hold WHERE (place = :place AND holder = :holder) OR until <= :now"
)
LONGEST = timedelta(minutes=2)  # of a hold whose holder has died, or was never answered


class HoldRow(Row, Table):
    """One row per thing that is being changed on a condition; `place` is its address."""

    __tablename__ = "change_hold"

    place: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ChangingNow(Conflict):
    """Somebody is changing this at this very moment; read it again in a moment."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What one request holds."""

    tenant: str
    place: str
    holder: str


def hold(database: Database, tenant: str, place: str) -> Hold:
    """Hold a thing; raises `ChangingNow` if another request does."""
    now, taken = machine_now(), Hold(tenant, place, secrets.token_hex(8))
    given = {"place": place, "holder": taken.holder, "until": now + LONGEST, "now": now}
    with working(database, tenant) as work:
        if work.begin(HOLD, **given).first() is None:
            raise ChangingNow
    return taken


def let_go(database: Database, held: Hold) -> None:
    """Let go of it, and of what nobody holds any more."""
    with working(database, held.tenant) as work:
        given = {"place": held.place, "holder": held.holder, "now": machine_now()}
        work.session.execute(LET_GO, given)
