"""The desk's queue: a contest's entries with filters, and a dossier beside its checklist."""

import asyncio

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import intake
from contracts.rules import Rules
from kernel import clock
from kernel.errors import NotFound, Refused
from services.gateway import problems, words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.contests import KINDS
from services.gateway.portal.desk import paper_names, rules_of
from services.gateway.portal.entering import CHANNELS
from services.gateway.portal.forms import Sent
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import go, page

QUEUE = "/toi/hang-doi/{contest_id:str}"
DOSSIER = "/toi/ho-so/{entry_id:str}"
MOST = 50  # entries on a page
STATES = ("SUBMITTED", "LATE", "RETURNED", "ACCEPTED", "REFUSED", "WITHDRAWN", "DISQUALIFIED")


class NoSuchSlip(NotFound):
    """There is no such slip of this entry."""


@get(QUEUE)
async def show_queue(  # noqa: PLR0913, PLR0917  # what a queue is narrowed by
    caller: Calling,
    contest_id: Name,
    tu: FromQuery[str] = "",
    trang_thai: FromQuery[str] = "",
    linh_vuc: FromQuery[str] = "",
    don_vi: FromQuery[str] = "",
    kenh: FromQuery[str] = "",
    qua_han: FromQuery[str] = "",
    trang: FromQuery[int] = 1,
) -> Response[str]:
    """Show the entries that fit, a page of them, and how many there are in each state."""
    sought = {
        "tu": tu.strip(),
        "trang_thai": trang_thai,
        "linh_vuc": linh_vuc,
        "don_vi": don_vi,
        "kenh": kenh,
        "qua_han": qua_han,
    }
    path = QUEUE.replace("{contest_id:str}", contest_id)
    here = leaf(trang, MOST, path, **sought)
    query = intake.FindEntries(
        contest_id=contest_id,
        whose="ALL",
        words=sought["tu"],
        state=trang_thai or None,
        area=linh_vuc or None,
        unit_id=don_vi or None,
        channel=kenh or None,
        overdue=bool(qua_han),
        first=here.first,
        most=MOST,
    )
    rules, found, counted = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(query, intake.EntriesFound),
        caller.ask(intake.CountEntries(contest_id=contest_id), intake.EntriesCounted),
    )
    return page(
        caller,
        "queue.html",
        rules=rules,
        found=found,
        counted=counted,
        counts={one.code: one.count for one in counted.states},
        sought=sought,
        states=STATES,
        channels=CHANNELS,
        areas={one.code: one.name for one in rules.areas},
        path=path,
        now=clock.now(),
        before=here.before(),
        after=here.after(found.total),
    )


@get(DOSSIER)
async def show_dossier_page(caller: Calling, entry_id: Name) -> Response[str]:
    """Show a dossier beside its checklist, with what may be decided about it."""
    return await dossier_page(caller, entry_id)


@post(DOSSIER, status_code=200)
async def decide_on_dossier(posted: Sent, entry_id: Name) -> Response[str] | Redirect:
    """Accept a dossier, refuse it with a reason, or ask for a supplement."""
    commands: dict[str, intake.AcceptEntry | intake.RefuseEntry | intake.ReturnEntry] = {
        "accept": intake.AcceptEntry(entry_id=entry_id),
        "refuse": intake.RefuseEntry(entry_id=entry_id, reason=posted["reason"]),
        "return": intake.ReturnEntry(
            entry_id=entry_id,
            request=posted["request"],
            missing=posted.lists.get("missing", ()),
        ),
    }
    command = commands.get(posted["step"])
    if command is None:
        raise NoSuchSlip
    try:
        await posted.caller.ask(command, object)
    except Refused as refusal:
        found = problems.read(refusal, f"/toi/ho-so/{entry_id}")
        if found.status in (401, 404):
            raise
        typed = dict(posted.fields)
        return await dossier_page(posted.caller, entry_id, found.detail, found.status, typed)
    return go(f"/toi/ho-so/{entry_id}")


async def dossier_page(
    caller: Caller,
    entry_id: str,
    mistake: str = "",
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response[str]:
    """Show a dossier, with why a step was refused."""
    entry, checklist = await asyncio.gather(
        caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView),
        unless_refused(
            caller.ask(intake.ShowChecklist(entry_id=entry_id), intake.Checklist), None
        ),
    )
    rules, unit = await asyncio.gather(rules_of(caller, entry.contest_id), unit_of(caller, entry))
    return page(
        caller,
        "dossier.html",
        status,
        entry=entry,
        rules=rules,
        checklist=checklist,
        paper_names=paper_names(rules),
        area={one.code: one.name for one in rules.areas}.get(entry.area, entry.area),
        group={one.code: one.name for one in rules.entrants.groups}.get(entry.group, ""),
        unit=unit,
        kinds=KINDS,
        channels=CHANNELS,
        fields=words.FIELDS,
        typed={"step": "", "request": "", "reason": ""} | (typed or {}),
        mistake=mistake,
        now=clock.now(),
    )


async def unit_of(caller: Caller, entry: intake.EntryView) -> str:
    """Return what the entry's unit is called; nothing where it has none."""
    if entry.unit_id is None:
        return ""
    units = await caller.ask(intake.ListAgencies(), tuple[intake.Agency, ...])
    return next((one.name for one in units if one.unit_id == entry.unit_id), entry.unit_id)


@get(f"{DOSSIER}/phieu/{{slip:str}}")
async def show_slip(caller: Calling, entry_id: Name, slip: Name) -> Response[str]:
    """Show a slip to print: what has to be added, or why a dossier was refused."""
    entry = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    rules = await rules_of(caller, entry.contest_id)
    line = line_of(entry, slip)
    return page(
        caller,
        "slip.html",
        entry=entry,
        rules=rules,
        slip=slip,
        line=line,
        papers=missing_papers(entry, rules),
        unit=await unit_of(caller, entry),
    )


def line_of(entry: intake.EntryView, slip: str) -> intake.TimelineLine:
    """Return the step of its history that a slip is about, the newest. Raises `NoSuchSlip`."""
    state = {"bo-sung": "RETURNED", "tu-choi": "REFUSED"}.get(slip)
    steps = [line for line in entry.timeline if line.state == state]
    if not steps:
        raise NoSuchSlip
    return steps[-1]


def missing_papers(entry: intake.EntryView, rules: Rules) -> list[str]:
    """Return the names of the papers that a dossier lacks."""
    names = paper_names(rules)
    return [names.get(code, code) for code in entry.missing]


ROUTES = (show_queue, show_dossier_page, decide_on_dossier, show_slip)
