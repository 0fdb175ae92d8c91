"""Copies of papers for judges who must not know whose an entry is: checked, and read by code."""

from litestar import Response, get
from litestar.params import JSONBody
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import asdict

from contracts import intake
from services.gateway.api.routes import Name, Number, act, do, elsewhere
from services.gateway.caller import Calling
from services.gateway.paging import Paging

COPIES = "/entries/{entry_id:str}/blind-copies"
ONE = COPIES + "/{place:int}"
PAPERS = "/contests/{contest_id:str}/rounds/{round_id:str}/entries/{code:str}/papers"


class Wished(Struct, frozen=True, kw_only=True):
    """What else goes out of a copy and what stays. `number` is that of the copy looked at."""

    number: int
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    boxes: tuple[intake.BlackBox, ...] = ()


class Approval(Struct, frozen=True, kw_only=True):
    """Which copy judges may have; `looked` if pages no program read were looked at."""

    number: int
    looked: bool = False


class Withheld(Struct, frozen=True, kw_only=True):
    """Which copy no judge may have, and why."""

    number: int
    reason: str


class Remade(Struct, frozen=True, kw_only=True):
    """The number of the copy that was made."""

    number: int


class Ordered(Struct, frozen=True, kw_only=True):
    """For how many entries copies are being made."""

    entries: int


@act("/contests/{contest_id:str}/blind-copies")
async def make_copies(caller: Calling, contest_id: Name) -> Ordered:
    """Have copies made for accepted entries that have none."""
    return Ordered(entries=await caller.ask(intake.MakeCopies(contest_id=contest_id), int))


@get("/contests/{contest_id:str}/blind-copies")
async def list_copies(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[intake.CopiesLine, ...]]:
    """List how far the check of copies is, entry by entry."""
    query = intake.ListCopies(contest_id=contest_id)
    lines = await caller.ask(query, tuple[intake.CopiesLine, ...])
    return paging.of(lines, lambda line: line.entry_id)


@get(COPIES)
async def show_copies(
    caller: Calling, entry_id: Name, paging: Paging
) -> Response[tuple[intake.CopyView, ...]]:
    """Show the copies of an entry's papers, and what was taken out of each."""
    query = intake.ShowCopies(entry_id=entry_id)
    lines = await caller.ask(query, tuple[intake.CopyView, ...])
    return paging.of(lines, lambda line: f"{line.place} {line.number}")


@get(ONE + "/{number:int}", status_code=302)
async def fetch_copy(caller: Calling, entry_id: Name, place: Number, number: Number) -> Redirect:
    """Go to a copy's bytes, to check it."""
    query = intake.LinkCopy(entry_id=entry_id, place=place, number=number)
    return elsewhere(await caller.ask(query, str))


@act(ONE + "/remake")
async def remake_copy(
    caller: Calling, entry_id: Name, place: Number, data: JSONBody[Wished]
) -> Remade:
    """Make a copy anew, with other words out and parts blacked out."""
    command = intake.RemakeCopy(
        entry_id=entry_id,
        place=place,
        number=data.number,
        added=data.added,
        kept=data.kept,
        boxes=data.boxes,
    )
    return Remade(number=await caller.ask(command, int))


@do(ONE + "/approve")
async def approve_copy(
    caller: Calling, entry_id: Name, place: Number, data: JSONBody[Approval]
) -> None:
    """Let judges read a copy."""
    await caller.tell(intake.ApproveCopy(entry_id=entry_id, place=place, **asdict(data)))


@do(ONE + "/withhold")
async def withhold_copy(
    caller: Calling, entry_id: Name, place: Number, data: JSONBody[Withheld]
) -> None:
    """Let no judge read a paper."""
    await caller.tell(intake.WithholdCopy(entry_id=entry_id, place=place, **asdict(data)))


@get(PAPERS)
async def list_judged_papers(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, paging: Paging
) -> Response[tuple[intake.JudgedPaper, ...]]:
    """List the papers of an entry on the calling judge's desk."""
    query = intake.ListJudgedPapers(contest_id=contest_id, round_id=round_id, code=code)
    lines = await caller.ask(query, tuple[intake.JudgedPaper, ...])
    return paging.of(lines, lambda line: str(line.place))


@get(PAPERS + "/{place:int}", status_code=302)
async def fetch_judged_paper(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, place: Number
) -> Redirect:
    """Go to a checked copy of a paper of an entry on the calling judge's desk."""
    query = intake.LinkJudgedPaper(
        contest_id=contest_id, round_id=round_id, code=code, place=place
    )
    return elsewhere(await caller.ask(query, str))


ROUTES = (
    make_copies,
    list_copies,
    show_copies,
    fetch_copy,
    remake_copy,
    approve_copy,
    withhold_copy,
    list_judged_papers,
    fetch_judged_paper,
)
