"""The pages of papers: what a scanned code leads to, and a contest's papers, listed and issued."""

import asyncio
from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec import convert

from contracts import awards
from kernel.errors import NotFound, Refused
from services.gateway import problems
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import go, page

PATH = "/toi/cac-van-ban/{contest_id:str}"
NOTHING = awards.Forms(forms=(), bodies=())


class NoSuchForm(NotFound):
    """There is no such paper for you to issue."""


@get("/kiem-tra/{paper_id:str}")
async def show_check_page(visitor: Calling, paper_id: Name) -> Response[str]:
    """Say to anybody whether a paper is valid, revoked or unknown."""
    state = await visitor.ask(awards.ShowPaperState(paper_id=paper_id), awards.PaperState)
    return page(visitor, "check.html", paper=state)


@get(PATH)
async def show_papers(
    caller: Calling, contest_id: Name, so: FromQuery[str | None] = None
) -> Response[str]:
    """Show a contest's papers to the office: printed, signed, revoked; and what can be issued."""
    rules, printing, forms = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(awards.ShowPrinting(contest_id=contest_id), awards.Printing),
        unless_refused(caller.ask(awards.ListForms(contest_id=contest_id), awards.Forms), NOTHING),
    )
    return page(caller, "papers.html", rules=rules, printing=printing, forms=forms, issued=so)


@get(PATH + "/ban-hanh/{form:str}")
async def show_new_paper(caller: Calling, contest_id: Name, form: Name) -> Response[str]:
    """Show what a paper has to be told."""
    return await new_paper(caller, contest_id, form, {})


@post(PATH + "/ban-hanh/{form:str}", status_code=200)
async def take_new_paper(
    posted: Sent, contest_id: Name, form: Name
) -> Response[str] | Response[bytes] | Redirect:
    """Preview a paper or issue it."""
    try:
        return await issue_or_preview(posted, contest_id, form)
    except Refused as refusal:
        found = problems.read(refusal, f"/toi/cac-van-ban/{contest_id}")
        if found.status == 401:
            raise
        told = (found.detail, found.status)
        return await new_paper(posted.caller, contest_id, form, posted.fields, told)


async def issue_or_preview(
    posted: Posted, contest_id: str, form: str
) -> Response[bytes] | Redirect:
    """Do what the button says."""
    view, _ = await form_of(posted.caller, contest_id, form)
    asked = {
        "contest_id": contest_id,
        "form": form,
        "body": posted["body"],
        "texts": {slot.name: posted[slot.name] for slot in view.slots if told(slot, posted)},
        "lists": {slot.name: lines(posted[slot.name]) for slot in view.slots if slot.is_list},
        "rows": tuple(cells(line) for line in lines(posted["rows"])),
        "winners": bool(posted["winners"]),
    }
    if posted["step"] == "preview":
        content = await posted.caller.ask(convert(asked, awards.PreviewDocument), bytes)
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": 'inline; filename="xem.pdf"',
        }
        return Response(content, media_type="application/pdf", headers=headers)
    paper = await posted.caller.ask(convert(asked, awards.IssueDocument), awards.Paper)
    return go(f"/toi/cac-van-ban/{contest_id}?so={paper.number:02d}/{paper.symbol}")


def told(slot: awards.FormSlot, posted: Posted) -> bool:
    """Tell whether a text was given; one that was not is missing, and refused by name."""
    return not slot.is_list and bool(posted[slot.name])


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row, written with a bar between them."""
    return tuple(cell.strip() for cell in line.split("|"))


async def form_of(
    caller: Caller, contest_id: str, form: str
) -> tuple[awards.FormView, tuple[awards.BodyView, ...]]:
    """Find a form, and for whom it may be issued; raises `NoSuchForm`."""
    known = await caller.ask(awards.ListForms(contest_id=contest_id), awards.Forms)
    for each in known.forms:
        if each.form == form:
            return each, known.bodies
    raise NoSuchForm


async def new_paper(
    caller: Caller,
    contest_id: str,
    form: str,
    fields: Mapping[str, str],
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why the paper was not issued, and the status that says so."""
    rules, (view, bodies) = await asyncio.gather(
        rules_of(caller, contest_id), form_of(caller, contest_id, form)
    )
    return page(
        caller,
        "new_paper.html",
        refused[1],
        rules=rules,
        view=view,
        bodies=bodies,
        fields=fields,
        mistake=refused[0],
    )


ROUTES = (show_check_page, show_papers, show_new_paper, take_new_paper)
