"""Outages before a deadline, and more time for everybody."""

from litestar import get
from litestar.params import JSONBody
from msgspec import Struct

from contracts import intake
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling


class Adoption(Struct, frozen=True, kw_only=True):
    """Whether the proposed extension is adopted, and why."""

    adopt: bool
    reason: str


@get("/contests/{contest_id:str}/outage")
async def show_outage(caller: Calling, contest_id: Name) -> intake.OutageView:
    """Show when entries could not be handed in before the deadline, and what is proposed."""
    return await caller.ask(intake.ShowOutage(contest_id=contest_id), intake.OutageView)


@do("/contests/{contest_id:str}/outage/decision")
async def decide_extension(caller: Calling, contest_id: Name, data: JSONBody[Adoption]) -> None:
    """Adopt the proposed extension as an amendment of the rules, or decline it."""
    command = intake.DecideExtension(contest_id=contest_id, adopt=data.adopt, reason=data.reason)
    await caller.tell(command)


ROUTES = (show_outage, decide_extension)
