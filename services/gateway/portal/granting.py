"""Roles in one contest: who has which, given and taken with a reason."""

import asyncio

from litestar import Response, get, post
from litestar.response import Redirect

from kernel.errors import Refused, require
from services.gateway import giving, problems
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import go, page

ROLES_HERE = "/toi/vai-tro/{contest_id:str}"


@get(ROLES_HERE)
async def show_grants(caller: Calling, contest_id: Name) -> Response[str]:
    """Show who has a role in the contest alone."""
    require(caller.account, "organiser", "operator")
    return await grants_page(caller, contest_id)


@post(ROLES_HERE, status_code=200)
async def change_grants(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Give a role, or take it."""
    caller = posted.caller
    try:
        await giving.change(
            caller,
            contest_id,
            giving.Change(
                login=posted["login"],
                role=posted["role"],
                reason=posted["reason"],
                is_given=posted["step"] != "take",
            ),
        )
    except Refused as refusal:
        found = problems.read(refusal, f"/toi/vai-tro/{contest_id}")
        return await grants_page(caller, contest_id, (found.detail, found.status))
    return go(f"/toi/vai-tro/{contest_id}")


async def grants_page(
    caller: Caller, contest_id: str, mistake: tuple[str, int] = ("", 200)
) -> Response[str]:
    """Show the page."""
    lines = await asyncio.to_thread(giving.listed, caller, contest_id)
    rules = await rules_of(caller, contest_id)
    named = {f"authority:{one.code}": one.name for one in rules.authorities}
    given = named if "operator" in caller.account.roles else {}
    values = {"lines": lines, "title": rules.title, "named": named, "mistake": mistake[0]}
    return page(caller, "grants.html", mistake[1], roles=[*giving.OF_A_CONTEST, *given], **values)


ROUTES = (show_grants, change_grants)
