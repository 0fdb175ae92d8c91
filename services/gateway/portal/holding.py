"""Pages for those who hold keys: register one, give it for a round (khóa mở niêm phong)."""

import asyncio

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import review
from kernel.errors import Refused, Unavailable
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import go, page

PATH = "/toi/niem-phong/{contest_id:str}/{round_id:str}"


@get("/toi/khoa")
async def show_key(caller: Calling) -> Response[str]:
    """Show where a public key is registered."""
    return page(caller, "key.html", challenge="")


@post("/toi/khoa")
async def register_key(posted: Sent) -> Response[str]:
    """Register a public key and show the challenge that goes with it."""
    command = review.RegisterKey(public_key=posted["public_key"])
    said = await posted.caller.ask(command, review.KeyChallenge)
    return page(posted.caller, "key.html", challenge=said.sealed)


@post("/toi/khoa/xac-nhan", status_code=303)
async def confirm_key(posted: Sent) -> Redirect:
    """Take the answer to the challenge."""
    await posted.caller.tell(review.ConfirmKey(answer=posted["answer"]))
    return go("/toi")


@get(PATH)
async def show_shares(caller: Calling, contest_id: Name, round_id: Name) -> Response[str]:
    """Show a holder their part of a round's key, and where it is given."""
    shares, view = await asyncio.gather(
        caller.ask(
            review.ShowKeyShares(contest_id=contest_id, round_id=round_id), review.KeyShares
        ),
        caller.ask(review.ShowRound(contest_id=contest_id, round_id=round_id), review.RoundView),
    )
    names = await names_of(caller)
    return page(caller, "shares.html", shares=shares, view=view, names=names)


@post(PATH, status_code=303)
async def give_key(posted: Sent, contest_id: Name, round_id: Name) -> Redirect:
    """Give a key; the second of two opens the sheets."""
    command = review.GiveKey(
        contest_id=contest_id,
        round_id=round_id,
        shares=posted["shares"],
        lost=posted["lost"] or None,
        minutes=posted["minutes"],
        reason=posted["reason"],
    )
    await posted.caller.ask(command, review.KeysGiven)
    return go("/toi")


async def holders(caller: Caller) -> dict[str, str]:
    """Return the logins of those with a confirmed key, by their ids; none if not to be seen."""
    try:
        found = await caller.ask(review.ListKeyHolders(), tuple[review.KeyHolder, ...])
    except (Refused, Unavailable):
        return {}
    names = await names_of(caller)
    return {
        one.person_id: names.get(one.person_id, one.person_id) for one in found if one.confirmed
    }


async def names_of(caller: Caller) -> dict[str, str]:
    """Return the logins of the tenant's accounts, by their ids."""
    accounts = await asyncio.to_thread(caller.door.accounts.every, caller.tenant)
    return {account.id: account.login for account in accounts}


ROUTES = (show_key, register_key, confirm_key, show_shares, give_key)
