"""A beat through the whole path while a deadline is near: from the door to intake's database.

An outage is measured by the beats that are missing, so a beat is only told of once the answer
has come back. Start with `keep_beating`.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TypeVar

from contracts import intake
from contracts.message import Actor, Command, Query
from kernel import clock
from kernel.client import RemoteFailure
from kernel.errors import Refused, Unavailable
from services.gateway.caller import Door

T = TypeVar("T")

log = logging.getLogger(__name__)

DOOR = Actor(id="service:gateway", roles=frozenset({"service"}))
LEAD = timedelta(minutes=30)  # so that a contest is never watched without a beat before
LINGER = timedelta(minutes=10)  # so that the last beat before the closing is told of


class Pulse:
    """Beats for one tenant after another; remembers which beats were answered."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.answered: dict[str, datetime] = {}

    async def beat(self, tenant: str) -> None:
        """Send a beat if a deadline of the tenant is near; note whether it was answered."""
        sent_at = clock.now()
        before = self.answered.pop(tenant, None)
        try:
            contests = await self.ask(
                intake.ListContests(), tuple[intake.ContestLine, ...], tenant, sent_at
            )
            if any(is_watched(line, sent_at) for line in contests):
                told = intake.RecordBeat(answered_at=before)
                await self.ask(told, type(None), tenant, sent_at)
                self.answered[tenant] = sent_at
        except (Unavailable, Refused, RemoteFailure) as problem:
            log.warning(
                "No beat", extra={"fields": {"tenant": tenant, "why": type(problem).__name__}}
            )

    async def ask(
        self, message: Command | Query, reply: type[T], tenant: str, sent_at: datetime
    ) -> T:
        """Ask intake in the door's own name, no longer than until the next beat."""
        return await self.door.client.ask(
            message,
            reply=reply,
            tenant=tenant,
            actor=DOOR,
            occurred_at=sent_at,
            timeout=self.door.settings.beat_seconds,
        )


def is_watched(contest: intake.ContestLine, now: datetime) -> bool:
    """Say whether outages are measured for this contest now."""
    if contest.watched_from is None:
        return False
    return contest.watched_from - LEAD <= now < contest.closes + LINGER


async def keep_beating(door: Door) -> None:
    """Beat for every tenant until cancelled; never, where `beat_seconds` is 0."""
    pulse, seconds = Pulse(door), door.settings.beat_seconds
    while seconds > 0:
        begun = asyncio.get_running_loop().time()
        try:
            tenants = await asyncio.to_thread(door.accounts.database.tenants)
        except Exception:  # whatever keeps us from our own database: no beat, and on we go
            log.exception("No beat for anybody")
        else:
            await asyncio.gather(*(pulse.beat(tenant) for tenant in tenants))
        await asyncio.sleep(max(0.0, begun + seconds - asyncio.get_running_loop().time()))
