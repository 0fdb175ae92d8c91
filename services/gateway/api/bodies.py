"""Who stands beside the entrants: heads of units confirm, officers may not enter."""

from litestar import post
from litestar.params import JSONBody
from msgspec import Struct

from contracts import intake
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling


class Word(Struct, frozen=True, kw_only=True):
    """What the head of the unit says; a no has a note."""

    confirmed: bool
    note: str = ""


class Members(Struct, frozen=True, kw_only=True):
    """Who belongs to a body whose members may not enter."""

    body: intake.Body
    person_ids: tuple[str, ...]


class PutOut(Struct, frozen=True, kw_only=True):
    """The entries that are out of the contest by it."""

    entry_ids: tuple[str, ...]


@do("/entries/{entry_id:str}/confirmation")
async def confirm_by_unit(caller: Calling, entry_id: Name, data: JSONBody[Word]) -> None:
    """Confirm, as head of its unit, the entry as it was handed in, or say why not."""
    command = intake.ConfirmByUnit(entry_id=entry_id, confirmed=data.confirmed, note=data.note)
    await caller.tell(command)


@post("/contests/{contest_id:str}/officers")
async def name_officers(caller: Calling, contest_id: Name, data: JSONBody[Members]) -> PutOut:
    """Say who belongs to a body; what they have handed in is put out of the contest."""
    command = intake.NameOfficers(
        contest_id=contest_id, body=data.body, person_ids=data.person_ids
    )
    return PutOut(entry_ids=await caller.ask(command, tuple[str, ...]))


ROUTES = (confirm_by_unit, name_officers)
