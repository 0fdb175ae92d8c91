"""Letters to whose account it is, when somebody changes how it is entered (ASVS 2.2.3, 2.5.5)."""

import logging
from typing import Any

from litestar import Response
from litestar.background_tasks import BackgroundTask

from contracts import notify
from contracts.message import Command
from kernel.errors import Refused, Unavailable
from services.gateway.caller import Caller

log = logging.getLogger(__name__)


def warn_after(
    answer: Response[Any],
    caller: Caller,
    tenant: str,
    person_id: str,
    change: notify.AccountChange,
) -> None:
    """Have notify write to the person once the answer is sent; a change stands without it."""
    answer.background = BackgroundTask(warn, caller, tenant, person_id, change)


async def warn(caller: Caller, tenant: str, person_id: str, change: notify.AccountChange) -> None:
    """Ask for the letter."""
    await ask_for(caller, tenant, notify.TellOfAccountChange(person_id=person_id, change=change))


async def ask_for(caller: Caller, tenant: str, letter: Command) -> None:
    """Have notify write a letter, with the answer already sent: a failure is only logged."""
    try:
        await caller.of_itself(tenant).tell(letter)
    except (Refused, Unavailable) as problem:
        fields = {"letter": type(letter).__name__, "why": type(problem).__name__}
        log.warning("no letter was asked for", extra={"fields": fields})
