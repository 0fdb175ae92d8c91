"""Pages for everybody: the contests and the results."""

import asyncio
from datetime import datetime

from litestar import Response, get
from litestar.params import FromQuery

from contracts import awards, intake
from kernel import clock
from services.gateway import words
from services.gateway.api.open_results import open_results
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import page
from services.gateway.portal.shared import page_for_all
from services.gateway.portal.ticking import left, scripted

MOST = 20  # contests on a page
FIELDS = words.Names(
    {
        "code": "Mã số",
        "title": "Sáng kiến",
        "authors": "Tác giả",
        "unit": "Đơn vị",
        "prize": "Giải",
        "score": "Điểm",
        "rank": "Hạng",
    }
)


@get("/")
async def show_home(visitor: Calling, trang: FromQuery[int] = 1) -> Response[str]:
    """Show the contests and their dates, those first that take entries in."""
    now, here = clock.now(), leaf(trang, MOST, "/")
    contests, published = await asyncio.gather(
        visitor.ask(intake.ListContests(), tuple[intake.ContestLine, ...]),
        unless_refused(
            visitor.ask(awards.ListPublished(), tuple[awards.PublishedContest, ...]), ()
        ),
    )
    ordered = sorted(contests, key=lambda one: standing(one, now))
    some = ordered[here.first : here.first + MOST]
    counting = {one.contest_id: left(one.closes, now) for one in some}
    ticks = any(counting[one.contest_id] and one.opens <= now for one in some)
    shown = page(
        visitor,
        "home.html",
        contests=some,
        published={one.contest_id for one in published},
        left=counting,
        ticks=ticks,
        now=now,
        before=here.before(),
        after=here.after(len(contests)),
    )
    return scripted(shown) if ticks else shown


def standing(contest: intake.ContestLine, now: datetime) -> int:
    """Return what contests are ordered by: those that take entries, those to come, the others."""
    return 0 if contest.opens <= now < contest.closes else 1 if now < contest.opens else 2


@get("/ket-qua/{contest_id:str}")
async def show_result_page(visitor: Calling, contest_id: Name) -> Response[str]:
    """Show the published results of a contest."""
    results, found = await asyncio.gather(
        visitor.ask(awards.ShowResults(contest_id=contest_id), awards.Results),
        open_results(visitor, contest_id),
    )
    decisions = [paper for paper in results.papers if paper.kind == "DECISION"]
    values = {
        "results": results,
        "open": found,
        "field_names": FIELDS,
        "decisions": decisions,
    }
    return page_for_all(visitor, "results.html", (results, found), lambda: values)


ROUTES = (show_home, show_result_page)
