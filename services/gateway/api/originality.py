"""Originality: the register of known initiatives, reports and rulings."""

from litestar import get, post
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import originality
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling


class Ruled(Struct, frozen=True, kw_only=True):
    """What a person decides on a report, and why."""

    report_id: str
    ruling: originality.Ruling
    reason: str


@post("/initiatives")
async def import_initiatives(
    caller: Calling, data: JSONBody[originality.ImportInitiatives]
) -> int:
    """Add to the register of known initiatives; returns how many are known."""
    return await caller.ask(data, int)


@get("/entries/{entry_id:str}/originality")
async def read_report(caller: Calling, entry_id: Name) -> originality.Report:
    """Show the newest report on an entry."""
    return await caller.ask(originality.ReadReport(entry_id=entry_id), originality.Report)


@get("/contests/{contest_id:str}/originality")
async def list_reports(caller: Calling, contest_id: Name) -> tuple[originality.ReportLine, ...]:
    """List the newest report on every entry of a contest."""
    query = originality.ListReports(contest_id=contest_id)
    return await caller.ask(query, tuple[originality.ReportLine, ...])


@do("/entries/{entry_id:str}/originality/rulings")
async def rule_on_report(caller: Calling, entry_id: Name, data: JSONBody[Ruled]) -> None:
    """Decide whether an entry repeats a known idea."""
    await caller.tell(originality.RuleOnReport(entry_id=entry_id, **asdict(data)))


ROUTES = (import_initiatives, read_report, list_reports, rule_on_report)
