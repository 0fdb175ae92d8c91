"""Giving and taking a role in one contest, for the page and the API alike.

Intake decides and records why; then the table is changed. Both may be repeated.
"""

import asyncio
from dataclasses import dataclass
from typing import get_args

from contracts import intake
from kernel.errors import Refused, require
from services.gateway import grants, seeing, store
from services.gateway.caller import Caller
from services.gateway.domain import AUTHORITY_ROLE
from services.gateway.sessions import working

# Judges are named by the jury, operators are the tenant's. An operator gives the role of an
# authority that the rules name.
OF_A_CONTEST: tuple[intake.ContestRole, ...] = get_args(intake.ContestRole)


class NotOfAContest(Refused):
    """This role is not given for one contest; see the jury and the rules of the contest."""


@dataclass(frozen=True, slots=True)
class Change:
    """A role to give to somebody, or to take from them."""

    login: str
    role: str
    reason: str
    is_given: bool = True


async def change(caller: Caller, contest_id: str, wanted: Change) -> None:
    """Give a role or take it. Raises `NotOfAContest`, `NoSuchAccount` and what intake refuses."""
    require(caller.account, "organiser", "operator")
    is_authority = AUTHORITY_ROLE.fullmatch(wanted.role) is not None
    if not is_authority and wanted.role not in OF_A_CONTEST:
        raise NotOfAContest
    if is_authority:
        require(caller.account, "operator")
    person_id = await asyncio.to_thread(person_called, caller, wanted.login)
    kind = intake.GrantRole if wanted.is_given else intake.WithdrawRole
    command = kind(
        contest_id=contest_id, person_id=person_id, role=wanted.role, reason=wanted.reason
    )
    await caller.tell(command)
    await asyncio.to_thread(write_down, caller, contest_id, person_id, wanted)


def write_down(caller: Caller, contest_id: str, person_id: str, wanted: Change) -> None:
    """Change the table; sign-ins see it with their next request."""
    step = grants.give if wanted.is_given else grants.take
    with working(caller.door.accounts.database, caller.tenant) as work:
        step(work.session, person_id, wanted.role, contest_id)


def person_called(caller: Caller, login: str) -> str:
    """Return the id of the person with this login; raises `NoSuchAccount`."""
    with working(caller.door.accounts.database, caller.tenant, read_only=True) as work:
        found = store.find_account(work.session, login, "PERSON")
    if found is None:
        raise seeing.NoSuchAccount
    return found[0].id


def listed(caller: Caller, contest_id: str) -> list[tuple[str, str]]:
    """Return who has a role in a contest alone: login and role."""
    with working(caller.door.accounts.database, caller.tenant, read_only=True) as work:
        found = grants.of_contest(work.session, contest_id)
        named = {account_id: store.find_by_id(work.session, account_id) for account_id, _ in found}
    return [(one.login, role) for account_id, role in found if (one := named[account_id])]
