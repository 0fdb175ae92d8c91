"""Looking at pages as another account: read-only, with one's own name on every page.

The reason is written into the ledger before anything is seen.
"""

import asyncio

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import intake
from kernel.errors import Refused, require
from services.gateway import problems, seeing, sessions
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent
from services.gateway.portal.own_account import at_home
from services.gateway.portal.pages import go, page

LOOK = "/toi/xem-nhu"


@get(LOOK)
async def show_looking(caller: Calling) -> Response[str]:
    """Show the form to look as somebody with."""
    require(caller.account, "organiser", "operator")
    return page(at_home(caller), "looking.html", login="", reason="", mistake="")


@post(LOOK, status_code=200)
async def begin_looking(posted: Sent) -> Response[str] | Redirect:
    """Write down who looks as whom and why, then do so."""
    caller, login, reason = at_home(posted.caller), posted["login"], posted["reason"]
    accounts = caller.door.accounts
    try:
        seen = await asyncio.to_thread(seeing.find, accounts, caller, login)
        await caller.tell(intake.RecordLook(person_id=seen.id, reason=reason))
    except Refused as refusal:
        found = problems.read(refusal, LOOK)
        values = {"login": login, "reason": reason, "mistake": found.detail}
        return page(caller, "looking.html", found.status, **values)
    await asyncio.to_thread(sessions.look_as, accounts.database, caller.token, seen.id)
    return go("/toi")


@post(f"{LOOK}/thoi", status_code=303)
async def stop_looking(posted: Sent) -> Redirect:
    """Be oneself again."""
    caller: Caller = posted.caller
    if caller.token:
        database = caller.door.accounts.database
        await asyncio.to_thread(sessions.look_as, database, caller.token, None)
    return go("/toi")


ROUTES = (show_looking, begin_looking, stop_looking)
