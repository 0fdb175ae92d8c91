"""The record of everything that happened."""

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from contracts import ledger
from services.gateway.api.routes import Name
from services.gateway.caller import Calling

Before = Annotated[int | None, QueryParameter(name="before")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=1000)]
Earlier = Annotated[int, QueryParameter(name="before", ge=1)]
Later = Annotated[int, QueryParameter(name="size", ge=1)]
Size = Annotated[int | None, QueryParameter(name="size")]


@get("/ledger/head")
async def show_head(caller: Calling) -> ledger.Head:
    """Show the newest link of the tenant's chain."""
    return await caller.ask(ledger.ShowHead(), ledger.Head)


@get("/ledger/verification")
async def verify_chain(caller: Calling) -> ledger.ChainVerified:
    """Recompute the whole chain and say whether it holds."""
    return await caller.ask(ledger.VerifyChain(), ledger.ChainVerified)


@get("/ledger/events/{event_id:str}")
async def prove_event(caller: Calling, event_id: Name) -> ledger.LedgerLine:
    """Show where an event stands in the chain."""
    return await caller.ask(ledger.ProveEvent(event_id=event_id), ledger.LedgerLine)


@get("/contests/{contest_id:str}/heads")
async def list_heads(
    visitor: Calling, contest_id: Name, before: Before = None, limit: Limit = 100
) -> ledger.Heads:
    """List the signed heads of a contest's record, newest first, and the keys they hold by."""
    asked = ledger.ListHeads(contest_id=contest_id, before=before, limit=limit)
    return await visitor.ask(asked, ledger.Heads)


@get("/contests/{contest_id:str}/heads/growth")
async def prove_growth(
    visitor: Calling, contest_id: Name, before: Earlier, size: Later
) -> ledger.Growth:
    """Prove that a contest's record only grew from one size to another (RFC 9162)."""
    asked = ledger.ProveConsistency(contest_id=contest_id, before=before, size=size)
    return await visitor.ask(asked, ledger.Growth)


@get("/ledger/events/{event_id:str}/proof")
async def prove_inclusion(
    visitor: Calling, event_id: Name, size: Size = None
) -> ledger.InclusionProof:
    """Prove that an event is in its contest's record; nothing of what it says is told."""
    return await visitor.ask(
        ledger.ProveInclusion(event_id=event_id, size=size), ledger.InclusionProof
    )


ROUTES = (show_head, verify_chain, prove_event, list_heads, prove_growth, prove_inclusion)
