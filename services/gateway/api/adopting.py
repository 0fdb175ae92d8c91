"""Winners that spread: who adopts them, by which steps, what it moves, and charts of it."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from litestar import Response, get, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards
from services.gateway.api.routes import Name, Number, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging

SVG = "image/svg+xml"
Index = Annotated[str, QueryParameter(name="index")]


class NewAdopter(Struct, frozen=True, kw_only=True):
    """Who is to adopt a winner: a unit of the province, or a body by its name."""

    responsible_id: str
    reach: awards.Reach = "UNIT"
    unit_id: str | None = None
    body: str = ""
    milestones: tuple[awards.Milestone, ...] = ()
    indicators: tuple[awards.Indicator, ...] = ()


class Begun(Struct, frozen=True, kw_only=True):
    """Since which local day an adopter uses the winner, and by which document."""

    begun_on: date
    basis: str


class Measured(Struct, frozen=True, kw_only=True):
    """What was measured on a day, and where that is from."""

    actual: Decimal
    read_on: date
    evidence: str


class Planned(Struct, frozen=True, kw_only=True):
    """The new plan's id."""

    plan_id: str


class Read(Struct, frozen=True, kw_only=True):
    """Which version of the reading this is, from 1."""

    version: int


@post("/contests/{contest_id:str}/entries/{entry_id:str}/adopters")
async def plan_adoption(
    caller: Calling, contest_id: Name, entry_id: Name, data: JSONBody[NewAdopter]
) -> Planned:
    """Plan that somebody puts a winner to use."""
    command = awards.PlanAdoption(contest_id=contest_id, entry_id=entry_id, **asdict(data))
    return Planned(plan_id=await caller.ask(command, str))


@do("/adopters/{plan_id:str}/beginning")
async def begin_adoption(caller: Calling, plan_id: Name, data: JSONBody[Begun]) -> None:
    """Record that an adopter has begun; the first makes the winner a known initiative."""
    await caller.tell(awards.BeginAdoption(plan_id=plan_id, **asdict(data)))


@do("/adopters/{plan_id:str}/milestones")
async def add_milestone(caller: Calling, plan_id: Name, data: JSONBody[awards.Milestone]) -> None:
    """Add a milestone to a plan."""
    await caller.tell(awards.SetMilestone(plan_id=plan_id, milestone=data))


@do("/adopters/{plan_id:str}/milestones/{number:int}")
async def set_milestone(
    caller: Calling, plan_id: Name, number: Number, data: JSONBody[awards.Milestone]
) -> None:
    """Put off, finish or reopen a milestone, by its number from 1."""
    await caller.tell(awards.SetMilestone(plan_id=plan_id, number=number, milestone=data))


@do("/adopters/{plan_id:str}/indicators")
async def add_indicator(caller: Calling, plan_id: Name, data: JSONBody[awards.Indicator]) -> None:
    """Measure one thing more."""
    await caller.tell(awards.AddIndicator(plan_id=plan_id, indicator=data))


@post("/adopters/{plan_id:str}/indicators/{number:int}/readings")
async def record_reading(
    caller: Calling, plan_id: Name, number: Number, data: JSONBody[Measured]
) -> Read:
    """Record what was measured as a new version; earlier ones stay."""
    command = awards.RecordReading(plan_id=plan_id, number=number, **asdict(data))
    return Read(version=await caller.ask(command, int))


@get("/contests/{contest_id:str}/adopters")
async def list_adoptions(caller: Calling, contest_id: Name) -> awards.Adoptions:
    """Show the office every plan of a contest, and a responsible person their own."""
    return await caller.ask(awards.ListAdoptions(contest_id=contest_id), awards.Adoptions)


@get("/contests/{contest_id:str}/adopted")
async def show_adopted(
    visitor: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[awards.AdoptedLine, ...]]:
    """Show anybody what is in use where."""
    query = awards.ShowAdopted(contest_id=contest_id)
    lines = await visitor.ask(query, tuple[awards.AdoptedLine, ...])
    return paging.of(lines, lambda line: f"{line.title} {line.adopter}")


@get("/contests/{contest_id:str}/adopted.svg", media_type=SVG)
async def draw_adoptions(visitor: Calling, contest_id: Name, index: Index = "") -> Response[str]:
    """Draw milestones of every adopter, or the way of one index."""
    query = awards.DrawAdoptions(contest_id=contest_id, index=index)
    return drawing(await visitor.ask(query, str))


def drawing(chart: str) -> Response[str]:
    """Return a chart; who may see more of it sees another one, so that nobody keeps it."""
    return Response(chart, media_type=SVG, headers={"Cache-Control": "no-store"})


ROUTES = (
    plan_adoption,
    begin_adoption,
    add_milestone,
    set_milestone,
    add_indicator,
    record_reading,
    list_adoptions,
    show_adopted,
    draw_adoptions,
)
