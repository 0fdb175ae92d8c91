"""Originality: the register of known initiatives, reports and rulings."""

from litestar import get, post
from msgspec import Struct
from msgspec.structs import asdict

from contracts import originality
from services.gateway.api.routes import do
from services.gateway.caller import Caller


class Ruled(Struct, frozen=True, kw_only=True):
    """What a person decides on a report, and why."""

    report_id: str
    ruling: originality.Ruling
    reason: str


@post("/initiatives")
async def import_initiatives(caller: Caller, data: originality.ImportInitiatives) -> int:
    """Add to the register of known initiatives; returns how many are known."""
    return await caller.ask(data, int)


@get("/entries/{entry_id:str}/originality")
async def read_report(caller: Caller, entry_id: str) -> originality.Report:
    """Show the newest report on an entry."""
    return await caller.ask(originality.ReadReport(entry_id=entry_id), originality.Report)


@get("/contests/{contest_id:str}/originality")
async def list_reports(caller: Caller, contest_id: str) -> tuple[originality.ReportLine, ...]:
    """List the newest report on every entry of a contest."""
    query = originality.ListReports(contest_id=contest_id)
    return await caller.ask(query, tuple[originality.ReportLine, ...])


@do("/entries/{entry_id:str}/originality/rulings")
async def rule_on_report(caller: Caller, entry_id: str, data: Ruled) -> None:
    """Decide whether an entry repeats a known idea."""
    await caller.tell(originality.RuleOnReport(entry_id=entry_id, **asdict(data)))


ROUTES = (import_initiatives, read_report, list_reports, rule_on_report)
