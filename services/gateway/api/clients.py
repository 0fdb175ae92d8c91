"""Systems of other agencies: their accounts and secrets."""

import asyncio
from datetime import timedelta

from litestar import delete, post
from litestar.params import JSONBody
from msgspec import Struct

from kernel.errors import require
from services.gateway import scopes
from services.gateway.accounts import machine_now
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.domain import Account

MOST_HOURS = 24 * 90  # that an old secret stays good beside the new one


class MadeClient(Struct, frozen=True, kw_only=True):
    """What a system signs in with at `/v1/token`; the secret is shown only now."""

    client_id: str
    client_secret: str


class NewClient(Struct, frozen=True, kw_only=True):
    """What a system may do: scopes such as `entries:write` or `contest:HG-CCHC-2022`."""

    scopes: frozenset[str] = scopes.USUAL


class Rotation(Struct, frozen=True, kw_only=True):
    """How long the old secret stays good beside the new one, in hours."""

    old_good_hours: int = 24


@post("/clients")
async def make_client(caller: Calling, data: JSONBody[NewClient | None] = None) -> MadeClient:
    """Make an account for another agency's system, with the scopes it may have."""
    require(caller.account, "organiser", "operator")
    own = data.scopes if data else scopes.USUAL
    scopes.check(own)
    client_id = caller.fresh_id("client")
    client = Account(client_id, "CLIENT", client_id, frozenset({"client"}), scopes=own)
    secret = await asyncio.to_thread(caller.door.accounts.issue, caller.tenant, client)
    return MadeClient(client_id=client_id, client_secret=secret)


@post("/clients/{client_id:str}/secrets")
async def rotate_secret(
    caller: Calling, client_id: Name, data: JSONBody[Rotation | None] = None
) -> MadeClient:
    """Give a system a new secret; the old one stays good for a while, or until it is revoked."""
    require(caller.account, "organiser", "operator")
    hours = max(0, min((data or Rotation()).old_good_hours, MOST_HOURS))
    until = machine_now() + timedelta(hours=hours)
    accounts = caller.door.accounts
    rotation = caller.fresh_id("secret")
    secret = await asyncio.to_thread(accounts.rotate, caller.tenant, client_id, until, rotation)
    return MadeClient(client_id=client_id, client_secret=secret)


@delete("/clients/{client_id:str}/secrets/old")
async def revoke_old_secret(caller: Calling, client_id: Name) -> None:
    """End a system's old secret at once."""
    require(caller.account, "organiser", "operator")
    await asyncio.to_thread(caller.door.accounts.revoke_old, caller.tenant, client_id)


ROUTES = (make_client, rotate_secret, revoke_old_secret)
