"""An entrant's own entries: the list of them, and the form with which one is begun.

A clerk begins one with the same form for somebody who comes in person.
"""

import asyncio
from functools import partial

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import intake
from contracts.rules import Rules
from kernel import clock
from kernel.errors import Forbidden, Refused
from services.gateway import problems, words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal import typing_in
from services.gateway.portal.contests import KINDS
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import go, page
from services.gateway.portal.ticking import left

MOST = 30  # entries on a page
CHANNELS: words.Names[intake.Channel] = words.Names(
    {
        "ONLINE": "Nộp trên cổng",
        "DESK": "Nộp trực tiếp",
        "POST": "Gửi qua bưu chính",
        "ONE_STOP": "Qua hệ thống một cửa",
    }
)


class EntrantsOnly(Forbidden):
    """Only entrants begin an entry here; at the desk a clerk enters it for them."""


@get("/du-thi")
async def show_own_entries(caller: Calling, trang: FromQuery[int] = 1) -> Response[str]:
    """List the caller's entries in all contests."""
    here = leaf(trang, MOST, "/du-thi")
    query = intake.FindEntries(whose="MINE", first=here.first, most=MOST)
    found, contests = await asyncio.gather(
        caller.ask(query, intake.EntriesFound),
        caller.ask(intake.ListContests(), tuple[intake.ContestLine, ...]),
    )
    now = clock.now()
    return page(
        caller,
        "own_entries.html",
        found=found,
        contests={one.contest_id: one for one in contests},
        open=[one for one in contests if one.opens <= now < one.closes],
        now=now,
        before=here.before(),
        after=here.after(found.total),
    )


@get("/du-thi/{contest_id:str}")
async def show_new_entry(caller: Calling, contest_id: Name) -> Response[str]:
    """Show the form with which an entry is begun."""
    return await new_entry(caller, contest_id, desk=False)


@post("/du-thi/{contest_id:str}", status_code=200)
async def begin_entry(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Begin an entry and go on with it."""
    return await begin(posted, contest_id, "ONLINE")


@get("/toi/tiep-nhan/{contest_id:str}")
async def show_counter(caller: Calling, contest_id: Name) -> Response[str]:
    """Show a clerk the form for a dossier that somebody brings or sends."""
    return await new_entry(caller, contest_id, desk=True)


@post("/toi/tiep-nhan/{contest_id:str}", status_code=200)
async def begin_at_counter(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Begin an entry for who brought or sent it."""
    return await begin(posted, contest_id, "POST" if posted["channel"] == "POST" else "DESK")


async def begin(
    posted: Posted, contest_id: str, channel: intake.Channel
) -> Response[str] | Redirect:
    """Draft what was typed; refused, show it again and say why."""
    caller, at_desk = posted.caller, channel != "ONLINE"
    if not at_desk and "entrant" not in caller.account.roles:
        raise EntrantsOnly
    again = partial(new_entry, caller, contest_id, desk=at_desk, fields=dict(posted.fields))
    try:
        typed = typing_in.read(posted.fields)
        drafted = intake.DraftEntry(
            contest_id=contest_id,
            channel=channel,
            kind=typed.kind,
            group=typed.group,
            title=typed.title,
            area=typed.area,
            authors=typed.authors,
        )
        entry_id = await caller.ask(drafted, str)
    except Refused as refusal:
        found = problems.read(refusal, "/du-thi")
        if found.status in (401, 403, 404):
            raise
        faulty = typing_in.faulty(refusal)
        return await again(mistake=found.detail, status=found.status, faulty=faulty)
    return go(f"/ho-so/{entry_id}")


async def new_entry(  # noqa: PLR0913  # what a page shows again
    caller: Caller,
    contest_id: str,
    *,
    desk: bool,
    fields: dict[str, str] | None = None,
    mistake: str = "",
    status: int = 200,
    faulty: frozenset[str] = frozenset(),
) -> Response[str]:
    """Show the form, empty or with what was typed."""
    rules = await rules_of(caller, contest_id)
    return page(
        caller,
        "new_entry.html",
        status,
        rules=rules,
        desk=desk,
        fields=fields or usual(rules, caller, desk=desk),
        mistake=mistake,
        faulty=faulty,
        kinds=KINDS,
        counting=left(rules.intake.closes, clock.now()),
        now=clock.now(),
        names=words.FIELDS,
    )


def usual(rules: Rules, caller: Caller, *, desk: bool) -> dict[str, str]:
    """Return what the form begins with: online the caller is an author."""
    begun: dict[str, str] = {"kind": rules.entrants.kinds[0]}
    return begun if desk else begun | {"author.0.person_id": caller.account.id}


ROUTES = (show_own_entries, show_new_entry, begin_entry, show_counter, begin_at_counter)
