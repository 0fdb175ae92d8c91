"""The page on who judges what: tried before a round opens, shown and mended while it is open."""

import asyncio
from functools import partial

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import review
from services.gateway.api.coverage import XLSX, spreadsheet
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import naming
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.desk import NoSuchStep, round_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.holding import names_of
from services.gateway.portal.pages import page

PATH = "/toi/phan-cong/{contest_id:str}/{round_id:str}"

PARTS = frozenset({"chair", "organiser"})  # who keeps judges apart


@get(PATH)
async def show_plan(
    caller: Calling, contest_id: Name, round_id: Name, seed: FromQuery[str] = ""
) -> Response[str]:
    """Show who would judge what, or who does; or why not every entry can have its judges."""
    return await plan_page(caller, contest_id, round_id, seed=seed)


@get(f"{PATH}/phan-cong.xlsx", media_type=XLSX)
async def fetch_plan(
    caller: Calling, contest_id: Name, round_id: Name, seed: FromQuery[str] = ""
) -> Response[bytes]:
    """Return the same as a workbook."""
    query = review.ExportPlan(contest_id=contest_id, round_id=round_id, seed=seed or None)
    return spreadsheet(await caller.ask(query, bytes), "phan-cong")


@post(PATH, status_code=200)
async def mend_plan(posted: Sent, contest_id: Name, round_id: Name) -> Response[str] | Redirect:
    """Let a judge leave the round, level loads, or keep two judges apart."""
    step = mend(posted, contest_id, round_id)
    again = partial(plan_page, posted.caller, contest_id, round_id, posted)
    return await go_or_say(step, f"/toi/phan-cong/{contest_id}/{round_id}", again)


async def mend(posted: Posted, contest_id: str, round_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`."""
    caller, reason = posted.caller, posted["reason"]
    pair = {"judge_id": posted["judge"], "other_id": posted["other"]}
    match posted["step"]:
        case "release":
            left = review.ReleaseJudge(
                contest_id=contest_id, round_id=round_id, judge_id=posted["judge"], reason=reason
            )
            await caller.ask(left, review.Repaired)
        case "level":
            levelled = review.LevelRound(contest_id=contest_id, round_id=round_id)
            await caller.ask(levelled, review.Repaired)
        case "apart":
            await caller.tell(review.KeepApart(contest_id=contest_id, **pair, reason=reason))
        case "together":
            await caller.tell(review.LetTogether(contest_id=contest_id, **pair, reason=reason))
        case _:
            raise NoSuchStep


async def plan_page(  # noqa: PLR0913, PLR0917  # one for each thing that may be shown
    caller: Caller,
    contest_id: str,
    round_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
    seed: str = "",
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    query = review.PlanRound(contest_id=contest_id, round_id=round_id, seed=seed or None)
    (rules, round_), plan, logins, judges = await asyncio.gather(
        round_of(caller, contest_id, round_id),
        caller.ask(query, review.RoundPlan),
        names_of(caller),
        naming.judges_of(caller, contest_id),
    )
    fields = posted.fields if posted else {}
    return page(
        caller,
        "plan.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        round=round_,
        plan=plan,
        areas={area.code: area.name for area in rules.areas},
        names=naming.known_as(logins, judges),
        judges=judges,
        grounds=naming.GROUNDS,
        parts=not PARTS.isdisjoint(caller.account.roles),
        kept=lambda step: kept(fields, step),
    )


ROUTES = (show_plan, fetch_plan, mend_plan)
