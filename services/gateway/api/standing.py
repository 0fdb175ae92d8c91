"""Roles in one contest: who has which, given and taken with a reason."""

import asyncio
from typing import Annotated

from litestar import Response, get
from litestar.params import JSONBody
from msgspec import Meta, Struct

from kernel.errors import require
from services.gateway import giving
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling
from services.gateway.giving import Change
from services.gateway.paging import Paging

# A role that is given for one contest; that of an authority by operators alone.
GrantedRole = Annotated[
    str, Meta(pattern=r"^(secretary|clerk|organiser|coordinator|authority:[A-Z0-9_]{1,40})$")
]


class ContestGrant(Struct, frozen=True, kw_only=True):
    """A role that somebody has in one contest alone."""

    login: str
    role: str


class GrantChange(Struct, frozen=True, kw_only=True):
    """A role to give or to take, and why; the reason is kept in the ledger."""

    login: str
    role: GrantedRole
    reason: str


@get("/contests/{contest_id:str}/roles")
async def list_contest_roles(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[ContestGrant, ...]]:
    """List who has a role in the contest alone."""
    require(caller.account, "organiser", "operator")
    found = await asyncio.to_thread(giving.listed, caller, contest_id)
    lines = tuple(ContestGrant(login=login, role=role) for login, role in found)
    return paging.of(lines, lambda line: f"{line.login} {line.role}")


@do("/contests/{contest_id:str}/roles")
async def give_contest_role(
    caller: Calling, contest_id: Name, data: JSONBody[GrantChange]
) -> None:
    """Give somebody a role in one contest."""
    wanted = Change(login=data.login, role=data.role, reason=data.reason)
    await giving.change(caller, contest_id, wanted)


@do("/contests/{contest_id:str}/roles/withdraw")
async def withdraw_contest_role(
    caller: Calling, contest_id: Name, data: JSONBody[GrantChange]
) -> None:
    """Take a role in one contest from somebody."""
    wanted = Change(login=data.login, role=data.role, reason=data.reason, is_given=False)
    await giving.change(caller, contest_id, wanted)


ROUTES = (list_contest_roles, give_contest_role, withdraw_contest_role)
