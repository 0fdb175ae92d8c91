"""Prizes taken back, and what of them has come back."""

from litestar import Response, get, post
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards
from contracts.rules import Ground
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.paging import Paging

AWARD = "/contests/{contest_id:str}/entries/{entry_id:str}"


class Annulment(Struct, frozen=True, kw_only=True):
    """On which ground a prize is taken back, and why."""

    ground: Ground
    reason: str


class Recovered(Struct, frozen=True, kw_only=True):
    """What came back, by which document: money of a ledger, the certificate, or both."""

    document: str
    ledger: awards.Ledger | None = None
    amount_vnd: int = 0
    certificate: bool = False


@post(AWARD + "/revocation")
async def revoke_award(
    caller: Calling, contest_id: Name, entry_id: Name, data: JSONBody[Annulment]
) -> awards.Revocation:
    """Take a prize back, as the authority that gave it."""
    command = awards.RevokeAward(contest_id=contest_id, entry_id=entry_id, **asdict(data))
    return await caller.ask(command, awards.Revocation)


@post(AWARD + "/recoveries")
async def record_recovery(
    caller: Calling, contest_id: Name, entry_id: Name, data: JSONBody[Recovered]
) -> awards.Revocation:
    """Record money or the certificate that came back."""
    command = awards.RecordRecovery(contest_id=contest_id, entry_id=entry_id, **asdict(data))
    return await caller.ask(command, awards.Revocation)


@get("/contests/{contest_id:str}/revocations")
async def list_revocations(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[awards.Revocation, ...]]:
    """List prizes taken back, and what of them is still out."""
    query = awards.ListRevocations(contest_id=contest_id)
    lines = await caller.ask(query, tuple[awards.Revocation, ...])
    return paging.of(lines, lambda line: line.entry_id)


ROUTES = (revoke_award, record_recovery, list_revocations)
