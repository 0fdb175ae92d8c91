"""The page on sheets that do not come, and on panels that stand apart: who, and what may be done.

Judges give entries back here as well.
"""

import asyncio
from datetime import datetime
from functools import partial

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import review
from kernel.errors import Refused
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import ways
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.desk import NoSuchStep, round_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.marking import SHEET, Place, sheet_page
from services.gateway.portal.naming import staff_names
from services.gateway.portal.pages import page

PATH = "/toi/phieu-thieu/{contest_id:str}/{round_id:str}"
RECORDS = frozenset({"chair", "secretary"})  # who records a discussion


class BadMoment(Refused):
    """Choose a day and a time."""


@get(PATH)
async def show_missing(caller: Calling, contest_id: Name, round_id: Name) -> Response[str]:
    """Show whose sheets are awaited, and each way out with what closes it."""
    return await missing_page(caller, contest_id, round_id)


@post(PATH, status_code=200)
async def deal_with_missing(
    posted: Sent, contest_id: Name, round_id: Name
) -> Response[str] | Redirect:
    """Replace, count without, extend, or record a discussion."""
    step = take_way(posted, contest_id, round_id)
    again = partial(missing_page, posted.caller, contest_id, round_id, posted)
    return await go_or_say(step, f"/toi/phieu-thieu/{contest_id}/{round_id}", again)


async def take_way(posted: Posted, contest_id: str, round_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`, `BadMoment`."""
    where = {"contest_id": contest_id, "round_id": round_id}
    said = {"reason": posted["reason"], "minutes": posted["minutes"]}
    command: review.ReplaceMissing | review.CountWithout | review.ExtendRound
    match posted["step"]:
        case "replace":
            command = review.ReplaceMissing(**where, judge_id=posted["judge"], **said)
        case "quorum":
            command = review.CountWithout(**where, **said)
        case "extend":
            command = review.ExtendRound(**where, until=moment(posted["until"]), **said)
        case "discuss":
            minutes, conclusion = posted["minutes"], posted["reason"]
            stated = {"code": posted["code"], "minutes": minutes, "conclusion": conclusion}
            await posted.caller.tell(review.RecordDiscussion(**where, **stated))
            return
        case _:
            raise NoSuchStep
    await posted.caller.ask(command, object)


def moment(text: str) -> datetime:
    """Read a day and a time of Vietnam as a form sends them; raises `BadMoment`."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=words.VIETNAM)
    except ValueError as problem:
        raise BadMoment from problem


async def missing_page(
    caller: Caller,
    contest_id: str,
    round_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    query = review.ListAwaited(contest_id=contest_id, round_id=round_id)
    (rules, round_), view, names = await asyncio.gather(
        round_of(caller, contest_id, round_id),
        caller.ask(query, review.AwaitedSheets),
        staff_names(caller, contest_id),
    )
    fields = posted.fields if posted else {}
    return page(
        caller,
        "missing.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        round=round_,
        view=view,
        ways=ways.ways(view),
        owed=ways.owed(view),
        names=names,
        records=not RECORDS.isdisjoint(caller.account.roles_in(contest_id)),
        kept=lambda step: kept(fields, step),
    )


@post(f"{SHEET}/tra-lai", status_code=200)
async def give_back(
    posted: Sent, contest_id: Name, round_id: Name, code: Name
) -> Response[str] | Redirect:
    """Give an entry back, with the reason; another judge steps in."""
    command = review.DeclineEntry(
        contest_id=contest_id, round_id=round_id, code=code, reason=posted["reason"]
    )
    place = Place(contest_id, round_id, code)
    return await go_or_say(
        posted.caller.tell(command),
        f"/toi/cham/{contest_id}/{round_id}",
        lambda refused: sheet_page(posted.caller, place, mistake=refused[0], status=refused[1]),
    )


ROUTES = (show_missing, deal_with_missing, give_back)
