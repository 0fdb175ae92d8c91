"""The page on which an entrant checks their own text before handing it in, if the rules allow."""

from litestar import Response, get, post

from contracts import originality
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal import painting
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.originality import WORDS
from services.gateway.portal.pages import page

PATH = "/cuoc-thi/{contest_id:str}/tu-kiem-tra"


@get(PATH)
async def show_form(caller: Calling, contest_id: Name) -> Response[str]:
    """Show the form for a text, and how often a day it may be used."""
    rules = await rules_of(caller, contest_id)
    return page(caller, "own_check.html", rules=rules, text="", found=None, pieces=(), **WORDS)


@post(PATH, status_code=200)
async def check_text(posted: Sent, contest_id: Name) -> Response[str]:
    """Show what of the text is found elsewhere."""
    rules = await rules_of(posted.caller, contest_id)
    text = posted["text"]
    command = originality.CheckMyText(contest_id=contest_id, text=text)
    found = await posted.caller.ask(command, originality.OwnCheck)
    marks = [
        painting.Mark(one.start, one.end, source + 1, place, painting.kind_of(one.kind))
        for place, one in enumerate(found.passages, start=1)
        for source in one.sources
    ]
    return page(
        posted.caller,
        "own_check.html",
        rules=rules,
        text=text,
        found=found,
        pieces=painting.paint([(0, text)], marks, found.excluded),
        **WORDS,
    )


ROUTES = (show_form, check_text)
