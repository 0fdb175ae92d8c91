"""The page of who speaks for a unit: who of us has entered, what waits, who is reminded."""

import asyncio
from functools import partial

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import intake, notify
from kernel import clock
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say
from services.gateway.portal.asking import unless_refused, unread_of
from services.gateway.portal.desk import NoSuchStep, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import page
from services.gateway.portal.ticking import left, scripted

PATH = "/toi/don-vi/{contest_id:str}"
MOST = 50  # entries on a page
SAID = {"nhac": "Those of the unit who have a draft are being reminded."}


@get(PATH)
async def show_unit(
    caller: Calling, contest_id: Name, trang: FromQuery[int] = 1, da: FromQuery[str] = ""
) -> Response[str]:
    """Show what the caller's unit has handed in, and until when it can."""
    return await unit_page(caller, contest_id, trang=trang, said=SAID.get(da, ""))


@post(PATH, status_code=200)
async def speak_for_unit(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Say that the unit has nothing to enter; as its head, confirm an entry or say no."""
    again = partial(unit_page, posted.caller, contest_id)
    step = take(posted, contest_id)
    path = PATH.replace("{contest_id:str}", contest_id)
    then = f"{path}?da=nhac" if posted["step"] == "remind" else path
    return await go_or_say(step, then, again)


async def take(posted: Posted, contest_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`."""
    match posted["step"]:
        case "nil":
            command = intake.ReturnNil(contest_id=contest_id, reason=posted["reason"])
            await posted.caller.tell(command)
        case "remind":
            await posted.caller.ask(notify.RemindDrafts(contest_id=contest_id), int)
        case "confirm" | "deny":
            said = intake.ConfirmByUnit(
                entry_id=posted["entry"],
                confirmed=posted["step"] == "confirm",
                note=posted["note"],
            )
            await posted.caller.tell(said)
        case _:
            raise NoSuchStep


async def unit_page(
    caller: Caller,
    contest_id: str,
    refused: tuple[str, int] = ("", 200),
    trang: int = 1,
    said: str = "",
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    path = PATH.replace("{contest_id:str}", contest_id)
    here = leaf(trang, MOST, path)
    query = intake.FindEntries(contest_id=contest_id, whose="UNIT", first=here.first, most=MOST)
    rules, found, lines, unread = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(query, intake.EntriesFound),
        unless_refused(
            caller.ask(
                intake.ShowCoverage(contest_id=contest_id), tuple[intake.CoverageLine, ...]
            ),
            (),
        ),
        unread_of(caller),
    )
    now = clock.now()
    counting = left(rules.intake.closes, now) if rules.intake.opens <= now else None
    shown = page(
        caller,
        "unit.html",
        refused[1],
        mistake=refused[0],
        said=said,
        rules=rules,
        found=found,
        unit=next((one for one in lines if one.unit_id == caller.account.unit_id), None),
        confirms="head" in caller.account.roles and rules.entrants.head_confirms,
        areas={one.code: one.name for one in rules.areas},
        counting=counting,
        unread=unread,
        now=now,
        path=path,
        before=here.before(),
        after=here.after(found.total),
    )
    return scripted(shown) if counting else shown


ROUTES = (show_unit, speak_for_unit)
