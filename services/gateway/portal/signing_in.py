"""Signing in and out by the form: the password, then the code of a second step."""

import asyncio

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.response import Redirect

from services.gateway import domain, outside, problems, second_steps, sessions, sign_ins, tries
from services.gateway.accounts import Ticket
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent, clear_cookie, cookie_name, set_cookie
from services.gateway.portal.pages import go, page

REFUSALS = (domain.WrongLogin, tries.TooManyTries)


@get("/dang-nhap")
async def show_sign_in(visitor: Calling) -> Response[str] | Redirect:
    """Show the form to sign in with, unless they have."""
    if visitor.token:
        return go("/toi")
    return await form(visitor)


@post("/dang-nhap", status_code=200)
async def sign_in(posted: Sent) -> Response[str] | Redirect:
    """Take login and password; a sign-in that was there ends."""
    caller, login = posted.caller, posted["login"]
    accounts = caller.door.accounts
    try:
        ticket = await asyncio.to_thread(
            accounts.enter, caller.tenant, login, posted["password"], caller.place
        )
    except REFUSALS as refusal:
        found = problems.read(refusal, "/dang-nhap")
        return await form(caller, login, (found.detail, found.status))
    return await arrive(caller, ticket)


async def form(
    visitor: Caller, login: str = "", mistake: tuple[str, int] = ("", 200)
) -> Response[str]:
    """Show the form, with the other ways to sign in that the tenant has."""
    database = visitor.door.accounts.database
    others = await asyncio.to_thread(outside.offered, database, visitor.tenant)
    values = {"login": login, "mistake": mistake[0], "others": others}
    return page(None, "sign_in.html", mistake[1], **values)


async def arrive(caller: Caller, ticket: Ticket) -> Redirect:
    """Give the browser its sign-in and send it on: to its desk, or to what is still needed."""
    if caller.token:
        await asyncio.to_thread(caller.door.accounts.sign_out, caller.token)
    then = {sign_ins.CODE: "/dang-nhap/ma", sign_ins.ENROL: "/toi/tai-khoan/hai-buoc"}
    answer = go(then.get(ticket.waits_for or "", "/toi"))
    set_cookie(answer, caller.door, ticket)
    return answer


@get("/dang-nhap/ma")
async def show_code_form(
    request: Request[None, None, State], visitor: Calling
) -> Response[str] | Redirect:
    """Ask for the code of the second step, where a sign-in waits for it."""
    token = request.cookies.get(cookie_name(visitor.door.settings), "")
    found = await asyncio.to_thread(sessions.waiting, visitor.door.accounts.database, token)
    return go("/dang-nhap") if found is None else page(None, "sign_in_code.html", mistake="")


@post("/dang-nhap/ma", status_code=200)
async def send_code(request: Request[None, None, State], posted: Sent) -> Response[str] | Redirect:
    """Take the code; the sign-in goes on under a new token."""
    caller = posted.caller
    token = request.cookies.get(cookie_name(caller.door.settings), "")
    accounts = caller.door.accounts
    try:
        ticket = await asyncio.to_thread(accounts.pass_code, token, posted["code"], caller.place)
    except (second_steps.WrongCode, tries.TooManyTries) as refusal:
        found = problems.read(refusal, "/dang-nhap/ma")
        return page(None, "sign_in_code.html", found.status, mistake=found.detail)
    answer = go("/toi")
    set_cookie(answer, caller.door, ticket)
    return answer


@post("/dang-xuat", status_code=200)
async def sign_out(posted: Sent) -> Response[str] | Redirect:
    """End the sign-in; who came through another provider is told how to leave that as well."""
    caller = posted.caller
    elsewhere = ""
    if caller.token:
        elsewhere = await outside.way_out(caller.door, caller.token)
        await asyncio.to_thread(caller.door.accounts.sign_out, caller.token)
    answer = page(None, "signed_out.html", elsewhere=elsewhere) if elsewhere else go("/")
    clear_cookie(answer, caller.door)
    return answer


ROUTES = (show_sign_in, sign_in, show_code_form, send_code, sign_out)
