"""Signing in and out, accounts, and clients of other agencies."""

import asyncio
import base64
import binascii
from dataclasses import replace
from datetime import datetime

from litestar import Request, Response, delete, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from contracts import intake
from kernel.errors import require
from services.gateway import domain
from services.gateway.caller import Caller, Calling, Door, tenant_of
from services.gateway.domain import Account


class Login(Struct, frozen=True, kw_only=True):
    """Who signs in. `tenant` may be left out where there is but one."""

    login: str
    password: str
    tenant: str | None = None


class SignedIn(Struct, frozen=True, kw_only=True):
    """A sign-in: send `token` as `Authorization: Bearer …`."""

    token: str
    expires_at: datetime
    person_id: str
    roles: frozenset[str]


class Registration(Struct, frozen=True, kw_only=True):
    """Somebody who wants to enter a contest."""

    login: str
    password: str
    full_name: str
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None


class NewAccount(Struct, frozen=True, kw_only=True):
    """An account made for somebody. Without a password, one is made up and returned."""

    login: str
    roles: frozenset[str]
    full_name: str
    password: str | None = None
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None


class MadeAccount(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account's person id, and the password if it was made up."""

    person_id: str
    password: str | None = None


class MadeClient(Struct, frozen=True, kw_only=True):
    """What a system signs in with at `/v1/token`; the secret is shown only now."""

    client_id: str
    client_secret: str


class Token(Struct, frozen=True, kw_only=True):
    """An access token (RFC 6749, 5.1)."""

    access_token: str
    expires_in: int
    token_type: str = "Bearer"  # noqa: S105  # the name of the kind, not a secret


class TokenRefusal(Struct, frozen=True, kw_only=True):
    """Why there is no token (RFC 6749, 5.2)."""

    error: str


@post("/sessions")
async def sign_in(visitor: Calling, data: JSONBody[Login]) -> SignedIn:
    """Begin a session."""
    tenant = data.tenant or visitor.tenant
    domain.check_tenant(tenant)
    accounts = visitor.door.accounts
    ticket = await asyncio.to_thread(accounts.sign_in, tenant, data.login, data.password)
    return SignedIn(
        token=ticket.token,
        expires_at=ticket.expires_at,
        person_id=ticket.account.id,
        roles=ticket.account.roles,
    )


@delete("/sessions")
async def sign_out(caller: Calling) -> None:
    """End the calling session."""
    await asyncio.to_thread(caller.door.accounts.sign_out, caller.token)


@post("/registrations")
async def register(visitor: Calling, data: JSONBody[Registration]) -> MadeAccount:
    """Make oneself an account to enter contests with."""
    await check_tenant_known(visitor)
    account = Account(
        visitor.fresh_id("account"), "PERSON", data.login, frozenset({"entrant"}), data.unit_id
    )
    # Intake lets people write down themselves, and staff anybody.
    await admit(replace(visitor, account=account), account, data, data.password)
    return MadeAccount(person_id=account.id)


async def check_tenant_known(visitor: Caller) -> None:
    """Refuse a tenant that nobody has set up: a visitor's word must not make one."""
    door = visitor.door
    if visitor.tenant != door.settings.default_tenant and not await asyncio.to_thread(
        door.accounts.knows, visitor.tenant
    ):
        raise domain.BadTenant


@post("/accounts")
async def make_account(caller: Calling, data: JSONBody[NewAccount]) -> MadeAccount:
    """Make an account for somebody."""
    domain.check_grant(caller.account.roles, data.roles)
    account = Account(caller.fresh_id("account"), "PERSON", data.login, data.roles, data.unit_id)
    made_up = await admit(caller, account, data, data.password)
    return MadeAccount(person_id=account.id, password=made_up)


async def admit(
    caller: Caller, account: Account, person: Registration | NewAccount, password: str | None
) -> str | None:
    """Make the account, then tell intake who it is; both may be repeated.

    Return the password if none was given and one had to be made up.
    """
    accounts, made_up = caller.door.accounts, None
    if password is None:
        made_up = await asyncio.to_thread(accounts.issue, caller.tenant, account)
    else:
        await asyncio.to_thread(accounts.register, caller.tenant, account, password)
    command = intake.RegisterPerson(
        person_id=account.id,
        full_name=person.full_name,
        email=person.email,
        phone=person.phone,
        unit_id=person.unit_id,
    )
    await caller.tell(command)
    return made_up


@post("/clients")
async def make_client(caller: Calling) -> MadeClient:
    """Make an account for another agency's system."""
    require(caller.account, "organiser", "operator")
    client_id = caller.fresh_id("client")
    client = Account(client_id, "CLIENT", client_id, frozenset({"client"}))
    secret = await asyncio.to_thread(caller.door.accounts.issue, caller.tenant, client)
    return MadeClient(client_id=client_id, client_secret=secret)


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
    try:
        ticket = await asyncio.to_thread(
            door.accounts.sign_in, tenant, str(client_id), str(secret), "CLIENT"
        )
    except domain.WrongLogin:
        refusal = TokenRefusal(error="invalid_client")
        return Response(refusal, status_code=401, headers={"WWW-Authenticate": "Basic"})
    seconds = int(domain.LIFETIME["CLIENT"].total_seconds())
    token = Token(access_token=ticket.token, expires_in=seconds)
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


ROUTES = (sign_in, sign_out, register, make_account, make_client, grant_token)
