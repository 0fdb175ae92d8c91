"""Signing in and out, and accounts of people."""

import asyncio
from dataclasses import replace
from datetime import datetime

from litestar import delete, post
from litestar.params import JSONBody
from msgspec import Struct

from contracts import intake
from services.gateway import domain
from services.gateway.caller import Caller, Calling
from services.gateway.domain import Account


class Login(Struct, frozen=True, kw_only=True):
    """Who signs in. `tenant` may be left out where there is but one; `code` is a second step's."""

    login: str
    password: str
    tenant: str | None = None
    code: str = ""


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


@post("/sessions")
async def sign_in(visitor: Calling, data: JSONBody[Login]) -> SignedIn:
    """Begin a session."""
    tenant = data.tenant or visitor.tenant
    domain.check_tenant(tenant)
    accounts = visitor.door.accounts
    ticket = await asyncio.to_thread(
        accounts.sign_in, tenant, data.login, data.password, visitor.place, data.code
    )
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
        roles=tuple(sorted(account.roles)),
    )
    await caller.tell(command)
    return made_up


ROUTES = (
    sign_in,
    sign_out,
    register,
    make_account,
)
