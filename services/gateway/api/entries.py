"""Entries; their documents are in `documents`."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from contracts import intake
from services.gateway.api.drafts import Improves, improvement
from services.gateway.api.routes import Instant, Name, act, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging
from services.gateway.tags import digest


class Draft(Struct, frozen=True, kw_only=True):
    """An entry to be, with gaps or without. `external_code` is its code in a one-stop system."""

    kind: intake.EntrantKind
    group: str = ""
    title: str = ""
    summary: str = ""
    area: str = ""
    authors: tuple[intake.Author, ...] = ()
    channel: intake.Channel = "ONLINE"
    unit_id: str | None = None
    external_code: str | None = None
    enterprise: intake.Enterprise | None = None
    improves: tuple[Improves, ...] = ()


class Drafted(Struct, frozen=True, kw_only=True):
    """The entry that was begun."""

    entry_id: str


class Declarations(Struct, frozen=True, kw_only=True):
    """What the entrant declares on handing in; of a paper dossier also how it came."""

    declarations: tuple[str, ...] = ()
    posted_at: date | None = None
    arrived_at: Instant | None = None


class Supplement(Struct, frozen=True, kw_only=True):
    """What is missing; `missing` are paper codes."""

    request: str
    missing: tuple[str, ...] = ()


class Due(Struct, frozen=True, kw_only=True):
    """Until when."""

    due_at: datetime


class Reason(Struct, frozen=True, kw_only=True):
    """Why."""

    reason: str = ""


class Which(Struct, frozen=True, kw_only=True):
    """Entries in a state, of an area, by a way, of a unit; None does not ask."""

    state: str | None
    area: str | None
    channel: intake.Channel | None
    unit_id: str | None


@post("/contests/{contest_id:str}/entries")
async def draft_entry(caller: Calling, contest_id: Name, data: JSONBody[Draft]) -> Drafted:
    """Begin an entry."""
    typed = asdict(data) | {"improves": tuple(map(improvement, data.improves))}
    entry_id = await caller.ask(intake.DraftEntry(contest_id=contest_id, **typed), str)
    return Drafted(entry_id=entry_id)


async def which(
    entry_state: Annotated[str | None, QueryParameter(name="state")] = None,
    area: FromQuery[str | None] = None,
    channel: FromQuery[Literal[intake.Channel, ""]] = "",
    unit_id: FromQuery[str | None] = None,
) -> Which:
    """Return which entries a request asks for."""
    return Which(state=entry_state, area=area, channel=channel or None, unit_id=unit_id)


@get("/contests/{contest_id:str}/entries", dependencies={"which": Provide(which)})
async def list_entries(
    caller: Calling,
    contest_id: Name,
    paging: Paging,
    which: NamedDependency[Which],
) -> Response[tuple[intake.EntryLine, ...]]:
    """List the entries of a contest that the caller may see, as they were received."""
    query = intake.ListEntries(
        contest_id=contest_id,
        after=paging.after.last if paging.after else None,
        limit=paging.limit + 1,
        **asdict(which),
    )
    lines = await caller.ask(query, tuple[intake.EntryLine, ...])
    return paging.page(lines, lambda line: line.entry_id)


@get("/entries/{entry_id:str}")
async def show_entry(caller: Calling, entry_id: Name) -> Response[intake.EntryView]:
    """Show an entry with its documents and its history; its ETag serves a save's If-Match."""
    view = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    content = digest(msgspec.json.encode(view))
    return Response(view, headers={"ETag": f'"{view.revision}-{content}"'})


@act("/entries/{entry_id:str}/submit")
async def submit_entry(
    caller: Calling, entry_id: Name, data: JSONBody[Declarations | None] = None
) -> intake.Submitted:
    """Hand the entry in; the answer is the receipt."""
    command = intake.SubmitEntry(entry_id=entry_id, **asdict(data or Declarations()))
    return await caller.ask(command, intake.Submitted)


@act("/entries/{entry_id:str}/return")
async def return_entry(caller: Calling, entry_id: Name, data: JSONBody[Supplement]) -> Due:
    """Ask for a supplement."""
    command = intake.ReturnEntry(entry_id=entry_id, request=data.request, missing=data.missing)
    return Due(due_at=await caller.ask(command, datetime))


@do("/entries/{entry_id:str}/accept")
async def accept_entry(caller: Calling, entry_id: Name) -> None:
    """Declare the dossier complete and valid."""
    await caller.tell(intake.AcceptEntry(entry_id=entry_id))


@do("/entries/{entry_id:str}/refuse")
async def refuse_entry(caller: Calling, entry_id: Name, data: JSONBody[Reason]) -> None:
    """Refuse the dossier, with a reason for the entrant."""
    await caller.tell(intake.RefuseEntry(entry_id=entry_id, reason=data.reason))


@do("/entries/{entry_id:str}/withdraw")
async def withdraw_entry(
    caller: Calling, entry_id: Name, data: JSONBody[Reason | None] = None
) -> None:
    """Take the entry back."""
    reason = data.reason if data else ""
    await caller.tell(intake.WithdrawEntry(entry_id=entry_id, reason=reason))


ROUTES = (
    draft_entry,
    list_entries,
    show_entry,
    submit_entry,
    return_entry,
    accept_entry,
    refuse_entry,
    withdraw_entry,
)
