"""Pages for everybody: the contests, the results, signing in and out."""

import asyncio

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import awards, intake
from kernel import clock
from services.gateway import domain, problems
from services.gateway.api.open_results import open_results
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.forms import COOKIE, Sent
from services.gateway.portal.pages import go, page

FIELDS = {
    "code": "Mã số",
    "title": "Sáng kiến",
    "authors": "Tác giả",
    "unit": "Đơn vị",
    "prize": "Giải",
    "score": "Điểm",
    "rank": "Hạng",
}


@get("/")
async def show_home(visitor: Calling) -> Response[str]:
    """Show the contests and their dates."""
    contests = await visitor.ask(intake.ListContests(), tuple[intake.ContestLine, ...])
    return page(visitor, "home.html", contests=contests, now=clock.now())


@get("/ket-qua/{contest_id:str}")
async def show_result_page(visitor: Calling, contest_id: Name) -> Response[str]:
    """Show the published results of a contest."""
    results = await visitor.ask(awards.ShowResults(contest_id=contest_id), awards.Results)
    found = await open_results(visitor, contest_id)
    decisions = [paper for paper in results.papers if paper.kind == "DECISION"]
    return page(
        visitor,
        "results.html",
        results=results,
        open=found,
        field_names=FIELDS,
        decisions=decisions,
    )


@get("/dang-nhap")
async def show_sign_in(visitor: Calling) -> Response[str] | Redirect:
    """Show the form to sign in with, unless they have."""
    if visitor.token:
        return go("/toi")
    return page(visitor, "sign_in.html", login="", mistake="")


@post("/dang-nhap", status_code=200)
async def sign_in(posted: Sent) -> Response[str] | Redirect:
    """Sign in, or say that login or password are wrong."""
    caller, login = posted.caller, posted["login"]
    accounts = caller.door.accounts
    try:
        ticket = await asyncio.to_thread(
            accounts.sign_in, caller.tenant, login, posted["password"]
        )
    except (domain.WrongLogin, domain.TooManyTries) as refusal:
        found = problems.read(refusal, "/dang-nhap")
        return page(None, "sign_in.html", found.status, login=login, mistake=found.detail)
    answer = go("/toi")
    answer.set_cookie(
        COOKIE,
        ticket.token,
        httponly=True,
        secure=caller.door.settings.cookie_secure,
        samesite="lax",
        max_age=int(domain.LIFETIME["PERSON"].total_seconds()),
    )
    return answer


@post("/dang-xuat", status_code=303)
async def sign_out(posted: Sent) -> Redirect:
    """End the sign-in."""
    if posted.caller.token:
        await asyncio.to_thread(posted.caller.door.accounts.sign_out, posted.caller.token)
    answer = go("/")
    answer.delete_cookie(COOKIE)
    return answer


ROUTES = (show_home, show_result_page, show_sign_in, sign_in, sign_out)
