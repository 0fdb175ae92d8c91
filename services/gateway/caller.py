"""Who calls, and how their request becomes a message to a service.

Every route is given a `Caller` and asks through it; see any module of `api`.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import unquote

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency

from contracts import awards, intake, originality, review
from contracts.message import Actor, Command, Query
from kernel.client import Client
from kernel.envelope import name_of, new_id, owner_of
from services.gateway import domain, scopes
from services.gateway.accounts import Accounts
from services.gateway.arrival import ARRIVED_AT
from services.gateway.domain import Account
from services.gateway.settings import GatewaySettings
from services.gateway.turns import Turns

T = TypeVar("T")

# What a service computes for seconds; nothing quick waits behind it.
SLOW = (
    intake.ConfirmDocument,
    intake.ImportEntries,
    intake.PrintReceipt,
    intake.ReplayEntries,
    originality.AskProvince,
    originality.ImportRegister,
    originality.CheckMyText,
    originality.CheckText,
    originality.PrintReport,
    review.CloseRound,
    review.DraftMinutes,
    review.GiveKey,
    review.IssueMinutes,
    review.ListConflicts,
    review.PlanDefence,
    review.RecordDefence,
    review.ReplayRounds,
    review.ShowCalibration,
    awards.PublishResults,
)

NOBODY = Account(domain.ANONYMOUS, "PERSON", "", frozenset())


@dataclass(frozen=True, slots=True)
class Door:
    """What every request needs: the services, whose turn it is, the accounts, the settings."""

    client: Client
    accounts: Accounts
    settings: GatewaySettings
    turns: Turns


@dataclass(frozen=True, slots=True)
class Caller:
    """A request as the services see it. `arrived_at` is when it counts as handed in."""

    door: Door
    tenant: str
    account: Account
    token: str
    key: str
    arrived_at: datetime
    traceparent: str

    @property
    def actor(self) -> Actor:
        """Return the caller as services know them."""
        return Actor(
            id=self.account.id,
            roles=self.account.roles,
            unit_id=self.account.unit_id,
            scopes=self.account.scopes,
        )

    async def ask(self, message: Command | Query, reply: type[T]) -> T:
        """Return a service's answer to this request.

        The same `Idempotency-Key` of the same caller makes the same command. It waits its turn
        among the requests of other tenants.
        """
        scopes.check_message(message, self.account.scopes)
        async with self.door.turns.turn(line_of(message), self.tenant):
            return await self.door.client.ask(
                message,
                reply=reply,
                tenant=self.tenant,
                actor=self.actor,
                id=self.id_of(message),
                occurred_at=self.arrived_at,
                traceparent=self.traceparent,
                timeout=self.door.settings.ask_seconds,
            )

    async def tell(self, command: Command) -> None:
        """Have a service do something that has no answer but that it was done."""
        await self.ask(command, type(None))

    def id_of(self, message: Command | Query) -> str:
        """Return the id this request's message has."""
        if isinstance(message, Query):
            return new_id()
        return self.fresh_id(name_of(type(message)))

    def fresh_id(self, part: str) -> str:
        """Return an id for something this request makes; the same when it is repeated."""
        return domain.command_id(self.tenant, self.account.id, self.key, part)


def line_of(message: Command | Query) -> str:
    """Return which line a message waits in: that of its service, or that of its slow requests."""
    service = owner_of(type(message))
    return f"{service} (slow)" if isinstance(message, SLOW) else service


Calling = NamedDependency[Caller]  # how a route asks for its caller


async def visitor(request: Request[None, None, State], door: NamedDependency[Door]) -> Caller:
    """Return who calls the API, who need not have signed in."""
    return await identify(request, door, bearer(request))


async def identify(request: Request[None, None, State], door: Door, token: str) -> Caller:
    """Return the caller that a token stands for; nobody in particular without a good one."""
    domain.check_text(unquote(f"{request.url.path}?{request.url.query}"))
    known = await asyncio.to_thread(door.accounts.who, token) if token else None
    tenant, account = known or (tenant_of(request, door), NOBODY)
    return Caller(
        door=door,
        tenant=tenant,
        account=account,
        token=token if known else "",
        key=key_of(request),
        arrived_at=request.scope["state"][ARRIVED_AT],
        traceparent=domain.trace_or(request.headers.get("traceparent", ""), new_trace()),
    )


async def signed_in(visitor: Calling) -> Caller:
    """Return who calls; raises `SignInNeeded` if they have not signed in."""
    if visitor.account is NOBODY:
        raise domain.SignInNeeded
    return visitor


def bearer(request: Request[None, None, State]) -> str:
    """Return the token in the Authorization header, or nothing."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def tenant_of(request: Request[None, None, State], door: Door) -> str:
    """Return the tenant a request names, or the default one."""
    tenant = request.headers.get("x-tenant") or door.settings.default_tenant
    domain.check_tenant(tenant)
    return tenant


def key_of(request: Request[None, None, State]) -> str:
    """Return the request's key, or make one; `app` tells it in the response."""
    key = request.headers.get("idempotency-key") or secrets.token_hex(16)
    domain.check_key(key)
    if request.method not in ("GET", "HEAD"):
        request.scope["state"]["idempotency_key"] = key
    return key


def new_trace() -> str:
    """Return a W3C trace context that begins here."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
