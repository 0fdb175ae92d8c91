"""A forgotten password: asking for a link, and a new password by it.

The answer is the same, and comes as soon, whether or not anybody is called so: the letter is
written after it.
"""

import asyncio

from litestar import Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.response import Redirect

from contracts import notify
from kernel import clock
from kernel.errors import Refused
from services.gateway import problems, renewing, resets
from services.gateway.api.routes import Name
from services.gateway.caller import Caller
from services.gateway.portal.forms import Sent
from services.gateway.portal.own_account import check_twice
from services.gateway.portal.pages import page
from services.gateway.portal.warning import ask_for, warn_after

ASK = "/quen-mat-khau"


@get(ASK)
async def show_forgotten() -> Response[str]:
    """Show the form to ask for a link with."""
    return page(None, "forgotten.html", asked=False)


@post(ASK, status_code=200)
async def ask_for_link(posted: Sent) -> Response[str]:
    """Say that a letter is on its way if there is such an account; then write it."""
    answer = page(None, "forgotten.html", asked=True)
    answer.background = BackgroundTask(send_link, posted.caller, posted["login"])
    return answer


async def send_link(caller: Caller, login: str) -> None:
    """Have notify write to whoever is called so, if anybody is."""
    accounts = caller.door.accounts
    found = await asyncio.to_thread(renewing.begin_reset, accounts, caller.tenant, login)
    if found is None:
        return
    person_id, token = found
    portal = caller.door.settings.portal_url.rstrip("/")
    command = notify.SendPasswordLink(
        person_id=person_id,
        link=f"{portal}{ASK}/{token}",
        good_until=clock.now() + resets.GOOD_FOR,
    )
    await ask_for(caller, caller.tenant, command)


@get(f"{ASK}/{{token:str}}")
async def show_new_password(token: Name) -> Response[str]:
    """Show the form for the new password; the link is used up by sending it."""
    return new_password_page(token)


@post(f"{ASK}/{{token:str}}", status_code=200)
async def set_new_password(posted: Sent, token: Name) -> Response[str] | Redirect:
    """Set the new password; every sign-in of the account ends."""
    try:
        check_twice(posted)
        tenant, person_id = await asyncio.to_thread(
            renewing.finish_reset, posted.caller.door.accounts, token, posted["new"]
        )
    except Refused as refusal:
        found = problems.read(refusal, ASK)
        return new_password_page(token, (found.detail, found.status))
    answer = page(None, "new_password.html", done=True, token="", mistake="")
    warn_after(answer, posted.caller, tenant, person_id, "PASSWORD")
    return answer


def new_password_page(token: str, mistake: tuple[str, int] = ("", 200)) -> Response[str]:
    """Show the form; its address, which opens the account, is told to nobody else."""
    values = {"done": False, "token": token, "mistake": mistake[0]}
    answer = page(None, "new_password.html", mistake[1], **values)
    answer.headers |= {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return answer


ROUTES = (show_forgotten, ask_for_link, show_new_password, set_new_password)
