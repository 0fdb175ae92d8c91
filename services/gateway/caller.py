"""Who calls, and how their request becomes a message to a service.

Every route is given a `Caller` and asks through it; see any module of `api`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeVar, cast
from urllib.parse import unquote

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency

from contracts import awards, intake, originality, review
from contracts.message import PUBLIC, Actor, Command, Query
from kernel import clock
from kernel.client import Client
from kernel.envelope import name_of, new_id, owner_of
from services.gateway import domain, scopes
from services.gateway.accounts import NOWHERE, Accounts, machine_now
from services.gateway.arrival import ARRIVED_AT
from services.gateway.domain import Account
from services.gateway.headers import bearer, key_of, new_trace, place_of
from services.gateway.limits import Limits, address
from services.gateway.readers import Readers
from services.gateway.sessions import Place
from services.gateway.settings import GatewaySettings
from services.gateway.tracing import TRACEPARENT
from services.gateway.turns import Turns
from telemetry.tracing import Tracer

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
    awards.IssueDocument,
    awards.PreviewDocument,
    awards.PublishResults,
    awards.TakeSigned,
)

# What may be sent while somebody looks as another: it ends that.
ENDS_LOOKING = ("/dang-xuat", "/toi/xem-nhu/thoi", "/v1/sessions")

UNTRACED = Tracer("gateway", {})
NOBODY = Account(domain.ANONYMOUS, "PERSON", "", frozenset())
OURSELVES = Account("service:gateway", "PERSON", "", frozenset({"service"}))


@dataclass(frozen=True, slots=True)
class Door:
    """What every request needs: services, turns, accounts, settings, and what makes spans.

    `limits` counts what callers of the API send, `readers` share answers to what is public.
    """

    client: Client
    accounts: Accounts
    settings: GatewaySettings
    turns: Turns
    limits: Limits = field(default_factory=Limits)
    readers: Readers = field(default_factory=Readers)
    tracer: Tracer = UNTRACED


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
    place: Place = NOWHERE

    def of_itself(self, tenant: str) -> "Caller":
        """Return the same request as made by the gateway itself, for one command of its own."""
        return replace(self, account=OURSELVES, tenant=tenant)

    @property
    def actor(self) -> Actor:
        """Return the caller as services know them."""
        return Actor(
            id=self.account.id,
            roles=self.account.roles,
            unit_id=self.account.unit_id,
            scopes=self.account.scopes,
            grants=self.account.grants,
            true_id=self.account.true_id,
        )

    async def ask(self, message: Command | Query, reply: type[T]) -> T:
        """Return a service's answer to this request.

        The same `Idempotency-Key` of the same caller makes the same command. It waits its turn
        among the requests of other tenants. Visitors who ask for the same share an answer; who
        looks as somebody else only asks.
        """
        if self.account.limited:
            raise domain.SecondStepNeeded
        if self.account.true_id is not None and isinstance(message, Command):
            raise domain.OnlyLooking
        scopes.check_message(message, self.account.scopes)
        if self.account is NOBODY and isinstance(message, Query) and message.scope == PUBLIC:
            key = (self.tenant, name_of(type(message)), msgspec.json.encode(message))
            asked = partial(self._ask, message, reply, clock.now)
            return cast(T, await self.door.readers.ask(key, asked))
        return await self._ask(message, reply, lambda: self.arrived_at)

    async def _ask(
        self, message: Command | Query, reply: type[T], at: Callable[[], datetime]
    ) -> T:
        turn = self.door.turns.turn(line_of(message), self.tenant)
        asking = self.door.tracer.asking(name_of(type(message)), self.traceparent)
        with asking as traceparent:
            async with turn:
                return await self.door.client.ask(
                    message,
                    reply=reply,
                    tenant=self.tenant,
                    actor=self.actor,
                    id=self.id_of(message),
                    occurred_at=at(),
                    traceparent=traceparent,
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
    caller = await identify(request, door, bearer(request))
    await count(request, door, None if caller.account is NOBODY else caller)
    return caller


async def count(request: Request[None, None, State], door: Door, caller: Caller | None) -> None:
    """Take a request off the minute of who sends it, or of its address; `TooManyRequests`."""
    settings = door.settings
    # A visitor names any tenant, and must not make one by it.
    who, limit = (settings.default_tenant, ""), settings.visitor_requests_a_minute
    if caller:
        who, limit = (caller.tenant, caller.account.id), settings.requests_a_minute
    elif request.client:
        who = (settings.default_tenant, address(request.client.host))
    if limit:
        second = int(machine_now().timestamp())
        spent = door.limits.spend(door.accounts.database, who, limit, second)
        request.scope["state"]["allowance"] = (await spent).headers()


async def identify(request: Request[None, None, State], door: Door, token: str) -> Caller:
    """Return the caller that a token stands for; nobody in particular without a good one."""
    domain.check_text(unquote(f"{request.url.path}?{request.url.query}"))
    known = await asyncio.to_thread(door.accounts.who, token) if token else None
    tenant, account = known or (tenant_of(request, door), NOBODY)
    if account.true_id is not None and not may_while_looking(request):
        raise domain.OnlyLooking
    return Caller(
        door=door,
        tenant=tenant,
        account=account,
        token=token if known else "",
        key=key_of(request),
        arrived_at=request.scope["state"][ARRIVED_AT],
        traceparent=request.scope["state"].get(TRACEPARENT)
        or domain.trace_or(request.headers.get("traceparent", ""), new_trace()),
        place=place_of(request),
    )


async def signed_in(visitor: Calling) -> Caller:
    """Return who calls; raises `SignInNeeded` if they have not, `SecondStepNeeded` if half."""
    check_signed_in(visitor.account)
    return visitor


def check_signed_in(account: Account) -> None:
    """Refuse who has not signed in, or has still to set up a second step."""
    if account is NOBODY:
        raise domain.SignInNeeded
    if account.limited:
        raise domain.SecondStepNeeded


def may_while_looking(request: Request[None, None, State]) -> bool:
    """Say whether somebody who looks as another may make this request: to read, or to stop."""
    return request.method in ("GET", "HEAD") or request.url.path in ENDS_LOOKING


def tenant_of(request: Request[None, None, State], door: Door) -> str:
    """Return the tenant a request names, or the default one."""
    tenant = request.headers.get("x-tenant") or door.settings.default_tenant
    domain.check_tenant(tenant)
    return tenant
