"""Pages on numbers: entries and prizes of contests side by side, and the year-end report."""

import asyncio
from functools import partial
from typing import Annotated, get_args

from litestar import Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from contracts import awards
from services.gateway import words
from services.gateway.api.coverage import XLSX, spreadsheet
from services.gateway.api.routes import Name, Number, elsewhere
from services.gateway.api.statistics import format_of
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say
from services.gateway.portal.desk import NoSuchStep, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import page

PATH = "/toi/thong-ke"
REPORT = "/toi/bao-cao/{contest_id:str}"
DIMENSIONS: tuple[awards.Dimension, ...] = get_args(awards.Dimension)
HEADINGS = words.Names(
    {
        "AREA": "Lĩnh vực",
        "UNIT": "Cơ quan, đơn vị",
        "KIND": "Loại hình dự thi",
        "GROUP": "Nhóm đối tượng",
        "CHANNEL": "Hình thức nộp",
        "YEAR": "Năm nộp",
    }
)
Chosen = Annotated[list[str] | None, QueryParameter(name="cuoc_thi")]


@get(PATH)
async def show_statistics_page(caller: Calling, cuoc_thi: Chosen = None) -> Response[str]:
    """Show tables and charts of the chosen contests, of all if none is chosen."""
    ids = tuple(cuoc_thi or ())
    every, found = await asyncio.gather(
        caller.ask(awards.ShowStatistics(), awards.Statistics),
        caller.ask(awards.ShowStatistics(contest_ids=ids), awards.Statistics),
    )
    queries = (awards.DrawStatistics(by=by, contest_ids=ids) for by in DIMENSIONS)
    charts = await asyncio.gather(*(caller.ask(query, str) for query in queries))
    return page(
        caller,
        "statistics.html",
        every=every.contests,
        found=found,
        ids=ids,
        charts=dict(zip(DIMENSIONS, charts, strict=True)),
        headings=HEADINGS,
    )


@get(f"{PATH}.xlsx", media_type=XLSX)
async def fetch_statistics(caller: Calling, cuoc_thi: Chosen = None) -> Response[bytes]:
    """Return the same as a workbook."""
    query = awards.ExportStatistics(contest_ids=tuple(cuoc_thi or ()))
    return spreadsheet(await caller.ask(query, bytes), "thong-ke")


@get(REPORT)
async def show_report(caller: Calling, contest_id: Name) -> Response[str]:
    """Show the drafts of a contest's report, and the form to draw up the next."""
    return await report_page(caller, contest_id)


@post(REPORT, status_code=200)
async def write_report(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Draw up a draft, or issue the newest."""
    again = partial(report_page, posted.caller, contest_id, posted)
    return await go_or_say(step(posted, contest_id), f"/toi/bao-cao/{contest_id}", again)


@get(f"{REPORT}/{{version:int}}/{{form:str}}", status_code=302)
async def fetch_report_draft(
    caller: Calling, contest_id: Name, version: Number, form: Name
) -> Redirect:
    """Go to a draft."""
    query = awards.LinkReport(contest_id=contest_id, version=version, format=format_of(form))
    return elsewhere(await caller.ask(query, str))


async def step(posted: Posted, contest_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`."""
    match posted["step"]:
        case "draft":
            command = awards.DraftReport(
                contest_id=contest_id,
                assessment=paragraphs(posted["assessment"]),
                proposals=paragraphs(posted["proposals"]),
                authority=posted["authority"],
            )
            await posted.caller.ask(command, awards.ReportDraft)
        case "issue":
            await posted.caller.ask(awards.IssueReport(contest_id=contest_id), awards.Paper)
        case _:
            raise NoSuchStep


def paragraphs(text: str) -> tuple[str, ...]:
    """Read a paragraph a line."""
    return tuple(filter(None, map(str.strip, text.splitlines())))


async def report_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    rules, reports = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(awards.ListReports(contest_id=contest_id), awards.Reports),
    )
    newest = reports.drafts[0] if reports.drafts else None
    written = {
        "assessment": "\n".join(newest.assessment) if newest else "",
        "proposals": "\n".join(newest.proposals) if newest else "",
        "authority": newest.authority if newest else "",
    }
    fields = {**written, **posted.fields} if posted else written
    return page(
        caller,
        "report_draft.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        reports=reports,
        fields={**written, **fields},
    )


ROUTES = (show_statistics_page, fetch_statistics, show_report, write_report, fetch_report_draft)
