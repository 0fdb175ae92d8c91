"""Minutes of rounds: drafted from the record, checked, issued, downloaded."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import JSONBody, QueryParameter
from litestar.response import Redirect
from msgspec import Struct, structs

from contracts import review
from contracts.review.minutes import Absence, Opinion
from services.gateway.api.awards import paper_name
from services.gateway.api.review import ROUND
from services.gateway.api.routes import Instant, Name, act, elsewhere
from services.gateway.caller import Calling
from services.gateway.paging import Paging

MINUTES = "/contests/{contest_id:str}/minutes/{minutes_id:str}"
VersionAsked = Annotated[int | None, QueryParameter(name="version")]


class Met(Struct, frozen=True, kw_only=True):
    """What the record cannot know of a meeting; what is left out is read off the jury's seats.

    `minutes_id` names minutes to be drawn up anew; `reason` says why issued ones are replaced.
    """

    kind: review.MinutesKind
    place: str
    began_at: Instant
    ended_at: Instant
    presided_by: str | None = None
    kept_by: str | None = None
    present: tuple[str, ...] = ()
    absent: tuple[Absence, ...] = ()
    guests: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    conclusion: str = ""
    names: dict[str, str] = {}
    minutes_id: str | None = None
    reason: str = ""

    @property
    def meeting(self) -> review.Meeting:
        """Return what is told of the meeting itself."""
        told = structs.asdict(self)
        return review.Meeting(**{name: told[name] for name in review.Meeting.__struct_fields__})


@post(ROUND + "/minutes")
async def draft_minutes(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Met]
) -> review.MinutesView:
    """Draw minutes of a round up from the record, as a draft."""
    command = review.DraftMinutes(
        contest_id=contest_id,
        round_id=round_id,
        kind=data.kind,
        meeting=data.meeting,
        minutes_id=data.minutes_id,
        reason=data.reason,
    )
    return await caller.ask(command, review.MinutesView)


@get(ROUND + "/minutes")
async def list_round_minutes(
    caller: Calling, contest_id: Name, round_id: Name, paging: Paging
) -> Response[tuple[review.MinutesView, ...]]:
    """List the minutes of a round that the caller may read, every version."""
    query = review.ListMinutes(contest_id=contest_id, round_id=round_id)
    lines = await caller.ask(query, tuple[review.MinutesView, ...])
    return paging.of(lines, lambda line: f"{line.minutes_id} {line.version}")


@get("/contests/{contest_id:str}/minutes")
async def list_minutes(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[review.MinutesView, ...]]:
    """List the minutes of a contest that the caller may read, every version."""
    query = review.ListMinutes(contest_id=contest_id)
    lines = await caller.ask(query, tuple[review.MinutesView, ...])
    return paging.of(lines, lambda line: f"{line.minutes_id} {line.version}")


@act(MINUTES + "/check")
async def check_minutes(caller: Calling, contest_id: Name, minutes_id: Name) -> review.MinutesView:
    """State, as who kept the minutes, that the draft is right."""
    command = review.CheckMinutes(contest_id=contest_id, minutes_id=minutes_id)
    return await caller.ask(command, review.MinutesView)


@act(MINUTES + "/issue")
async def issue_minutes(caller: Calling, contest_id: Name, minutes_id: Name) -> review.MinutesView:
    """Issue checked minutes, as who presided, with their number and day."""
    command = review.IssueMinutes(contest_id=contest_id, minutes_id=minutes_id)
    return await caller.ask(command, review.MinutesView)


@get("/contests/{contest_id:str}/minutes/{name:str}", status_code=302)
async def fetch_minutes(
    caller: Calling, contest_id: Name, name: Name, version: VersionAsked = None
) -> Redirect:
    """Go to a version of minutes, the newest unless named: their id with `.pdf` or `.docx`."""
    minutes_id, form = paper_name(name)
    query = review.LinkMinutes(
        contest_id=contest_id, minutes_id=minutes_id, format=form, version=version
    )
    return elsewhere(await caller.ask(query, str))


ROUTES = (
    draft_minutes,
    list_round_minutes,
    list_minutes,
    check_minutes,
    issue_minutes,
    fetch_minutes,
)
