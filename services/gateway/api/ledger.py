"""The record of everything that happened."""

from litestar import get

from contracts import ledger
from services.gateway.api.routes import Name
from services.gateway.caller import Calling


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


ROUTES = (show_head, verify_chain, prove_event)
