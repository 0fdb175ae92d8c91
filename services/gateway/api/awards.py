"""Prizes, approvals, results and official papers."""

from datetime import date
from typing import Annotated, Literal

from litestar import get, post
from litestar.params import JSONBody, QueryParameter
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards
from kernel.errors import NotFound
from services.gateway.api.routes import Instant, Name, act, do, elsewhere
from services.gateway.caller import Calling

Format = Literal["pdf", "docx"]
PublicFrom = Annotated[Instant | None, QueryParameter(name="public_from")]


class NoSuchFormat(NotFound):
    """A paper comes as .pdf or .docx."""


class Vote(Struct, frozen=True, kw_only=True):
    """The council's order of tied entries, best first, its minutes' number and its ground."""

    order: tuple[str, ...]
    minutes: str
    reason: str = ""


class Approval(Struct, frozen=True, kw_only=True):
    """For which authority the caller approves, and which list they read (its `drawn`)."""

    authority: str
    drawn: int | None = None


class Adopted(Struct, frozen=True, kw_only=True):
    """Since when, where, how far and by which document a winner is put to use."""

    adopted_on: date
    adopted_at: str
    reach: awards.Reach
    basis: str


class Approved(Struct, frozen=True, kw_only=True):
    """Whether every authority has approved now."""

    complete: bool


@act("/contests/{contest_id:str}/prizes/propose")
async def propose_prizes(caller: Calling, contest_id: Name) -> tuple[awards.PrizeLine, ...]:
    """Rank by the rules and draw up the prize list."""
    command = awards.ProposePrizes(contest_id=contest_id)
    return await caller.ask(command, tuple[awards.PrizeLine, ...])


@do("/contests/{contest_id:str}/prizes/ties")
async def resolve_tie(caller: Calling, contest_id: Name, data: JSONBody[Vote]) -> None:
    """Record the council's vote on entries that the rules cannot part."""
    await caller.tell(awards.ResolveTie(contest_id=contest_id, **asdict(data)))


@act("/contests/{contest_id:str}/prizes/approvals")
async def approve_prizes(caller: Calling, contest_id: Name, data: JSONBody[Approval]) -> Approved:
    """Approve the prizes that an authority grants."""
    command = awards.ApprovePrizes(contest_id=contest_id, **asdict(data))
    return Approved(complete=await caller.ask(command, bool))


@post("/contests/{contest_id:str}/results")
async def publish_results(
    caller: Calling, contest_id: Name, public_from: PublicFrom = None
) -> tuple[awards.Paper, ...]:
    """Issue decisions and certificates and make the results public, now or from an instant on."""
    command = awards.PublishResults(contest_id=contest_id, public_from=public_from)
    return await caller.ask(command, tuple[awards.Paper, ...])


@do("/contests/{contest_id:str}/entries/{entry_id:str}/adoption")
async def record_adoption(
    caller: Calling, contest_id: Name, entry_id: Name, data: JSONBody[Adopted]
) -> None:
    """Record that a winner is put to use; it becomes a known initiative."""
    command = awards.RecordAdoption(contest_id=contest_id, entry_id=entry_id, **asdict(data))
    await caller.tell(command)


@get("/contests/{contest_id:str}/prizes")
async def show_prizes(caller: Calling, contest_id: Name) -> awards.PrizeList:
    """Show the prize list and where it stands."""
    return await caller.ask(awards.ShowPrizes(contest_id=contest_id), awards.PrizeList)


@get("/contests/{contest_id:str}/results")
async def show_results(visitor: Calling, contest_id: Name) -> awards.Results:
    """Show the results, public once published."""
    return await visitor.ask(awards.ShowResults(contest_id=contest_id), awards.Results)


@get("/papers/{name:str}", status_code=302)
async def fetch_paper(visitor: Calling, name: Name) -> Redirect:
    """Go to an official paper: its id with `.pdf` or `.docx`."""
    paper_id, form = paper_name(name)
    return elsewhere(await visitor.ask(awards.LinkPaper(paper_id=paper_id, format=form), str))


def paper_name(name: str) -> tuple[str, Format]:
    """Split `<id>.pdf`; raises `NoSuchFormat`."""
    match name.rpartition("."):
        case (paper_id, _, ("pdf" | "docx") as form) if paper_id:
            return paper_id, form
        case _:
            raise NoSuchFormat


ROUTES = (
    propose_prizes,
    resolve_tie,
    approve_prizes,
    publish_results,
    record_adoption,
    show_prizes,
    show_results,
    fetch_paper,
)
