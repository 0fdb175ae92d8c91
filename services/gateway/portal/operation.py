"""What operators look after: health and queues of services, dead messages, deliveries, load."""

import asyncio
import time
from dataclasses import dataclass
from typing import TypeAlias

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import awards, intake, ledger, notify, originality, review
from contracts.rules import Rules
from contracts.upkeep import Backlog, DeadFound
from kernel import clock
from kernel.client import TimedOut
from kernel.errors import Forbidden, NotFound, Refused, Unavailable
from services.gateway import health, problems
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import page

PATH = "/toi/van-hanh"
MOST = 20  # dead messages on a page
SHOWN = 50  # deliveries that failed, the newest
PATIENCE = 3.0  # seconds for a service to say how it is
SERVICES = {
    "intake": intake,
    "originality": originality,
    "review": review,
    "awards": awards,
    "notify": notify,
    "ledger": ledger,
}
Load: TypeAlias = tuple[str, review.RoundView | None]  # a round's name and how it stands


class NoSuchService(NotFound):
    """There is no such service."""


class OperatorsOnly(Forbidden):
    """Only operators see how the platform runs."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a service is: what waits in it, None if it did not answer, and how soon it did (ms)."""

    name: str
    backlog: Backlog | None
    milliseconds: int


@get(PATH)
async def show_operation(caller: Calling, cuoc_thi: FromQuery[str] = "") -> Response[str]:
    """Show how every service is, what waits where, what was not delivered, and load by round."""
    check(caller)
    (contests, rules, rounds), failed, door, services = await asyncio.gather(
        load(caller, cuoc_thi),
        unless_refused(
            caller.ask(notify.ListDeliveries(state="FAILED"), tuple[notify.DeliveryView, ...]), ()
        ),
        health.ask(caller.door),
        asyncio.gather(*(health_of(caller, name) for name in SERVICES)),
    )
    return page(
        caller,
        "operation.html",
        services=services,
        door=door,
        failed=failed[:SHOWN],
        failures=len(failed),
        contests=contests,
        rules=rules,
        rounds=rounds,
        now=clock.now(),
    )


def check(caller: Caller) -> None:
    """Raise `OperatorsOnly` to all others."""
    if "operator" not in caller.account.roles:
        raise OperatorsOnly


async def health_of(caller: Caller, name: str) -> Health:
    """Ask a service what waits in it; one that says nothing is unwell."""
    began = time.monotonic()
    try:
        asked = caller.ask(SERVICES[name].ShowBacklog(), Backlog)
        backlog = await asyncio.wait_for(asked, PATIENCE)
    except (TimeoutError, TimedOut, Unavailable):
        backlog = None
    return Health(name, backlog, round((time.monotonic() - began) * 1000))


async def load(
    caller: Caller, contest_id: str
) -> tuple[tuple[intake.ContestLine, ...], Rules | None, list[Load]]:
    """Return the contests, the rules of one, the newest if none is named, and its rounds' load."""
    listing = caller.ask(intake.ListContests(), tuple[intake.ContestLine, ...])
    if contest_id:
        contests, rules = await asyncio.gather(listing, rules_of(caller, contest_id))
    elif contests := await listing:
        rules = await rules_of(caller, contests[0].contest_id)
    else:
        return (), None, []
    return contests, rules, await load_of(caller, rules)


async def load_of(caller: Caller, rules: Rules) -> list[Load]:
    """Return how many sheets each round has and still waits for, as far as it may be seen."""
    views = await asyncio.gather(
        *(
            unless_refused(
                caller.ask(
                    review.ShowRound(contest_id=rules.id, round_id=one.id), review.RoundView
                ),
                None,
            )
            for one in rules.rounds
        )
    )
    return [(one.name, view) for one, view in zip(rules.rounds, views, strict=True)]


@get(f"{PATH}/{{service:str}}")
async def show_dead(caller: Calling, service: Name, trang: FromQuery[int] = 1) -> Response[str]:
    """Show the messages that a service gave up, with why and what they say."""
    return await dead_page(caller, service, trang=trang)


@post(f"{PATH}/{{service:str}}", status_code=200)
async def retry_dead_message(posted: Sent, service: Name) -> Response[str] | Redirect:
    """Have a dead event tried again, as it was or with what was written in its place."""
    check(posted.caller)
    if service not in SERVICES:
        raise NoSuchService
    command = SERVICES[service].RetryDead(
        handler=posted["handler"],
        message_id=posted["message"],
        body=posted["body"] if posted["step"] == "mend" else "",
    )
    try:
        await posted.caller.tell(command)
    except Refused as refusal:
        found = problems.read(refusal, PATH)
        if found.status == 401:
            raise
        return await dead_page(
            posted.caller,
            service,
            (found.detail, found.status),
            typed={posted["message"]: posted["body"]},
        )
    return await dead_page(posted.caller, service, said=True)


async def dead_page(  # noqa: PLR0913, PLR0917  # what a page shows again
    caller: Caller,
    service: str,
    refused: tuple[str, int] = ("", 200),
    trang: int = 1,
    typed: dict[str, str] | None = None,
    said: bool = False,  # noqa: FBT001, FBT002
) -> Response[str]:
    """Show what a service gave up, with why a step was refused."""
    check(caller)
    if service not in SERVICES:
        raise NoSuchService
    here = leaf(trang, MOST, f"{PATH}/{service}")
    query = SERVICES[service].ListDead(first=here.first, most=MOST)
    found = await caller.ask(query, DeadFound)
    return page(
        caller,
        "dead.html",
        refused[1],
        mistake=refused[0],
        service=service,
        found=found,
        typed=typed or {},
        said=said,
        before=here.before(),
        after=here.after(found.total),
    )


@post(f"{PATH}/notify/gui-lai", status_code=200)
async def redeliver_failed(posted: Sent) -> Response[str] | Redirect:
    """Send a delivery again that failed."""
    check(posted.caller)
    step = posted.caller.tell(notify.Redeliver(delivery_id=posted["delivery"]))
    return await go_or_say(step, PATH, lambda refused: dead_page(posted.caller, "notify", refused))


ROUTES = (show_operation, show_dead, retry_dead_message, redeliver_failed)
