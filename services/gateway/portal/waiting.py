"""What waits for whoever has signed in, by what their roles let them do: sentence, count, link.

The services decide what each may know; what is not for the caller, or not to be had now, is left
out. Everything is asked at once.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from litestar import Request, get
from litestar.datastructures import State
from litestar.response import Redirect
from msgspec import Struct

from contracts import awards, intake, notify, originality
from contracts.rules import Rules
from kernel.errors import NotFound
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.pages import go

OFFICE = frozenset({"clerk", "secretary", "organiser"})
RULERS = frozenset({"secretary", "organiser", "chair"})
SPEAKERS = frozenset({"coordinator", "head"})
OPEN = frozenset({"FILED", "ACCEPTED", "REJUDGING", "REJUDGED"})  # petitions not answered


class NoContestYet(NotFound):
    """There is no contest yet."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: what it is, how many there are, and where it is done."""

    sentence: str
    count: int
    path: str


class Known(Struct, frozen=True, kw_only=True):
    """The answers that a desk is made of, as far as there are any."""

    counted: intake.EntriesCounted | None = None
    reports: tuple[originality.ReportLine, ...] = ()
    copies: tuple[intake.CopiesLine, ...] = ()
    petitions: tuple[awards.PetitionView, ...] = ()
    held: tuple[notify.NoticeLine, ...] = ()
    of_unit: int = 0
    failed: tuple[notify.DeliveryView, ...] = ()


def waits_for(
    known: Known,
    own: tuple[intake.FoundEntry, ...],
    prizes: awards.PrizeList | None,
    caller: Caller,
    rules: Rules,
) -> list[Waiting]:
    """Return what waits for the caller in a contest, only what there is any of."""
    found = [*of_entrants(known, own, rules), *of_office(known, caller, rules)]
    found += of_prizes(prizes, caller, rules)
    return [one for one in found if one.count]


async def gather(caller: Caller, contest_id: str) -> Known:
    """Ask everything at once that the caller's roles have a use for."""
    asked = {**for_office(caller, contest_id), **for_others(caller, contest_id)}
    answers = await asyncio.gather(*asked.values())
    return Known(**dict(zip(asked, answers, strict=True)))  # type: ignore[arg-type]  # by name


def for_office(caller: Caller, contest_id: str) -> dict[str, Awaitable[object]]:
    """Return what is asked for who receives, examines and runs, by its name in `Known`."""
    roles = caller.account.roles_in(contest_id)
    asked: dict[str, Awaitable[object]] = {}
    if roles & OFFICE:
        query = intake.CountEntries(contest_id=contest_id)
        asked["counted"] = unless_refused(caller.ask(query, intake.EntriesCounted), None)
        held = notify.ShowNotices(contest_id=contest_id, held=True)
        asked["held"] = unless_refused(caller.ask(held, tuple[notify.NoticeLine, ...]), ())
    if roles & RULERS:
        reports = originality.ListReports(contest_id=contest_id)
        kind = tuple[originality.ReportLine, ...]
        asked["reports"] = unless_refused(caller.ask(reports, kind), ())
        petitions = awards.ListPetitions(contest_id=contest_id)
        told = caller.ask(petitions, tuple[awards.PetitionView, ...])
        asked["petitions"] = unless_refused(told, ())
    if "secretary" in roles:
        copies = intake.ListCopies(contest_id=contest_id)
        lines = caller.ask(copies, tuple[intake.CopiesLine, ...])
        asked["copies"] = unless_refused(lines, ())
    return asked


def for_others(caller: Caller, contest_id: str) -> dict[str, Awaitable[object]]:
    """Return what is asked for who heads a unit, or operates the platform."""
    roles = caller.account.roles_in(contest_id)
    asked: dict[str, Awaitable[object]] = {}
    if "head" in roles:
        asked["of_unit"] = of_their_unit(caller, contest_id)
    if "operator" in roles:
        query = notify.ListDeliveries(state="FAILED")
        failed = caller.ask(query, tuple[notify.DeliveryView, ...])
        asked["failed"] = unless_refused(failed, ())
    return asked


async def of_their_unit(caller: Caller, contest_id: str) -> int:
    """Count what the caller's unit has handed in; none where that is not theirs to know."""
    query = intake.FindEntries(contest_id=contest_id, whose="UNIT", state="SUBMITTED", most=1)
    nothing = intake.EntriesFound(total=0, lines=())
    return (await unless_refused(caller.ask(query, intake.EntriesFound), nothing)).total


def of_entrants(
    known: Known, own: tuple[intake.FoundEntry, ...], rules: Rules
) -> Iterable[Waiting]:
    """Return what waits for who enters, and for who speaks for a unit."""
    states = [one.state for one in own]
    yield Waiting("Drafts that are not handed in", states.count("DRAFT"), "/du-thi")
    yield Waiting("Entries to be completed", states.count("RETURNED"), "/du-thi")
    of_unit = known.of_unit if rules.entrants.head_confirms else 0
    yield Waiting("Entries of the unit to confirm", of_unit, f"/toi/don-vi/{rules.id}")


def of_office(known: Known, caller: Caller, rules: Rules) -> Iterable[Waiting]:
    """Return what waits for who receives, examines and runs."""
    queue = f"/toi/hang-doi/{rules.id}"
    counts = {one.code: one.count for one in known.counted.states} if known.counted else {}
    yield Waiting("Dossiers to check", counts.get("SUBMITTED", 0), f"{queue}?trang_thai=SUBMITTED")
    if known.counted:
        yield Waiting("Supplements overdue", known.counted.overdue, f"{queue}?qua_han=1")
    if "organiser" in caller.account.roles_in(rules.id):
        late = counts.get("LATE", 0)
        yield Waiting("Entries that came late", late, f"{queue}?trang_thai=LATE")
    unruled = sum(one.ruling is None and one.level != "CLEAR" for one in known.reports)
    yield Waiting("Originality reports to rule on", unruled, queue)
    waiting = sum(one.waiting for one in known.copies)
    yield Waiting("Copies without names to approve", waiting, f"/toi/che-ten/{rules.id}")
    unanswered = sum(one.state in OPEN for one in known.petitions)
    yield Waiting("Petitions to answer", unanswered, f"/toi/kien-nghi/{rules.id}")
    yield Waiting("Notices to look at", len(known.held), f"/toi/thong-bao/cho-gui/{rules.id}")
    yield Waiting("Messages that did not get through", len(known.failed), "/toi/van-hanh")


def of_prizes(prizes: awards.PrizeList | None, caller: Caller, rules: Rules) -> Iterable[Waiting]:
    """Return what the prize list waits for: a vote, an authority, or publication."""
    path, roles = f"/toi/xet-giai/{rules.id}", caller.account.roles_in(rules.id)
    if prizes is None:
        return
    mine = [one for one in prizes.awaited if f"authority:{one}" in roles]
    is_before = prizes.state == "SUBMITTED" or (
        prizes.state == "PROPOSED" and not rules.awarding.submission
    )
    if is_before:
        yield Waiting("Prize lists to approve", len(mine), path)
    if roles & {"secretary", "organiser"}:
        yield Waiting("Ties for the council to vote on", len(prizes.ties), path)
        yield Waiting("Prize lists to publish", int(prizes.state == "APPROVED"), path)


@get(["/toi/hang-doi", "/toi/bang-dieu-hanh", "/toi/don-vi"], status_code=303)
async def go_to_newest(request: Request[None, None, State], caller: Calling) -> Redirect:
    """Go to the page of the newest contest."""
    contests = await caller.ask(intake.ListContests(), tuple[intake.ContestLine, ...])
    if not contests:
        raise NoContestYet
    return go(f"{request.url.path}/{quote(contests[0].contest_id, safe='')}")


ROUTES = (go_to_newest,)
