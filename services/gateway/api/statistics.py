"""Entries and prizes in numbers, and the year-end report that is written from them."""

from typing import Annotated, Literal

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards
from services.gateway.api.adopting import SVG, drawing
from services.gateway.api.awards import NoSuchFormat
from services.gateway.api.coverage import XLSX, spreadsheet
from services.gateway.api.routes import Name, Number, elsewhere
from services.gateway.caller import Calling

Contests = Annotated[list[str] | None, QueryParameter(name="contest")]


class Report(Struct, frozen=True, kw_only=True):
    """What the office says in the report, a paragraph each, and who reports."""

    assessment: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    authority: str = ""


@get("/statistics")
async def show_statistics(caller: Calling, contest: Contests = None) -> awards.Statistics:
    """Count entries and prizes of contests side by side; of all if none is named."""
    query = awards.ShowStatistics(contest_ids=tuple(contest or ()))
    return await caller.ask(query, awards.Statistics)


@get("/statistics.xlsx", media_type=XLSX)
async def export_statistics(caller: Calling, contest: Contests = None) -> Response[bytes]:
    """Return the same as a workbook."""
    query = awards.ExportStatistics(contest_ids=tuple(contest or ()))
    return spreadsheet(await caller.ask(query, bytes), "statistics")


@get("/statistics/{by:str}/chart.svg", media_type=SVG)
async def draw_statistics(
    caller: Calling, by: FromPath[awards.Dimension], contest: Contests = None
) -> Response[str]:
    """Draw the same by one dimension."""
    query = awards.DrawStatistics(by=by, contest_ids=tuple(contest or ()))
    return drawing(await caller.ask(query, str))


@post("/contests/{contest_id:str}/report/drafts")
async def draft_report(
    caller: Calling, contest_id: Name, data: JSONBody[Report]
) -> awards.ReportDraft:
    """Draw up the year-end report from what is recorded now; earlier drafts stay."""
    command = awards.DraftReport(contest_id=contest_id, **asdict(data))
    return await caller.ask(command, awards.ReportDraft)


@post("/contests/{contest_id:str}/report")
async def issue_report(caller: Calling, contest_id: Name) -> awards.Paper:
    """Give the newest draft its number and issue it."""
    return await caller.ask(awards.IssueReport(contest_id=contest_id), awards.Paper)


@get("/contests/{contest_id:str}/report")
async def list_year_reports(caller: Calling, contest_id: Name) -> awards.Reports:
    """List the drafts of the report, and the issued ones."""
    return await caller.ask(awards.ListReports(contest_id=contest_id), awards.Reports)


@get("/contests/{contest_id:str}/report/drafts/{version:int}/{form:str}", status_code=302)
async def fetch_report(caller: Calling, contest_id: Name, version: Number, form: Name) -> Redirect:
    """Go to a draft, as `pdf` or `docx`."""
    query = awards.LinkReport(contest_id=contest_id, version=version, format=format_of(form))
    return elsewhere(await caller.ask(query, str))


def format_of(form: str) -> Literal["pdf", "docx"]:
    """Read a format; raises `NoSuchFormat`."""
    match form:
        case "pdf" | "docx":
            return form
        case _:
            raise NoSuchFormat


ROUTES = (
    show_statistics,
    export_statistics,
    draw_statistics,
    draft_report,
    issue_report,
    list_year_reports,
    fetch_report,
)
