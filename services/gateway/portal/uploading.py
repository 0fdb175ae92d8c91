"""The page on which an entrant uploads the papers of a dossier, and what its script asks for.

The bytes go from the browser straight to the store; see `static/upload.js`.
"""

from typing import TypeVar
from urllib.parse import urlsplit

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.enums import MediaType
from litestar.types import ExceptionHandlersMap

from contracts import intake
from contracts.rules import Paper
from services.gateway import problems, words
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import POLICY, page

T = TypeVar("T", intake.Upload, intake.UploadView)

PATH = "/ho-so/{entry_id:str}/tai-lieu"
OFFICE = "application/vnd.openxmlformats-officedocument."
# Browsers know Word's files only where Word is installed; the ending of the name says it anywhere.
TYPES = {
    "docx": f"{OFFICE}wordprocessingml.document",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
}
STATES = words.Names(
    {
        "UPLOADING": "Đang tải lên",
        "STORED": "Đã nhận",
        "REFUSED": "Không nhận",
        "QUARANTINED": "Đã cách ly",
        "ABANDONED": "Bỏ dở",
    }
)
LONGEST = 16  # digits of a size
TO_A_SCRIPT: ExceptionHandlersMap = {Exception: problems.respond}


@get(PATH)
async def show_documents(caller: Calling, entry_id: Name) -> Response[str]:
    """Show the papers of a dossier, with what was uploaded of each and a form for more."""
    entry = await caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView)
    rules = await rules_of(caller, entry.contest_id)
    dossier = rules.dossier
    shown = page(
        caller,
        "documents.html",
        entry=entry,
        papers=[
            (paper, by_version(entry, paper), paper in dossier.required)
            for paper in (*dossier.required, *dossier.conditional, *dossier.optional)
        ],
        states=STATES,
        endings=accepted,
    )
    shown.headers["Content-Security-Policy"] = policy(caller.door.settings.store_url)
    return shown


# A plain request: the file's name is passed on as it came, composed or not.
@post(PATH, status_code=200, exception_handlers=TO_A_SCRIPT, request_class=Request)
async def announce(
    request: Request[None, None, State], posted: Sent, entry_id: Name
) -> Response[intake.Upload]:
    """Begin an upload, or find the one of the same file that is under way."""
    name = str((await request.form()).get("file_name", ""))
    size = posted["size"]
    command = intake.AttachDocument(
        entry_id=entry_id,
        code=posted["code"],
        file_name=name,
        media_type=media_type_of(name),
        size=int(size) if size.isdecimal() and len(size) < LONGEST else 0,
        parts=posted.lists.get("part", ()),
    )
    return to_script(await posted.caller.ask(command, intake.Upload))


@get(f"{PATH}/{{document_id:str}}", exception_handlers=TO_A_SCRIPT)
async def show_parts(
    caller: Calling, entry_id: Name, document_id: Name
) -> Response[intake.UploadView]:
    """Say which parts the store has, with fresh addresses for the others."""
    query = intake.ShowUpload(entry_id=entry_id, document_id=document_id)
    return to_script(await caller.ask(query, intake.UploadView))


@post(f"{PATH}/{{document_id:str}}", status_code=204, exception_handlers=TO_A_SCRIPT)
async def confirm(posted: Sent, entry_id: Name, document_id: Name) -> None:
    """Have the file looked into and kept, once all of it is there."""
    command = intake.ConfirmDocument(entry_id=entry_id, document_id=document_id)
    await posted.caller.tell(command)


def by_version(entry: intake.EntryView, paper: Paper) -> list[intake.DocumentView]:
    """Return what was uploaded of a paper, the newest first."""
    found = [one for one in entry.documents if one.code == paper.code]
    return sorted(found, key=lambda one: one.version, reverse=True)


def media_type_of(file_name: str) -> str:
    """Return the media type that the ending of a name stands for."""
    ending = file_name.rpartition(".")[2].lower()
    return TYPES.get(ending, "application/octet-stream")


def accepted(paper: Paper) -> str:
    """Return what a browser offers to choose for a paper: `.pdf,.docx`."""
    return ",".join(
        f".{ending}"
        for ending, kind in TYPES.items()
        if kind in {TYPES.get(t) for t in paper.types}
    )


def policy(store_url: str) -> str:
    """Return what a page with our script may do: ask us, and send to the store."""
    store = urlsplit(store_url)
    origins = f"'self' {store.scheme}://{store.netloc}" if store.netloc else "'self'"
    return f"{POLICY}; script-src 'self'; connect-src {origins}"


def to_script(answer: T) -> Response[T]:
    """Return an answer with addresses that are the asker's alone."""
    headers = {"Cache-Control": "no-store"}
    return Response(answer, media_type=MediaType.JSON, headers=headers)


ROUTES = (show_documents, announce, show_parts, confirm)
