"""Questions whose answers a page can do without."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from contracts import awards, notify
from kernel.errors import Refused, Unavailable
from services.gateway.caller import Caller

T = TypeVar("T")

PATIENCE = 1.0  # seconds for what a page can do without


async def unless_refused(asked: Awaitable[T], otherwise: T) -> T:
    """Return the answer, or something else if it is not for the caller to see, or not now."""
    try:
        return await asked
    except (Refused, Unavailable):
        return otherwise


async def given(value: T) -> T:
    """Return what is known already, beside what is asked for."""
    return value


async def outcome_of(
    caller: Caller, contest_id: str
) -> tuple[awards.PrizeList | None, awards.Results | None, awards.Adoptions | None]:
    """Return prizes, results and adoptions, each if the caller may see it."""
    return await asyncio.gather(
        unless_refused(
            caller.ask(awards.ShowPrizes(contest_id=contest_id), awards.PrizeList), None
        ),
        unless_refused(
            caller.ask(awards.ShowResults(contest_id=contest_id), awards.Results), None
        ),
        unless_refused(
            caller.ask(awards.ListAdoptions(contest_id=contest_id), awards.Adoptions), None
        ),
    )


async def unread_of(caller: Caller) -> int:
    """Count unread notices; nobody's page waits long for that."""
    try:
        asked = caller.ask(notify.CountUnread(), int)
        return await asyncio.wait_for(unless_refused(asked, 0), PATIENCE)
    except TimeoutError:
        return 0
