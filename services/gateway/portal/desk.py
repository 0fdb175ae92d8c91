"""Everybody's own page: what their roles let them see and do in one contest."""

import asyncio

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import awards, intake, review
from contracts.rules import Round, Rules
from kernel.errors import NotFound
from services.gateway import sealing, words
from services.gateway.api.awards import paper_name
from services.gateway.api.routes import Name, elsewhere
from services.gateway.caller import Caller, Calling
from services.gateway.portal import holding, rounds, waiting
from services.gateway.portal.asking import given, outcome_of, unless_refused, unread_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import go, page

# Which buttons a role is shown; the services decide for themselves who may do it.
SHOWN: dict[str, frozenset[str]] = {
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

NONE_FOUND = intake.EntriesFound(total=0, lines=())
MOST, SEEN = 50, 200  # of one's own entries: shown on one's page, and looked at for what waits


class NoSuchRound(NotFound):
    """The contest has no such round, or it has no such entry for you."""


class NoSuchStep(NotFound):
    """There is no such step."""


@get("/toi")
async def show_desk(caller: Calling, contest: FromQuery[str | None] = None) -> Response[str]:
    """Show what the caller has to do in a contest, the newest unless they choose."""
    shown = shown_to(caller)
    listing = caller.ask(intake.ListContests(), tuple[intake.ContestLine, ...])
    contests = () if contest else await listing
    chosen = contest or next((line.contest_id for line in contests), None)
    if chosen is None:
        return page(
            caller, "desk.html", contests=(), rules=None, shown=shown, unread=0, waiting=()
        )
    (
        (every, key, holders),
        (rules, seen),
        own,
        (prizes, results, adoptions),
        (unread, known),
    ) = await asyncio.gather(
        asyncio.gather(
            listing if contest else given(contests),
            sealing.browser_key(caller) if "mark" in shown else given(""),
            holding.holders(caller) if "rounds" in shown else given({}),
        ),
        at_hand(caller, chosen),
        own_entries(caller, chosen) if "enter" in shown else given(NONE_FOUND),
        outcome_of(caller, chosen),
        asyncio.gather(unread_of(caller), waiting.gather(caller, chosen)),
    )
    roles = caller.account.roles_in(chosen)
    papers = results.papers if results else ()
    authorities = [one for one in rules.authorities if f"authority:{one.code}" in roles]
    return page(
        caller,
        "desk.html",
        contests=every,
        rules=rules,
        areas={area.code: area.name for area in rules.areas},
        entries=by_state(own.lines[:MOST]),
        own=own,
        shown=shown,
        unread=unread,
        rounds=seen,
        prizes=prizes,
        published=results is not None,
        certificates={paper.entry_id: paper.paper_id for paper in papers if paper.entry_id},
        authorities=authorities,
        plans=own_plans(caller, adoptions),
        prize_names={prize.code: prize.name for prize in rules.prizes},
        browser_key=key,
        holders=holders,
        waiting=waiting.waits_for(known, own.lines, prizes, caller, rules),
    )


def own_plans(caller: Caller, known: awards.Adoptions | None) -> list[awards.AdoptionPlan]:
    """Return the plans of adoption that the caller answers for."""
    plans = known.plans if known else ()
    return [one for one in plans if one.responsible_id == caller.account.id]


@get("/toi/van-ban/{name:str}", status_code=302)
async def fetch_paper(caller: Calling, name: Name) -> Redirect:
    """Go to an official paper that concerns the caller: its id with `.pdf` or `.docx`."""
    paper_id, form = paper_name(name)
    return elsewhere(await caller.ask(awards.LinkPaper(paper_id=paper_id, format=form), str))


@post("/toi/ho-so/{entry_id:str}/tiep-nhan", status_code=303)
async def accept_entry(posted: Sent, entry_id: Name) -> Redirect:
    """Declare a dossier complete and valid."""
    await posted.caller.tell(intake.AcceptEntry(entry_id=entry_id))
    return go(f"/toi/ho-so/{entry_id}")


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
    entries: tuple[intake.FoundEntry, ...],
) -> list[tuple[str, list[intake.FoundEntry]]]:
    """Group entries by state, in the order in which an entry passes through them."""
    found = {state: [one for one in entries if one.state == state] for state in words.STATES}
    return [(state, lines) for state, lines in found.items() if lines]


def shown_to(caller: Caller) -> frozenset[str]:
    """Return what this caller is shown beside their entries."""
    # What a role in one contest opens is shown on the whole desk; the service knows where it ends.
    mine = caller.account.all_roles
    return frozenset(part for part, roles in SHOWN.items() if not roles.isdisjoint(mine))


async def rules_of(caller: Caller, contest_id: str) -> Rules:
    """Return the rules of a contest."""
    opened = await caller.ask(intake.ShowContest(contest_id=contest_id), intake.OpenedContest)
    if opened.rules is None:
        raise NoSuchRound
    return opened.rules


async def round_of(caller: Caller, contest_id: str, round_id: str) -> tuple[Rules, Round]:
    """Return the rules of a contest and of a round: those it opened under, else the contest's.

    Raises `NoSuchRound`.
    """
    query = review.ShowRound(contest_id=contest_id, round_id=round_id)
    rules, view = await asyncio.gather(
        rules_of(caller, contest_id),
        unless_refused(caller.ask(query, review.RoundView), None),
    )
    round_ = next((one for one in rules.rounds if one.id == round_id), None)
    if round_ is None:
        raise NoSuchRound
    return rules, (view.rules if view else None) or round_


def paper_names(rules: Rules) -> dict[str, str]:
    """Return what the papers of the dossier are called, by their codes."""
    dossier = rules.dossier
    papers = (*dossier.required, *dossier.optional, *dossier.conditional)
    return {paper.code: paper.name for paper in papers}


async def own_entries(caller: Caller, contest_id: str) -> intake.EntriesFound:
    """Return the caller's own entries in a contest; staff find all others in the queue."""
    query = intake.FindEntries(contest_id=contest_id, whose="MINE", most=SEEN)
    return await unless_refused(caller.ask(query, intake.EntriesFound), NONE_FOUND)


async def list_entries(caller: Caller, contest_id: str) -> tuple[intake.EntryLine, ...]:
    """Return the entries the caller may see."""
    query = intake.ListEntries(contest_id=contest_id)
    return await caller.ask(query, tuple[intake.EntryLine, ...])


async def at_hand(caller: Caller, contest_id: str) -> tuple[Rules, list[rounds.RoundAtHand]]:
    """Return the rules of a contest, and its rounds as far as the caller may see them."""
    rules = await rules_of(caller, contest_id)
    return rules, await rounds.at_hand(caller, rules, shown_to(caller))


ROUTES = (
    show_desk,
    fetch_paper,
    accept_entry,
    take_step,
    move_prizes,
)
