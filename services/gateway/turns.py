"""Whose request goes next: tenants take turns, however many requests one of them sends.

A province's last hour must not be another's outage. Start with `Turns.turn`.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from kernel.errors import Unavailable

Ticket = asyncio.Future[None]


@dataclass
class Line:
    """Those who want something of one service: how many it works for, and who waits."""

    busy: int = 0
    waiting: OrderedDict[str, deque[Ticket]] = field(default_factory=OrderedDict)

    def wait(self, tenant: str) -> Ticket:
        """Stand behind the other requests of this tenant."""
        ticket: Ticket = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(tenant, deque()).append(ticket)
        return ticket

    def leave(self) -> None:
        """Give the place to the tenant whose turn it is; keep it free if nobody waits."""
        while self.waiting:
            tenant, tickets = next(iter(self.waiting.items()))
            ticket = tickets.popleft()
            self.waiting.move_to_end(tenant)
            if not tickets:
                del self.waiting[tenant]
            if not ticket.done():  # its caller has gone
                ticket.set_result(None)
                return
        self.busy -= 1


class Turns:
    """Lets `places` requests at a time through to each service; others wait up to `patience` s.

    While all places are taken, each tenant has a line of its own, first come first served, and
    a place that becomes free goes to the tenants in turn. So whoever sends one request waits
    for at most one request of each other tenant, not for all that these have sent.
    """

    def __init__(self, places: int, patience: float) -> None:
        self.places = places
        self.patience = patience
        self.lines: dict[str, Line] = {}

    @asynccontextmanager
    async def turn(self, service: str, tenant: str) -> AsyncIterator[None]:
        """Hold a place with the service while the body runs; raise `Unavailable` if none comes."""
        line = self.lines.setdefault(service, Line())
        try:
            async with asyncio.timeout(self.patience):
                await self._enter(line, tenant)
        except TimeoutError:
            raise Unavailable(f"The service {service} is busy; try again soon.") from None
        try:
            yield
        finally:
            line.leave()

    async def _enter(self, line: Line, tenant: str) -> None:
        if line.busy < self.places:
            line.busy += 1
            return
        ticket = line.wait(tenant)
        try:
            await ticket
        except asyncio.CancelledError:
            if not ticket.cancelled():  # it was called at the same moment
                line.leave()
            raise
