"""More time for single entrants, and what came late."""

from litestar import Response, get, post
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import intake
from services.gateway.api.routes import Instant, Name
from services.gateway.caller import Calling
from services.gateway.paging import Paging


class MoreTime(Struct, frozen=True, kw_only=True):
    """Until when, why, and for whom: an entry or a person."""

    until: Instant
    reason: str
    entry_id: str | None = None
    person_id: str | None = None


class Extended(Struct, frozen=True, kw_only=True):
    """The extension that was made."""

    extension_id: str


@post("/contests/{contest_id:str}/extensions")
async def extend_deadline(caller: Calling, contest_id: Name, data: JSONBody[MoreTime]) -> Extended:
    """Give one entry or one person more time; a late entry that is in time by it is admitted."""
    command = intake.ExtendDeadline(contest_id=contest_id, **asdict(data))
    return Extended(extension_id=await caller.ask(command, str))


@get("/contests/{contest_id:str}/extensions")
async def list_extensions(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[intake.ExtensionView, ...]]:
    """List who was given more time, newest first."""
    query = intake.ListExtensions(contest_id=contest_id)
    lines = await caller.ask(query, tuple[intake.ExtensionView, ...])
    return paging.of(lines, lambda line: line.extension_id)


ROUTES = (extend_deadline, list_extensions)
