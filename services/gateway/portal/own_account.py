"""My account: one's sign-ins, one's password, and the key of one's own."""

import asyncio
import re

from litestar import Response, get, post
from litestar.response import Redirect

from kernel.errors import Refused
from services.gateway import (
    domain,
    outside,
    own_keys,
    problems,
    renewing,
    second_steps,
    sessions,
)
from services.gateway.caller import NOBODY, Caller, Calling
from services.gateway.portal.forms import Posted, Sent, set_cookie
from services.gateway.portal.pages import go, page
from services.gateway.portal.warning import warn_after

HOME = "/toi/tai-khoan"
BROWSERS = (
    (re.compile(r"Edg"), "Edge"),
    (re.compile(r"CocCoc|coc_coc"), "Cốc Cốc"),
    (re.compile(r"Firefox"), "Firefox"),
    (re.compile(r"Chrom(e|ium)"), "Chrome"),
    (re.compile(r"Safari"), "Safari"),
)
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def at_home(caller: Caller) -> Caller:
    """Return who is at their own account; half signed in is enough, to look as another is not."""
    if caller.account is NOBODY:
        raise domain.SignInNeeded
    if caller.account.true_id is not None:
        raise domain.OnlyLooking
    return caller


@get(HOME)
async def show_own_account(visitor: Calling) -> Response[str] | Redirect:
    """Show where one is signed in, and what one can change."""
    return await account_page(at_home(visitor))


@post(f"{HOME}/dang-xuat-noi-khac", status_code=303)
async def end_other_sessions(posted: Sent) -> Redirect:
    """End all sign-ins of one's own but this."""
    caller = at_home(posted.caller)
    database = caller.door.accounts.database
    await asyncio.to_thread(sessions.end_others, database, caller.token, caller.account.id)
    return go(HOME)


@post(f"{HOME}/dang-xuat-mot-noi", status_code=303)
async def end_one_session(posted: Sent) -> Redirect:
    """End one sign-in of one's own."""
    caller = at_home(posted.caller)
    if name := posted["sign_in"]:
        database = caller.door.accounts.database
        await asyncio.to_thread(
            sessions.end_named, database, caller.tenant, caller.account.id, name
        )
    return go(HOME)


@post(f"{HOME}/mat-khau", status_code=200)
async def change_password(posted: Sent) -> Response[str] | Redirect:
    """Take a new password; every other sign-in ends and this one gets a new token."""
    caller = at_home(posted.caller)
    try:
        check_twice(posted)
        ticket = await asyncio.to_thread(
            renewing.change, caller.door.accounts, caller.token, posted["old"], posted["new"]
        )
    except Refused as refusal:
        return await again(caller, "password", refusal)
    answer = go(HOME)
    set_cookie(answer, caller.door, ticket)
    warn_after(answer, caller, caller.tenant, caller.account.id, "PASSWORD")
    return answer


@post(f"{HOME}/khoa-rieng", status_code=200)
async def open_own_key(posted: Sent) -> Response[str] | Redirect:
    """Open the key of one's own in this sign-in, or make it, under a passphrase."""
    caller = at_home(posted.caller)
    try:
        if posted["anew"] or posted["first"]:
            check_twice(posted)
        await asyncio.to_thread(
            own_keys.open_here,
            caller.door.accounts,
            caller.token,
            posted["new"],
            anew=bool(posted["anew"]),
        )
    except Refused as refusal:
        return await again(caller, "key", refusal)
    return go(HOME)


def check_twice(posted: Posted) -> None:
    """Refuse a new password that was typed in two ways."""
    if posted["new"] != posted["repeated"]:
        raise renewing.TypedTwice


async def again(caller: Caller, step: str, refusal: Refused) -> Response[str]:
    """Show the page again, with what was refused beside its form."""
    found = problems.read(refusal, HOME)
    return await account_page(caller, (step, found.detail), found.status)


async def account_page(
    caller: Caller, mistake: tuple[str, str] = ("", ""), status: int = 200
) -> Response[str]:
    """Show the page."""
    accounts = caller.door.accounts
    here = domain.token_digest(caller.token)
    lines, kept, others, linked = await asyncio.gather(
        asyncio.to_thread(sessions.listed, accounts.database, caller.tenant, caller.account.id),
        asyncio.to_thread(own_keys.state, accounts, caller.token),
        asyncio.to_thread(outside.offered, accounts.database, caller.tenant),
        asyncio.to_thread(outside.linked, accounts.database, caller.tenant, caller.account.id),
    )
    return page(
        caller,
        "own_account.html",
        status,
        lines=lines,
        here=here[:16],
        key=kept,
        others=others,
        linked=linked,
        mistake={"where": mistake[0], "text": mistake[1]},
        has_code=await asyncio.to_thread(has_code, caller),
        browser_of=browser_of,
    )


def has_code(caller: Caller) -> bool:
    """Tell whether the caller signs in with a second step."""
    database = caller.door.accounts.database
    with sessions.working(database, caller.tenant, read_only=True) as work:
        return second_steps.is_set(work.session, caller.account.id)


def browser_of(said: str) -> str:
    """Return what a browser calls itself in two words: `Firefox, Windows`."""
    name = next((name for pattern, name in BROWSERS if pattern.search(said)), said[:40])
    system = next((system for system in SYSTEMS if system in said), "")
    return ", ".join(part for part in (name, system) if part)


ROUTES = (
    show_own_account,
    end_other_sessions,
    end_one_session,
    change_password,
    open_own_key,
)
