"""Setting up the second step of one's own signing in, and doing without it."""

import asyncio
import io

import segno
from litestar import Response, get, post
from litestar.response import Redirect

from kernel.errors import Refused
from services.gateway import domain, problems, second_steps, sessions, sign_ins
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent, set_cookie
from services.gateway.portal.own_account import HOME, at_home, has_code
from services.gateway.portal.pages import go, page
from services.gateway.portal.warning import warn_after
from services.gateway.sessions import machine_now, working

SETUP = f"{HOME}/hai-buoc"


class SecondStepKept(Refused):
    """Your role needs a second step; it can be replaced, not done without."""


@get(SETUP)
async def show_second_step(visitor: Calling) -> Response[str]:
    """Show the seed for an app, or that a second step is in force."""
    return await setup_page(at_home(visitor))


@get(f"{SETUP}/ma.svg")
async def draw_seed(visitor: Calling) -> Response[bytes]:
    """Draw the seed for an app to read."""
    caller = at_home(visitor)
    if await asyncio.to_thread(has_code, caller):
        raise domain.SignInNeeded
    seed = await asyncio.to_thread(seed_of, caller)
    said = second_steps.address_of(seed, caller.account.login, caller.tenant)
    drawn = io.BytesIO()
    segno.make(said, error="m").save(drawn, kind="svg", scale=5, border=4, xmldecl=False)
    headers = {"Cache-Control": "no-store"}
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers=headers)


@post(SETUP, status_code=200)
async def confirm_second_step(posted: Sent) -> Response[str] | Redirect:
    """Put it in force by a first code; show the recovery codes once, under a new token."""
    caller = at_home(posted.caller)
    accounts = caller.door.accounts
    try:
        codes = await asyncio.to_thread(confirm, caller, posted["code"])
    except Refused as refusal:
        found = problems.read(refusal, SETUP)
        return await setup_page(caller, (found.detail, found.status))
    ticket = await asyncio.to_thread(sessions.renew, accounts.database, caller.token)
    if ticket is None:
        raise domain.SignInNeeded
    answer = page(None, "recovery_codes.html", codes=codes)
    answer.headers["Cache-Control"] = "no-store"
    set_cookie(answer, caller.door, ticket)
    warn_after(answer, caller, caller.tenant, caller.account.id, "SECOND_STEP_SET")
    return answer


@post(f"{SETUP}/bo", status_code=200)
async def drop_second_step(posted: Sent) -> Response[str] | Redirect:
    """Do without it, against a code of it; whose role needs one sets up another."""
    caller = at_home(posted.caller)
    try:
        await asyncio.to_thread(drop, caller, posted["code"])
    except Refused as refusal:
        found = problems.read(refusal, SETUP)
        return await setup_page(caller, (found.detail, found.status))
    answer = go(SETUP)
    warn_after(answer, caller, caller.tenant, caller.account.id, "SECOND_STEP_DROPPED")
    return answer


async def setup_page(caller: Caller, mistake: tuple[str, int] = ("", 200)) -> Response[str]:
    """Show the page."""
    is_set = await asyncio.to_thread(has_code, caller)
    seed = "" if is_set else await asyncio.to_thread(seed_of, caller)
    values = {"is_set": is_set, "seed": seed, "mistake": mistake[0]}
    answer = page(caller, "second_step.html", mistake[1], **values)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def seed_of(caller: Caller) -> str:
    """Return the seed that waits to be confirmed."""
    accounts = caller.door.accounts
    with working(accounts.database, caller.tenant) as work:
        return second_steps.prepare(work.session, caller.account.id, accounts.door_key)


def confirm(caller: Caller, code: str) -> tuple[str, ...]:
    """Put the second step in force; other sign-ins end, as they came without one."""
    accounts, now = caller.door.accounts, machine_now()
    with working(accounts.database, caller.tenant) as work:
        codes = second_steps.confirm(work.session, caller.account.id, code, now, accounts.door_key)
        here = domain.token_digest(caller.token)
        sign_ins.end_others(work.session, caller.account.id, here)
    return codes


def drop(caller: Caller, code: str) -> None:
    """Take the second step away; raises `WrongCode`, and `SecondStepKept` if it is needed."""
    accounts = caller.door.accounts
    with working(accounts.database, caller.tenant) as work:
        if second_steps.is_needed(work.session, caller.account.roles):
            raise SecondStepKept
        second_steps.check(work.session, caller.account.id, code, machine_now(), accounts.door_key)
        second_steps.drop(work.session, caller.account.id)


ROUTES = (show_second_step, draw_seed, confirm_second_step, drop_second_step)
