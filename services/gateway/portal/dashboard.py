"""A contest in numbers for those who run it: states, areas, units, days, how far it reaches."""

import asyncio

from litestar import Response, get
from litestar.params import FromQuery

from contracts import intake
from kernel import clock
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal import charts
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import rules_of
from services.gateway.portal.entering import CHANNELS
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import page
from services.gateway.portal.ticking import left, scripted

PATH = "/toi/bang-dieu-hanh/{contest_id:str}"
MOST = 15  # units in a chart; the rest are summed up
SILENT = 50  # units without an entry on a page
REST = "Các đơn vị khác"
NOBODY = "Không thuộc đơn vị"


@get(PATH)
async def show_dashboard(
    caller: Calling, contest_id: Name, trang: FromQuery[int] = 1
) -> Response[str]:
    """Show the numbers of a contest as charts and tables, and which units have not entered."""
    here = leaf(trang, SILENT, PATH.replace("{contest_id:str}", contest_id))
    rules, counted, reach = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(intake.CountEntries(contest_id=contest_id), intake.EntriesCounted),
        unless_refused(
            caller.ask(intake.SumUpCoverage(contest_id=contest_id), intake.CoverageReport), None
        ),
    )
    silent = [one for one in reach.lines if not one.entries] if reach else []
    now = clock.now()
    counting = left(rules.intake.closes, now) if rules.intake.opens <= now else None
    shown = page(
        caller,
        "dashboard.html",
        rules=rules,
        counted=counted,
        counting=counting,
        reach=reach,
        states=charts.rows((words.state(one.code), one.count) for one in counted.states),
        areas=charts.rows((one.name or one.code, one.count) for one in counted.areas),
        units=charts.rows(largest(counted.units)),
        channels=charts.rows(
            (name, count)
            for code, name in CHANNELS.items()
            if (count := next((one.count for one in counted.channels if one.code == code), 0))
        ),
        days=charts.columns([(one.day, one.count) for one in counted.days]),
        silent=silent[here.first : here.first + SILENT],
        silent_count=len(silent),
        before=here.before(),
        after=here.after(len(silent)),
    )
    return scripted(shown) if counting else shown


def largest(units: tuple[intake.Tally, ...]) -> list[tuple[str, int]]:
    """Return the units with most entries by name, and all others as one."""
    named = [(one.name or one.code or words.translated(NOBODY), one.count) for one in units]
    rest = sum(count for _, count in named[MOST:])
    return named[:MOST] + ([(words.translated(REST), rest)] if rest else [])


ROUTES = (show_dashboard,)
