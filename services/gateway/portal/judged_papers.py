"""The papers of an entry that its judge may read: in a blind round, checked copies."""

from litestar import get
from litestar.response import Redirect

from contracts import intake
from services.gateway.api.routes import Name, Number, elsewhere
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import unless_refused


async def papers_of(
    caller: Caller, contest_id: str, round_id: str, code: str
) -> tuple[intake.JudgedPaper, ...]:
    """Return the papers of an entry and how each stands; none where the caller may see none."""
    asked = intake.ListJudgedPapers(contest_id=contest_id, round_id=round_id, code=code)
    return await unless_refused(caller.ask(asked, tuple[intake.JudgedPaper, ...]), ())


@get("/toi/cham/{contest_id:str}/{round_id:str}/{code:str}/{place:int}", status_code=302)
async def read_paper(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, place: Number
) -> Redirect:
    """Go to a checked copy of one of the entry's papers."""
    asked = intake.LinkJudgedPaper(
        contest_id=contest_id, round_id=round_id, code=code, place=place
    )
    return elsewhere(await caller.ask(asked, str))


ROUTES = (read_paper,)
