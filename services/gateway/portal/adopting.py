"""Pages on winners that spread: for everybody what is in use where, for officers every plan."""

import asyncio
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import awards, intake
from contracts.rules import Rules
from kernel import clock
from kernel.errors import Refused
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say, kept
from services.gateway.portal.asking import given, unless_refused
from services.gateway.portal.desk import NoSuchStep, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.naming import staff_names
from services.gateway.portal.pages import page

PATH = "/toi/nhan-rong/{contest_id:str}"
OFFICE = frozenset({"secretary", "organiser"})
REACHES: words.Names[awards.Reach] = words.Names({"UNIT": "Trong đơn vị", "PROVINCE": "Toàn tỉnh"})


class NoDayChosen(Refused):
    """Choose a day."""


class BadNumber(Refused):
    """Write the value as a number, e.g. 85,5."""


@get("/nhan-rong/{contest_id:str}")
async def show_adopted_page(visitor: Calling, contest_id: Name) -> Response[str]:
    """Show anybody what is in use where, with charts."""
    query = awards.ShowAdopted(contest_id=contest_id)
    rules, lines, names = await asyncio.gather(
        rules_of(visitor, contest_id),
        visitor.ask(query, tuple[awards.AdoptedLine, ...]),
        index_names(visitor),
    )
    indexes = [line.indicator.index for one in lines for line in one.indicators]
    charts = await charts_of(visitor, rules, indexes) if lines else ()
    return page(
        visitor,
        "adopted.html",
        rules=rules,
        lines=lines,
        charts=charts,
        names=names,
        reaches=REACHES,
    )


@get(PATH)
async def show_adopters(caller: Calling, contest_id: Name) -> Response[str]:
    """Show every plan the caller may see, and forms for each step."""
    return await adopters_page(caller, contest_id)


@post(PATH, status_code=200)
async def change_adopters(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Plan, begin, set a milestone, measure."""
    again = partial(adopters_page, posted.caller, contest_id, posted)
    return await go_or_say(take(posted, contest_id), f"/toi/nhan-rong/{contest_id}", again)


async def take(posted: Posted, contest_id: str) -> None:
    """Ask for what a form says. Raises `NoSuchStep`, `NoDayChosen`, `BadNumber`."""
    caller, plan_id = posted.caller, posted["plan"]
    match posted["step"].partition("-")[0]:
        case "plan":
            command: awards.PlanAdoption | awards.RecordReading = awards.PlanAdoption(
                contest_id=contest_id,
                entry_id=posted["entry"],
                responsible_id=posted["responsible"],
                reach="PROVINCE" if posted["reach"] == "PROVINCE" else "UNIT",
                unit_id=posted["unit"] or None,
                body=posted["body"],
            )
            await caller.ask(command, str)
        case "begin":
            day, basis = chosen(posted["begun_on"]), posted["basis"]
            await caller.tell(awards.BeginAdoption(plan_id=plan_id, begun_on=day, basis=basis))
        case "milestone":
            await caller.tell(
                awards.SetMilestone(
                    plan_id=plan_id,
                    number=int(posted["number"]) if posted["number"].isdecimal() else None,
                    milestone=awards.Milestone(
                        what=posted["what"],
                        due_on=chosen(posted["due_on"]),
                        done_on=chosen(posted["done_on"]) if posted["done_on"] else None,
                        note=posted["note"],
                    ),
                )
            )
        case "indicator":
            await caller.tell(awards.AddIndicator(plan_id=plan_id, indicator=indicator_of(posted)))
        case "reading":
            command = awards.RecordReading(
                plan_id=plan_id,
                number=int(number(posted["number"])),
                actual=number(posted["actual"]),
                read_on=chosen(posted["read_on"]),
                evidence=posted["evidence"],
            )
            await caller.ask(command, int)
        case _:
            raise NoSuchStep


def indicator_of(posted: Posted) -> awards.Indicator:
    """Read what is to be measured; raises `BadNumber`."""
    return awards.Indicator(
        index=posted["index"],
        component=posted["component"],
        measure=posted["measure"],
        year=int(number(posted["year"])),
        baseline=number(posted["baseline"]),
        target=number(posted["target"]),
    )


def chosen(text: str) -> date:
    """Read a day as a form sends it; raises `NoDayChosen`."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise NoDayChosen from problem


def number(text: str) -> Decimal:
    """Read a number as Vietnamese or computers write it; raises `BadNumber`."""
    try:
        read = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation as problem:
        raise BadNumber from problem
    if not read.is_finite():
        raise BadNumber
    return read


async def adopters_page(
    caller: Caller,
    contest_id: str,
    posted: Posted | None = None,
    refused: tuple[str, int] = ("", 200),
) -> Response[str]:
    """Show the page; `refused` is why a step was not taken, and the status that says so."""
    is_office = not OFFICE.isdisjoint(caller.account.roles_in(contest_id))
    rules, found, people, names = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(awards.ListAdoptions(contest_id=contest_id), awards.Adoptions),
        staff_names(caller, contest_id) if is_office else given({}),
        index_names(caller),
    )
    indexes = [view.indicator.index for plan in found.plans for view in plan.indicators]
    fields = posted.fields if posted else {}
    return page(
        caller,
        "adopters.html",
        refused[1],
        mistake=refused[0],
        rules=rules,
        found=found,
        is_office=is_office,
        people=people,
        charts=await charts_of(caller, rules, indexes) if is_office and found.plans else (),
        names=names,
        reaches=REACHES,
        today=clock.now().astimezone(words.VIETNAM).date(),
        kept=lambda step: kept(fields, step),
    )


async def charts_of(caller: Caller, rules: Rules, indexes: list[str]) -> tuple[str, ...]:
    """Have the charts drawn: milestones, then each index that is measured, in the rules' order."""
    shown = ("", *(index for index in rules.indexes if index in indexes))
    queries = (awards.DrawAdoptions(contest_id=rules.id, index=index) for index in shown)
    return tuple(await asyncio.gather(*(caller.ask(query, str) for query in queries)))


async def index_names(caller: Caller) -> dict[str, str]:
    """Return what indexes are called, by their codes."""
    asked = caller.ask(intake.ListIndexes(), intake.IndexCatalogue)
    catalogue = await unless_refused(asked, intake.IndexCatalogue(version="", indexes=()))
    return {index.code: index.name for index in catalogue.indexes}


ROUTES = (show_adopted_page, show_adopters, change_adopters)
