"""The pages of papers: what a scanned code leads to, and the list of a contest's papers."""

from litestar import Response, get

from contracts import awards
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.desk import rules_of
from services.gateway.portal.pages import page


@get("/kiem-tra/{paper_id:str}")
async def show_check_page(visitor: Calling, paper_id: Name) -> Response[str]:
    """Say to anybody whether a paper is valid, revoked or unknown."""
    state = await visitor.ask(awards.ShowPaperState(paper_id=paper_id), awards.PaperState)
    return page(visitor, "check.html", paper=state)


@get("/toi/van-ban/{contest_id:str}")
async def show_papers(caller: Calling, contest_id: Name) -> Response[str]:
    """Show the office how far the papers of a contest are: printed, signed, revoked."""
    rules = await rules_of(caller, contest_id)
    printing = await caller.ask(awards.ShowPrinting(contest_id=contest_id), awards.Printing)
    return page(caller, "papers.html", rules=rules, printing=printing)


ROUTES = (show_check_page, show_papers)
