"""How many requests a caller has in a minute, counted over all copies of the gateway.

A copy takes a share of a caller's minute from the database at a time and spends it by itself, so
that one request in twenty asks the database. Start with `Limits.spend`; see docs/adr/0050.
"""

import asyncio
import hashlib
from dataclasses import dataclass

from sqlalchemy import BigInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Database, Origin, Row
from kernel.errors import Refused
from services.gateway.store import Table

MINUTE = 60  # seconds
SHARES = 20  # of a minute that a copy takes, at most; the last share is the error of the count
TAKE = text(
    "INSERT INTO request_count (tenant, caller, minute, count)"
    " VALUES (:tenant, :caller, :minute, :share) ON CONFLICT (tenant, caller) DO UPDATE SET"
    " minute = :minute, count = :share"
    " + CASE WHEN request_count.minute = :minute THEN request_count.count ELSE 0 END"
    " RETURNING count"
)
FORGET = text("DELETE FROM request_count WHERE minute < :minute - 60")


class RequestCountRow(Row, Table):
    """One row per caller: how many requests of which minute the copies have taken."""

    __tablename__ = "request_count"

    caller: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(BigInteger)


class TooManyRequests(Refused):
    """Too many requests; try again later."""


@dataclass(slots=True)
class Share:
    """What a copy holds of a caller's minute: taken so far by all copies, and not spent here."""

    taken: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a caller, and in how many seconds it is whole again."""

    limit: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """Return what the caller is told (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={MINUTE}',
            "RateLimit": f'"minute";r={self.left};t={self.seconds}',
        }


class Limits:
    """The minutes of those who call this copy. One object per process."""

    def __init__(self) -> None:
        self.minute = 0
        self.shares: dict[tuple[str, str], Share] = {}

    async def spend(
        self, database: Database, who: tuple[str, str], limit: int, second: int
    ) -> Allowance:
        """Take a request off the minute of `who`, (tenant, caller); `second` is the machine's.

        Raises `TooManyRequests`.
        """
        minute, into = divmod(second, MINUTE)
        if minute != self.minute:
            self.minute, self.shares = minute, {}
        share = self.shares.setdefault(who, Share())
        if share.left < 1 and share.taken < limit:
            size = max(1, limit // SHARES)
            taken = await asyncio.to_thread(take, database, who, minute, size)
            share.taken = max(share.taken, taken)
            # What goes beyond the limit is not there to be spent.
            share.left += max(0, size - max(0, taken - limit))
        if share.left < 1:
            raise TooManyRequests(
                "Too many requests; try again in {seconds} seconds.", seconds=MINUTE - into
            )
        share.left -= 1
        left = max(0, limit - share.taken) + share.left
        return Allowance(limit, left, MINUTE - into)


def take(database: Database, who: tuple[str, str], minute: int, share: int) -> int:
    """Take a share of a caller's minute; return how much of it has been taken by all."""
    tenant, caller = who
    values = {"tenant": tenant, "caller": caller, "minute": minute, "share": share}
    with database.work(Origin.own("gateway", tenant)) as work:
        taken = int(work.session.execute(TAKE, values).scalar_one())
        if taken == share:  # the first of this minute
            work.session.execute(FORGET, {"minute": minute})
    return taken


def address(host: str) -> str:
    """Return what a visitor's address is counted under; the address itself is not kept."""
    return hashlib.sha256(host.encode()).hexdigest()[:16]
