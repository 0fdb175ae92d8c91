"""The defence day: drawn up, recorded and changed by the office, read by whom it concerns."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import groupby

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import review
from contracts.rules import Round, Rules
from kernel.errors import Refused
from services.gateway import problems, words
from services.gateway.api.defence import saved
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.defence_forms import Known, drawing, moves, swaps
from services.gateway.portal.desk import NoSuchRound, round_of, shown_to
from services.gateway.portal.forms import Sent
from services.gateway.portal.holding import names_of
from services.gateway.portal.pages import POLICY, go, page

PATH = "/toi/bao-ve/{contest_id:str}/{round_id:str}"
Slots = Sequence[review.DefenceSlot]


@get(PATH)
async def show_defence_page(caller: Calling, contest_id: Name, round_id: Name) -> Response[str]:
    """Show the programme of the day; the office can draw one up and change it."""
    query = review.ShowDefence(contest_id=contest_id, round_id=round_id)
    asked = caller.ask(query, review.DefenceDay)
    (rules, round_), day = await asyncio.gather(
        defended(caller, contest_id, round_id),
        unless_refused(asked, None) if runs(caller) else asked,
    )
    return await programme(caller, rules, round_, day)


@post(PATH, status_code=200)
async def draw_defence_up(
    posted: Sent, contest_id: Name, round_id: Name
) -> Response[str] | Redirect:
    """Show the day as it would be, or keep it; refused, show what was typed and why."""
    caller = posted.caller
    query = review.ShowDefence(contest_id=contest_id, round_id=round_id)
    (rules, round_), day = await asyncio.gather(
        defended(caller, contest_id, round_id),
        unless_refused(caller.ask(query, review.DefenceDay), None),
    )
    plan, mistake, status = None, "", 200
    try:
        drawn = drawing(posted, contest_id, round_id, await known(caller, rules))
        if posted["step"] == "record":
            command = review.RecordDefence(
                reason=posted["reason"], version=day.newest if day else 0, **drawn
            )
            await caller.ask(command, int)
            return go(path_of(contest_id, round_id))
        plan = await caller.ask(review.PlanDefence(**drawn), review.DefencePlan)
    except Refused as refusal:
        found = problems.read(refusal, path_of(contest_id, round_id))
        if found.status in (401, 403):
            raise
        mistake, status = found.detail, found.status
    return await programme(
        caller,
        rules,
        round_,
        day,
        plan=plan,
        typed=posted.fields,
        mistake=mistake,
        status=status,
    )


@post(PATH + "/doi", status_code=303)
async def change_defence_slot(posted: Sent, contest_id: Name, round_id: Name) -> Redirect:
    """Move an entry, or take it out of the day."""
    code, version = posted["code"], posted["version"]
    command = review.ChangeDefence(
        contest_id=contest_id,
        round_id=round_id,
        version=int(version) if version.isdecimal() else 0,
        reason=posted["reason"],
        withdrawn=(code,) if posted["step"] == "withdraw" else (),
        swaps=swaps(posted) if posted["step"] == "swap" else (),
        moves=moves(posted) if posted["step"] == "move" else (),
    )
    await posted.caller.ask(command, int)
    return go(path_of(contest_id, round_id))


@get(PATH + "/lich.ics")
async def save_defence(caller: Calling, contest_id: Name, round_id: Name) -> Response[bytes]:
    """Return the whole day as a calendar file to the office, their own slots to others."""
    own = not runs(caller)
    query = review.ExportDefence(contest_id=contest_id, round_id=round_id, own=own)
    return await saved(caller, query)


@get(PATH + "/chuong")
async def show_bell(caller: Calling, contest_id: Name, round_id: Name) -> Response[str]:
    """Show the bell; it has all it needs in the page."""
    query = review.ShowDefence(contest_id=contest_id, round_id=round_id)
    (rules, round_), day = await asyncio.gather(
        defended(caller, contest_id, round_id),
        unless_refused(caller.ask(query, review.DefenceDay), None),
    )
    slots = [slot for slot in day.slots if slot.state == "CONFIRMED"] if day else []
    shown = page(
        caller,
        "bell.html",
        rules=rules,
        round=round_,
        slot=day or round_.slot,
        slots=slots,
        path=path_of(contest_id, round_id),
    )
    shown.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"
    return shown


@get("/cuoc-thi/{contest_id:str}/{round_id:str}/lich-bao-ve")
async def show_public_programme(
    visitor: Calling, contest_id: Name, round_id: Name
) -> Response[str]:
    """Show the programme of the day to everybody."""
    query = review.ShowProgramme(contest_id=contest_id, round_id=round_id)
    shown = await visitor.ask(query, review.Programme)
    return page(visitor, "programme.html", programme=shown)


async def programme(  # noqa: PLR0913  # what the page shows
    caller: Caller,
    rules: Rules,
    round_: Round,
    day: review.DefenceDay | None,
    *,
    plan: review.DefencePlan | None = None,
    typed: Mapping[str, str] | None = None,
    mistake: str = "",
    status: int = 200,
) -> Response[str]:
    """Show a day, and a plan of another beside it; the office sees judges by their logins."""
    names = (
        await names_of(caller) if runs(caller) else {caller.account.id: words.translated("Ông/Bà")}
    )
    return page(
        caller,
        "defence.html",
        status,
        mistake=mistake,
        rules=rules,
        round=round_,
        slot=day or round_.slot,
        day=day,
        rooms=by_room(day.slots) if day else [],
        plan=plan,
        planned=by_room(plan.slots) if plan else [],
        typed=typed or {},
        names=names,
        runs=runs(caller),
        path=path_of(rules.id, round_.id),
    )


def by_room(slots: Slots) -> list[tuple[str, list[review.DefenceSlot]]]:
    """Gather slots by room, each in the order of time."""
    ordered = sorted(slots, key=lambda slot: (slot.room, slot.starts_at))
    return [(room, list(inside)) for room, inside in groupby(ordered, key=lambda slot: slot.room)]


async def known(caller: Caller, rules: Rules) -> Known:
    """Return what the words on the office's forms may name."""
    asked = caller.ask(review.ShowJury(contest_id=rules.id), review.JuryView)
    jury = await unless_refused(asked, None)
    return Known(
        areas=[area.code for area in rules.areas],
        panels=[panel.panel_id for panel in jury.panels] if jury else [],
        persons={login: person for person, login in (await names_of(caller)).items()},
    )


def runs(caller: Caller) -> bool:
    """Say whether the caller is shown what the office does."""
    return "rounds" in shown_to(caller)


def path_of(contest_id: str, round_id: str) -> str:
    """Return the address of a day's page."""
    return f"/toi/bao-ve/{contest_id}/{round_id}"


async def defended(caller: Caller, contest_id: str, round_id: str) -> tuple[Rules, Round]:
    """Return the rules of a contest, and of a round of it that is defended."""
    rules, round_ = await round_of(caller, contest_id, round_id)
    if round_.slot is None:
        raise NoSuchRound
    return rules, round_


ROUTES = (
    show_defence_page,
    draw_defence_up,
    change_defence_slot,
    save_defence,
    show_bell,
    show_public_programme,
)
