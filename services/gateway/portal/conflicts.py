"""The page on conflicts of interest: found, declared and pinned, each with its reason.

Everybody sees what they have declared themselves; the rest is for those who run the contest.
"""

import asyncio
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import review
from kernel.errors import Refused
from services.gateway import problems
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import naming
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.asking import given, unless_refused
from services.gateway.portal.desk import NoSuchStep, list_entries, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.holding import names_of
from services.gateway.portal.pages import page

PATH = "/toi/xung-dot/{contest_id:str}"
STAFF = frozenset({"secretary", "organiser", "chair"})
DECLARES_FOR_OTHERS = frozenset({"organiser", "chair"})
EXCUSABLE = ("OWN_UNIT", "RELATED_UNIT", "FORMER_UNIT", "CO_AUTHOR")
MOST = 100  # entries on a page


@get(PATH)
async def show_conflicts(
    caller: Calling, contest_id: Name, sau: FromQuery[str] = ""
) -> Response[str]:
    """Show what stands between judges and entries, as far as the caller may see it."""
    return await conflicts_page(caller, contest_id, after=sau)


@post(f"{PATH}/khai", status_code=200)
async def say_of_conflict(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Declare, take back, pin, or lift a pin."""
    again = partial(conflicts_page, posted.caller, contest_id, posted)
    return await go_or_say(say(posted, contest_id), f"/toi/xung-dot/{contest_id}", again)


async def say(posted: Posted, contest_id: str) -> None:
    """Say what a form says. Raises `NoSuchStep`."""
    reason = posted["reason"]
    about: dict[str, Any] = {"judge_id": posted["judge"], "entry_id": posted["entry"]}
    match posted["step"]:
        case "" | "declare":
            relation: Any = posted["relation"] or "OTHER"
            declared = review.DeclareConflict(
                contest_id=contest_id, **about, reason=reason, relation=relation
            )
            await posted.caller.tell(declared)
        case "withdraw":
            taken_back = review.WithdrawConflict(
                contest_id=contest_id, declaration_id=posted["id"], reason=reason
            )
            await posted.caller.tell(taken_back)
        case "pin":
            side: Any = "NO_OBSTACLE" if posted["ground"] else "APART"
            ground: Any = posted["ground"] or None
            pinned = review.PinConflict(
                contest_id=contest_id, **about, side=side, ground=ground, reason=reason
            )
            await posted.caller.ask(pinned, str)
        case "lift":
            lifted = review.LiftPin(contest_id=contest_id, pin_id=posted["id"], reason=reason)
            await posted.caller.tell(lifted)
        case _:
            raise NoSuchStep


async def conflicts_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
    after: str = "",
) -> Response[str]:
    """Show the page; `refused` is why something was not taken, and the status that says so."""
    roles = caller.account.roles_in(contest_id)
    runs = not STAFF.isdisjoint(roles)
    said = review.ListDeclarations(contest_id=contest_id)
    rules, (found, withheld), declared, judges, logins, own = await asyncio.gather(
        rules_of(caller, contest_id),
        found_conflicts(caller, contest_id, after) if runs else given((None, "")),
        caller.ask(said, tuple[review.Declared, ...]),
        naming.judges_of(caller, contest_id),
        names_of(caller) if runs else given({}),
        given(()) if runs else unless_refused(list_entries(caller, contest_id), ()),
    )
    fields = posted.fields if posted else {}
    return page(
        caller,
        "conflicts.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        found=found,
        withheld=withheld,
        declared=declared,
        judges=judges,
        names=naming.known_as(logins, judges) if runs else judges,
        own=own,
        marks=caller.account.id in judges,
        runs=runs,
        leads="chair" in roles,
        declares=not DECLARES_FOR_OTHERS.isdisjoint(roles),
        grounds=naming.GROUNDS,
        kinds=naming.KINDS,
        relations=naming.RELATIONS,
        excusable=EXCUSABLE,
        kept=lambda step: kept(fields, step),
    )


async def found_conflicts(
    caller: Caller, contest_id: str, after: str
) -> tuple[review.ConflictList | None, str]:
    """Return a page of all conflicts, or why the caller is not shown them."""
    query = review.ListConflicts(contest_id=contest_id, after=after, most=MOST)
    try:
        return await caller.ask(query, review.ConflictList), ""
    except Refused as refusal:
        return None, problems.read(refusal, "").detail


ROUTES = (show_conflicts, say_of_conflict)
