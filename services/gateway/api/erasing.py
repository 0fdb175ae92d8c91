"""The end of a contest: its entrants are forgotten."""

from litestar import post
from litestar.params import JSONBody
from msgspec import Struct

from contracts import intake
from services.gateway.api.routes import Name
from services.gateway.caller import Calling


class ByMinutes(Struct, frozen=True, kw_only=True):
    """The number of the minutes or the decision on which it is done."""

    minutes: str


@post("/contests/{contest_id:str}/erasure")
async def erase_entrants(
    caller: Calling, contest_id: Name, data: JSONBody[ByMinutes]
) -> intake.EntrantsErased:
    """Forget who entered, once the time that the rules name is over; it cannot be undone."""
    command = intake.EraseEntrants(contest_id=contest_id, minutes=data.minutes)
    return await caller.ask(command, intake.EntrantsErased)


ROUTES = (erase_entrants,)
