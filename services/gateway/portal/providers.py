"""Signing in through another provider, and linking one's account with it."""

import asyncio

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.response import Redirect

from contracts import intake
from kernel.errors import Refused
from services.gateway import oidc, outside, problems, words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import FormTooOld, cookie_name
from services.gateway.portal.own_account import at_home
from services.gateway.portal.signing_in import arrive, form

KEPT = "sangkien-qua"  # the cookie that holds the state while the browser is away
LINK = "lien-ket"


@get("/dang-nhap/qua/{provider_id:str}")
async def leave_for_provider(
    request: Request[None, None, State], visitor: Calling, provider_id: Name
) -> Redirect:
    """Send the browser to a provider, to sign in or, with `?lien-ket`, to link the account."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FormTooOld
    wants_link = LINK in request.query_params
    account_id = at_home(visitor).account.id if wants_link else None
    door = visitor.door
    url, state = await asyncio.to_thread(
        outside.leave, door, visitor.tenant, provider_id, account_id
    )
    answer = Redirect(path=url, status_code=303, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        cookie_name(door.settings, KEPT),
        state,
        httponly=True,
        secure=door.settings.cookie_secure,
        samesite="lax",
        max_age=int(outside.WITHIN.total_seconds()),
    )
    return answer


@get(outside.BACK)
async def come_back_from_provider(
    request: Request[None, None, State], visitor: Calling
) -> Response[str] | Redirect:
    """Sign in whom a provider sends back; say on the form why not."""
    door = visitor.door
    kept = request.cookies.get(cookie_name(door.settings, KEPT), "")
    said = {name: str(value) for name, value in request.query_params.items()}
    try:
        came = await asyncio.to_thread(outside.arrive, door, said, kept, visitor.place)
        await introduce(visitor, came)
    except (Refused, oidc.ProviderAway) as refusal:
        found = problems.read(refusal, outside.BACK)
        away = isinstance(refusal, oidc.ProviderAway)
        said_why = words.say(str(refusal), {}) if away else found.detail
        return await form(visitor, mistake=(said_why, found.status))
    return await arrive(visitor, came.ticket)


async def introduce(visitor: Caller, came: outside.Came) -> None:
    """Tell intake who has an account now, as its provider named them."""
    account, somebody = came.ticket.account, came.made
    if somebody is None:
        return
    command = intake.RegisterPerson(
        person_id=account.id,
        full_name=somebody.full_name,
        email=somebody.email,
        phone=somebody.phone,
        unit_id=somebody.unit_id,
        roles=tuple(sorted(account.roles)),
    )
    tenant = came.ticket.token.partition(".")[0]
    await visitor.of_itself(tenant).tell(command)


ROUTES = (leave_for_provider, come_back_from_provider)
