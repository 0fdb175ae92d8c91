"""Which units take part in a contest, as data and as spreadsheets."""

from datetime import date
from typing import Annotated

from litestar import Response, get
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct

from contracts import intake, notify
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AsOf = Annotated[date | None, QueryParameter(name="as_of")]


class Nil(Struct, frozen=True, kw_only=True):
    """Why the caller's unit has nothing to enter."""

    reason: str


class Reminded(Struct, frozen=True, kw_only=True):
    """How many people were reminded."""

    people: int


@get("/contests/{contest_id:str}/coverage")
async def show_coverage(
    caller: Calling, contest_id: Name, paging: Paging, as_of: AsOf = None
) -> Response[tuple[intake.CoverageLine, ...]]:
    """Count how many entries each unit has handed in, as of the end of a day or now."""
    query = intake.ShowCoverage(contest_id=contest_id, as_of=as_of)
    lines = await caller.ask(query, tuple[intake.CoverageLine, ...])
    return paging.of(lines, lambda line: line.unit_id)


@get("/contests/{contest_id:str}/coverage/summary")
async def sum_up_coverage(
    caller: Calling, contest_id: Name, as_of: AsOf = None
) -> intake.CoverageReport:
    """Say how far the contest reaches, against its goal."""
    query = intake.SumUpCoverage(contest_id=contest_id, as_of=as_of)
    return await caller.ask(query, intake.CoverageReport)


@get("/contests/{contest_id:str}/coverage/silent")
async def list_silent_units(
    caller: Calling, contest_id: Name, paging: Paging, as_of: AsOf = None
) -> Response[tuple[intake.SilentUnit, ...]]:
    """List the units to remind: without an entry, without a nil return."""
    query = intake.ListSilentUnits(contest_id=contest_id, as_of=as_of)
    lines = await caller.ask(query, tuple[intake.SilentUnit, ...])
    return paging.of(lines, lambda line: line.unit_id)


@get("/contests/{contest_id:str}/coverage.xlsx", media_type=XLSX)
async def export_coverage(
    caller: Calling, contest_id: Name, as_of: AsOf = None
) -> Response[bytes]:
    """Return coverage as a spreadsheet."""
    query = intake.ExportCoverage(contest_id=contest_id, as_of=as_of)
    return spreadsheet(await caller.ask(query, bytes), "coverage")


@get("/contests/{contest_id:str}/entries.xlsx", media_type=XLSX)
async def export_entries(caller: Calling, contest_id: Name) -> Response[bytes]:
    """Return the entries handed in, and their authors, as a spreadsheet."""
    query = intake.ExportEntries(contest_id=contest_id)
    return spreadsheet(await caller.ask(query, bytes), "entries")


@act("/contests/{contest_id:str}/drafts/reminders")
async def remind_drafts(caller: Calling, contest_id: Name) -> Reminded:
    """Remind those of the caller's unit whose entries are not handed in; once a day."""
    command = notify.RemindDrafts(contest_id=contest_id)
    return Reminded(people=await caller.ask(command, int))


@do("/contests/{contest_id:str}/nil-return")
async def return_nil(caller: Calling, contest_id: Name, data: JSONBody[Nil]) -> None:
    """Say that the caller's unit has nothing to enter."""
    await caller.tell(intake.ReturnNil(contest_id=contest_id, reason=data.reason))


def spreadsheet(content: bytes, name: str) -> Response[bytes]:
    """Return a file to be saved; it may hold personal data, so that nobody keeps it in between."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=XLSX, headers=headers)


ROUTES = (
    show_coverage,
    sum_up_coverage,
    list_silent_units,
    export_coverage,
    export_entries,
    return_nil,
    remind_drafts,
)
