"""The formal check of a dossier."""

from litestar import get, put
from litestar.params import JSONBody
from msgspec import Struct

from contracts import intake
from services.gateway.api.routes import Name
from services.gateway.caller import Calling


class Finding(Struct, frozen=True, kw_only=True):
    """Whether a line of the checklist is right; what is not needs a note."""

    ok: bool
    note: str = ""


@get("/entries/{entry_id:str}/checklist")
async def show_checklist(caller: Calling, entry_id: Name) -> intake.Checklist:
    """Show what of a dossier is right, what is not and what has to be looked at."""
    return await caller.ask(intake.ShowChecklist(entry_id=entry_id), intake.Checklist)


@put("/entries/{entry_id:str}/checklist/{item:str}", status_code=204)
async def answer_checklist(
    caller: Calling, entry_id: Name, item: Name, data: JSONBody[Finding]
) -> None:
    """Say whether a line of the checklist is right."""
    command = intake.AnswerChecklist(entry_id=entry_id, item=item, ok=data.ok, note=data.note)
    await caller.tell(command)


ROUTES = (show_checklist, answer_checklist)
