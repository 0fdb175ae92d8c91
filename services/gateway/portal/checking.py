"""The page on which a clerk checks a dossier, line by line, before it is accepted."""

import asyncio
from dataclasses import replace

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import intake
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import go, page

PATH = "/toi/ho-so/{entry_id:str}/kiem-tra"


@get(PATH)
async def show_checklist(caller: Calling, entry_id: Name) -> Response[str]:
    """Show the checklist of a dossier."""
    entry, checklist = await asyncio.gather(
        caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView),
        caller.ask(intake.ShowChecklist(entry_id=entry_id), intake.Checklist),
    )
    decides = "secretary" in caller.account.roles_in(entry.contest_id)
    return page(caller, "checklist.html", entry=entry, checklist=checklist, decides=decides)


@post(PATH, status_code=303)
async def answer_checklist(posted: Sent, entry_id: Name) -> Redirect:
    """Keep what was found on each line that was answered."""
    for name, value in posted.fields.items():
        prefix, _, item = name.partition(".")
        if prefix == "ok" and value in ("yes", "no"):
            command = intake.AnswerChecklist(
                entry_id=entry_id, item=item, ok=value == "yes", note=posted[f"note.{item}"]
            )
            # One form is many commands: each line has a key of its own.
            await replace(posted.caller, key=f"{posted.caller.key}.{item}").tell(command)
    back = "" if posted["tro_lai"] == "ho-so" else "/kiem-tra"
    return go(f"/toi/ho-so/{entry_id}{back}")


ROUTES = (show_checklist, answer_checklist)
