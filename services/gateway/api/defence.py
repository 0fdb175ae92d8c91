"""The defence day of a round: planned, recorded, changed, shown, saved as calendar files."""

from typing import Annotated

from litestar import Response, get
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct

from contracts import review
from services.gateway.api.review import ROUND
from services.gateway.api.routes import Instant, Name, act
from services.gateway.caller import Caller, Calling

CALENDAR = "text/calendar"
Version = Annotated[int | None, QueryParameter(name="version")]


class Hours(Struct, frozen=True, kw_only=True):
    """Time without a break; what lies between two of them is one."""

    starts_at: Instant
    ends_at: Instant


class Limit(Struct, frozen=True, kw_only=True):
    """When a judge, by id, or the presenters of an entry, by its code, can be there."""

    of: str
    hours: tuple[Hours, ...]


class Drawing(Struct, frozen=True, kw_only=True):
    """What a day is drawn up from."""

    hours: tuple[Hours, ...]
    rooms: tuple[review.DefenceRoom, ...]
    availability: tuple[Limit, ...] = ()
    seed: str | None = None


class Recording(Drawing, frozen=True, kw_only=True):
    """A day to keep, why, and the version it follows (0: there was none)."""

    reason: str
    version: int = 0


class Move(Struct, frozen=True, kw_only=True):
    """Another time for an entry, and another room if one is named."""

    code: str
    starts_at: Instant
    room: str | None = None


class Change(Struct, frozen=True, kw_only=True):
    """What changes in a version of a day, and why."""

    version: int
    reason: str
    withdrawn: tuple[str, ...] = ()
    swaps: tuple[review.DefenceSwap, ...] = ()
    moves: tuple[Move, ...] = ()


class Kept(Struct, frozen=True, kw_only=True):
    """The version that stands from now on."""

    version: int


@act(ROUND + "/defence/plan")
async def plan_defence(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Drawing]
) -> review.DefencePlan:
    """Draw a defence day up, nothing kept: who presents where and when, and who leaves."""
    query = review.PlanDefence(
        contest_id=contest_id,
        round_id=round_id,
        hours=tuple(map(hours_of, data.hours)),
        rooms=data.rooms,
        availability=limits_of(data),
        seed=data.seed,
    )
    return await caller.ask(query, review.DefencePlan)


@act(ROUND + "/defence")
async def record_defence(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Recording]
) -> Kept:
    """Draw a defence day up and keep it; entrants and judges are told."""
    command = review.RecordDefence(
        contest_id=contest_id,
        round_id=round_id,
        hours=tuple(map(hours_of, data.hours)),
        rooms=data.rooms,
        availability=limits_of(data),
        seed=data.seed,
        reason=data.reason,
        version=data.version,
    )
    return Kept(version=await caller.ask(command, int))


@act(ROUND + "/defence/changes")
async def change_defence(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Change]
) -> Kept:
    """Take entries out of the day, swap pairs, move others; whom it concerns is told."""
    command = review.ChangeDefence(
        contest_id=contest_id,
        round_id=round_id,
        version=data.version,
        reason=data.reason,
        withdrawn=data.withdrawn,
        swaps=data.swaps,
        moves=tuple(
            review.DefenceMove(code=move.code, starts_at=move.starts_at, room=move.room)
            for move in data.moves
        ),
    )
    return Kept(version=await caller.ask(command, int))


@get(ROUND + "/defence")
async def show_defence(
    caller: Calling, contest_id: Name, round_id: Name, version: Version = None
) -> review.DefenceDay:
    """Show the day, or an earlier version; judges and authors see what concerns them."""
    query = review.ShowDefence(contest_id=contest_id, round_id=round_id, version=version)
    return await caller.ask(query, review.DefenceDay)


@get(ROUND + "/programme")
async def show_programme(visitor: Calling, contest_id: Name, round_id: Name) -> review.Programme:
    """Show the programme of the day to everybody; a blind round has codes for titles."""
    query = review.ShowProgramme(contest_id=contest_id, round_id=round_id)
    return await visitor.ask(query, review.Programme)


@get(ROUND + "/defence.ics", media_type=CALENDAR)
async def export_defence(caller: Calling, contest_id: Name, round_id: Name) -> Response[bytes]:
    """Return the whole day as an iCalendar file."""
    return await saved(caller, review.ExportDefence(contest_id=contest_id, round_id=round_id))


@get(ROUND + "/defence/mine.ics", media_type=CALENDAR)
async def export_own_defence(caller: Calling, contest_id: Name, round_id: Name) -> Response[bytes]:
    """Return the caller's own slots, as a judge or an author, as an iCalendar file."""
    query = review.ExportDefence(contest_id=contest_id, round_id=round_id, own=True)
    return await saved(caller, query)


@get(ROUND + "/defence/entries/{code:str}/calendar.ics", media_type=CALENDAR)
async def export_defence_of_entry(
    caller: Calling, contest_id: Name, round_id: Name, code: Name
) -> Response[bytes]:
    """Return the slot of an entry as an iCalendar file."""
    query = review.ExportDefence(contest_id=contest_id, round_id=round_id, code=code)
    return await saved(caller, query)


@get(ROUND + "/defence/judges/{judge_id:str}/calendar.ics", media_type=CALENDAR)
async def export_defence_of_judge(
    caller: Calling, contest_id: Name, round_id: Name, judge_id: Name
) -> Response[bytes]:
    """Return the slots of a judge as an iCalendar file."""
    query = review.ExportDefence(contest_id=contest_id, round_id=round_id, judge_id=judge_id)
    return await saved(caller, query)


async def saved(caller: Caller, query: review.ExportDefence) -> Response[bytes]:
    """Return a calendar to be saved; it may say where somebody is, so nobody keeps it between."""
    headers = {
        "Content-Disposition": 'attachment; filename="bao-ve.ics"',
        "Cache-Control": "no-store",
    }
    return Response(await caller.ask(query, bytes), media_type=CALENDAR, headers=headers)


def hours_of(said: Hours) -> review.DefenceHours:
    """Say hours in the words of the contract."""
    return review.DefenceHours(starts_at=said.starts_at, ends_at=said.ends_at)


def limits_of(said: Drawing) -> tuple[review.DefenceAvailability, ...]:
    """Say who can be there when in the words of the contract."""
    return tuple(
        review.DefenceAvailability(of=one.of, hours=tuple(map(hours_of, one.hours)))
        for one in said.availability
    )


ROUTES = (
    plan_defence,
    record_defence,
    change_defence,
    show_defence,
    show_programme,
    export_defence,
    export_own_defence,
    export_defence_of_entry,
    export_defence_of_judge,
)
