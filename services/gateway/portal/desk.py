"""Everybody's own page: what their roles let them see and do in one contest."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import awards, intake, review
from contracts.rules import Round, Rules
from kernel.errors import NotFound, Refused, Unavailable
from services.gateway import sealing, words
from services.gateway.api.awards import paper_name
from services.gateway.api.routes import Name, elsewhere
from services.gateway.caller import Caller, Calling
from services.gateway.portal import holding
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import go, page

T = TypeVar("T")

# Which buttons a role is shown; the services decide for themselves who may do it.
SHOWN: dict[str, frozenset[str]] = {
    "return": frozenset({"secretary", "clerk"}),
    "rounds": frozenset({"secretary", "organiser", "chair"}),
    "copies": frozenset({"secretary"}),
    "close": frozenset({"secretary", "chair"}),
    "mark": frozenset({"judge", "chair"}),
    "prizes": frozenset({"secretary", "organiser"}),
    "enter": frozenset({"entrant"}),
    "originality": frozenset({"secretary", "organiser", "chair"}),
    "register": frozenset({"secretary", "organiser", "operator", "chair", "judge"}),
    "provinces": frozenset({"secretary", "organiser", "operator", "chair"}),
    "certificates": frozenset({"entrant", "secretary", "organiser"}),
}


class NoSuchRound(NotFound):
    """The contest has no such round, or it has no such entry for you."""


class NoSuchStep(NotFound):
    """There is no such step."""


@dataclass(frozen=True, slots=True)
class RoundAtHand:
    """A round as its organiser or judge sees it."""

    rules: Round
    view: review.RoundView | None = None
    assignments: tuple[review.Assignment, ...] = ()


@get("/toi")
async def show_desk(caller: Calling, contest: FromQuery[str | None] = None) -> Response[str]:
    """Show what the caller has to do in a contest, the newest unless they choose."""
    contests = await caller.ask(intake.ListContests(), tuple[intake.ContestLine, ...])
    chosen = contest or next((line.contest_id for line in contests), None)
    if chosen is None:
        return page(caller, "desk.html", contests=(), rules=None, shown=shown_to(caller))
    rules = await rules_of(caller, chosen)
    roles = caller.account.roles
    entries, rounds, prizes, results = await asyncio.gather(
        unless_refused(list_entries(caller, chosen), ()),
        asyncio.gather(*(round_at_hand(caller, rules, one) for one in rules.rounds)),
        unless_refused(caller.ask(awards.ShowPrizes(contest_id=chosen), awards.PrizeList), None),
        unless_refused(caller.ask(awards.ShowResults(contest_id=chosen), awards.Results), None),
    )
    papers = results.papers if results else ()
    authorities = [one for one in rules.authorities if f"authority:{one.code}" in roles]
    return page(
        caller,
        "desk.html",
        contests=contests,
        rules=rules,
        areas={area.code: area.name for area in rules.areas},
        entries=by_state(entries),
        shown=shown_to(caller),
        rounds=rounds,
        prizes=prizes,
        published=results is not None,
        certificates={paper.entry_id: paper.paper_id for paper in papers if paper.entry_id},
        authorities=authorities,
        prize_names={prize.code: prize.name for prize in rules.prizes},
        browser_key=await sealing.browser_key(caller) if "mark" in shown_to(caller) else "",
        holders=await holding.holders(caller) if "rounds" in shown_to(caller) else {},
    )


@get("/toi/van-ban/{name:str}", status_code=302)
async def fetch_paper(caller: Calling, name: Name) -> Redirect:
    """Go to an official paper that concerns the caller: its id with `.pdf` or `.docx`."""
    paper_id, form = paper_name(name)
    return elsewhere(await caller.ask(awards.LinkPaper(paper_id=paper_id, format=form), str))


@post("/toi/ho-so/{entry_id:str}/tiep-nhan", status_code=303)
async def accept_entry(posted: Sent, entry_id: Name) -> Redirect:
    """Declare a dossier complete and valid."""
    await posted.caller.tell(intake.AcceptEntry(entry_id=entry_id))
    return go("/toi")


@post("/toi/ho-so/{entry_id:str}/bo-sung", status_code=303)
async def return_entry(posted: Sent, entry_id: Name) -> Redirect:
    """Ask for a supplement."""
    command = intake.ReturnEntry(
        entry_id=entry_id, request=posted["request"], missing=posted.lists.get("missing", ())
    )
    await posted.caller.ask(command, str)
    return go("/toi")


@post("/toi/vong/{contest_id:str}/{round_id:str}/{step:str}", status_code=303)
async def take_step(posted: Sent, contest_id: Name, round_id: Name, step: Name) -> Redirect:
    """Open or close a round."""
    if step == "open":
        officers = tuple(filter(None, (posted["officer.1"], posted["officer.2"])))
        command: review.OpenRound | review.CloseRound = review.OpenRound(
            contest_id=contest_id,
            round_id=round_id,
            officers=officers,
            recovery=posted["recovery"] or None,
        )
    elif step == "close":
        command = review.CloseRound(contest_id=contest_id, round_id=round_id)
    else:
        raise NoSuchStep
    await posted.caller.ask(command, object)
    return go("/toi")


@post("/toi/giai/{contest_id:str}/{step:str}", status_code=303)
async def move_prizes(posted: Sent, contest_id: Name, step: Name) -> Redirect:
    """Propose the prizes, approve them for an authority, or publish the results."""
    match step:
        case "de-xuat":
            command: awards.ProposePrizes | awards.ApprovePrizes | awards.PublishResults
            command = awards.ProposePrizes(contest_id=contest_id)
        case "phe-duyet":
            command = awards.ApprovePrizes(contest_id=contest_id, authority=posted["authority"])
        case "cong-bo":
            command = awards.PublishResults(contest_id=contest_id)
        case _:
            raise NoSuchStep
    await posted.caller.ask(command, object)
    return go("/toi")


def by_state(
    entries: tuple[intake.EntryLine, ...],
) -> list[tuple[str, list[intake.EntryLine]]]:
    """Group entries by state, in the order in which an entry passes through them."""
    found = {state: [one for one in entries if one.state == state] for state in words.STATES}
    return [(state, lines) for state, lines in found.items() if lines]


def shown_to(caller: Caller) -> frozenset[str]:
    """Return what this caller is shown beside their entries."""
    mine = caller.account.roles
    return frozenset(part for part, roles in SHOWN.items() if not roles.isdisjoint(mine))


async def rules_of(caller: Caller, contest_id: str) -> Rules:
    """Return the rules of a contest."""
    opened = await caller.ask(intake.ShowContest(contest_id=contest_id), intake.OpenedContest)
    if opened.rules is None:
        raise NoSuchRound
    return opened.rules


async def round_of(caller: Caller, rules: Rules, round_id: str) -> Round:
    """Return the rules of a round: those it opened under, else the contest's.

    Raises `NoSuchRound`.
    """
    round_ = next((one for one in rules.rounds if one.id == round_id), None)
    if round_ is None:
        raise NoSuchRound
    query = review.ShowRound(contest_id=rules.id, round_id=round_id)
    view = await unless_refused(caller.ask(query, review.RoundView), None)
    return (view.rules if view else None) or round_


def paper_names(rules: Rules) -> dict[str, str]:
    """Return what the papers of the dossier are called, by their codes."""
    dossier = rules.dossier
    papers = (*dossier.required, *dossier.optional, *dossier.conditional)
    return {paper.code: paper.name for paper in papers}


async def list_entries(caller: Caller, contest_id: str) -> tuple[intake.EntryLine, ...]:
    """Return the entries the caller may see."""
    query = intake.ListEntries(contest_id=contest_id)
    return await caller.ask(query, tuple[intake.EntryLine, ...])


async def round_at_hand(caller: Caller, rules: Rules, round_: Round) -> RoundAtHand:
    """Return a round as far as the caller may see it."""
    view = None
    assignments: tuple[review.Assignment, ...] = ()
    shown = shown_to(caller)
    if "rounds" in shown:
        query = review.ShowRound(contest_id=rules.id, round_id=round_.id)
        view = await unless_refused(caller.ask(query, review.RoundView), None)
    if "mark" in shown:
        asked = sealing.desk(caller, rules.id, round_.id)
        assignments = await unless_refused(asked, assignments)
    return RoundAtHand((view.rules if view else None) or round_, view, assignments)


async def unless_refused(asked: Awaitable[T], otherwise: T) -> T:
    """Return the answer, or something else if it is not for the caller to see, or not now."""
    try:
        return await asked
    except (Refused, Unavailable):
        return otherwise


ROUTES = (
    show_desk,
    fetch_paper,
    accept_entry,
    return_entry,
    take_step,
    move_prizes,
)
