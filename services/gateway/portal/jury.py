"""The page on a jury: who sits and sat by which decision, who is missing, what was noted."""

import asyncio
from datetime import date
from functools import partial

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import review
from kernel.errors import Refused
from services.gateway import problems
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import naming
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import page

PATH = "/toi/ban-giam-khao/{contest_id:str}"


class BadDay(Refused):
    """Choose the day of the decision."""


@get(PATH)
async def show_jury_page(caller: Calling, contest_id: Name) -> Response[str]:
    """Show a jury, those who left it too."""
    return await jury_page(caller, contest_id)


@post(PATH, status_code=200)
async def replace_on_jury(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """End a judge's seats by a decision, and hand over what they still owe."""
    step = replace(posted, contest_id)
    again = partial(jury_page, posted.caller, contest_id, posted)
    return await go_or_say(step, f"/toi/ban-giam-khao/{contest_id}", again)


async def replace(posted: Posted, contest_id: str) -> None:
    """Ask for what the form says. Raises `BadDay`."""
    command = review.ReplaceJudge(
        contest_id=contest_id,
        judge_id=posted["judge"],
        decision=decision_of(posted),
        reason=posted["reason"],
        substitute_id=posted["substitute"] or None,
        substitute_unit_id=posted["unit"] or None,
    )
    await posted.caller.ask(command, review.JudgeReplacement)


def decision_of(posted: Posted) -> review.Decision:
    """Read a decision off a form. Raises `BadDay`."""
    try:
        return review.Decision(
            number=posted["number"], issued_on=date.fromisoformat(posted["day"])
        )
    except ValueError as problem:
        raise BadDay from problem


async def jury_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    view, rules, names, (notes, withheld) = await asyncio.gather(
        caller.ask(review.ShowJury(contest_id=contest_id), review.JuryView),
        rules_of(caller, contest_id),
        naming.staff_names(caller, contest_id),
        noted(caller, contest_id),
    )
    fields = posted.fields if posted else {}
    sitting = {seat.person_id for seat in view.seats if seat.left_at is None}
    return page(
        caller,
        "jury.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        rounds={one.id: one.name for one in rules.rounds},
        view=view,
        panels={panel.panel_id: panel.name for panel in view.panels},
        names=names,
        others={one: name for one, name in names.items() if one not in sitting},
        notes=[(note, naming.in_names(note.words, names)) for note in notes],
        withheld=withheld,
        replaces="organiser" in caller.account.roles_in(contest_id),
        seats=naming.SEATS,
        kept=lambda step: kept(fields, step),
    )


async def noted(caller: Caller, contest_id: str) -> tuple[tuple[review.JuryNote, ...], str]:
    """Return what was noted for the minutes, or why the caller is not shown it."""
    query = review.ListJuryNotes(contest_id=contest_id)
    try:
        return await caller.ask(query, tuple[review.JuryNote, ...]), ""
    except Refused as refusal:
        return (), problems.read(refusal, "").detail


ROUTES = (show_jury_page, replace_on_jury)
