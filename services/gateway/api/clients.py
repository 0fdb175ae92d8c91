"""Systems of other agencies: their accounts, secrets, and tokens (OAuth 2.0)."""

import asyncio
import base64
import binascii
from datetime import timedelta

from litestar import Request, Response, delete, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from kernel.errors import require
from services.gateway import domain, scopes
from services.gateway.accounts import machine_now
from services.gateway.api.routes import Name
from services.gateway.caller import Calling, Door, tenant_of
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


class Token(Struct, frozen=True, kw_only=True):
    """An access token (RFC 6749, 5.1)."""

    access_token: str
    expires_in: int
    scope: str
    token_type: str = "Bearer"  # noqa: S105  # the name of the kind, not a secret


class TokenRefusal(Struct, frozen=True, kw_only=True):
    """Why there is no token (RFC 6749, 5.2)."""

    error: str


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
    secret = await asyncio.to_thread(accounts.rotate, caller.tenant, client_id, until)
    return MadeClient(client_id=client_id, client_secret=secret)


@delete("/clients/{client_id:str}/secrets/old")
async def revoke_old_secret(caller: Calling, client_id: Name) -> None:
    """End a system's old secret at once."""
    require(caller.account, "organiser", "operator")
    await asyncio.to_thread(caller.door.accounts.revoke_old, caller.tenant, client_id)


@post("/token", status_code=200)
async def grant_token(
    request: Request[None, None, State], door: NamedDependency[Door]
) -> Response[Token | TokenRefusal]:
    """Sign a system in: OAuth 2.0 client credentials, as a form or with Basic."""
    form = await request.form()
    if form.get("grant_type") != "client_credentials":
        return Response(TokenRefusal(error="unsupported_grant_type"), status_code=400)
    client_id, secret = basic(request) or (form.get("client_id"), form.get("client_secret"))
    tenant = tenant_of(request, door)
    asked = frozenset(str(form.get("scope") or "").split())
    try:
        ticket = await asyncio.to_thread(
            door.accounts.grant, tenant, str(client_id), str(secret), asked
        )
    except (scopes.ScopeExceeded, scopes.UnknownScope):
        return Response(TokenRefusal(error="invalid_scope"), status_code=400)
    except domain.WrongLogin:
        refusal = TokenRefusal(error="invalid_client")
        return Response(refusal, status_code=401, headers={"WWW-Authenticate": "Basic"})
    seconds = int(domain.LIFETIME["CLIENT"].total_seconds())
    held = " ".join(sorted(ticket.account.scopes or ()))
    token = Token(access_token=ticket.token, expires_in=seconds, scope=held)
    return Response(token, headers={"Cache-Control": "no-store"})


def basic(request: Request[None, None, State]) -> tuple[str, str] | None:
    """Return the name and secret in the Authorization header, if they are there."""
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return name, secret


ROUTES = (make_client, rotate_secret, revoke_old_secret, grant_token)
