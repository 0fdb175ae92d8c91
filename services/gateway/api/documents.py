"""Documents of entries: uploaded in parts, read, and given to others."""

from dataclasses import replace

from litestar import Request, Response, get, post
from litestar.params import JSONBody
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import asdict

from contracts import intake
from services.gateway import domain
from services.gateway.api.routes import Name, act, do, elsewhere
from services.gateway.caller import Calling
from services.gateway.paging import Paging


class Attachment(Struct, frozen=True, kw_only=True):
    """A document to upload. `code` is the dossier's paper code, `size` in bytes.

    Its digest is `sha256` of the whole, or `parts` of each 8 MiB, in hex.
    """

    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str = ""
    parts: tuple[str, ...] = ()


class Recipient(Struct, frozen=True, kw_only=True):
    """Whom a document is given to, and for how many days."""

    recipient: str
    days: int


class WhichShares(Struct, frozen=True, kw_only=True):
    """Which links to end: one, all of one recipient, or all if neither is named."""

    share_id: str | None = None
    recipient: str | None = None


class Revoked(Struct, frozen=True, kw_only=True):
    """How many links have ended by it."""

    revoked: int


# A plain request: the file's name is passed on as it came, composed or not.
@post("/entries/{entry_id:str}/documents", request_class=Request)
async def attach_document(
    caller: Calling, entry_id: Name, data: JSONBody[Attachment]
) -> intake.Upload:
    """Ask for addresses to PUT a document's bytes to."""
    command = intake.AttachDocument(entry_id=entry_id, **asdict(data))
    return await caller.ask(command, intake.Upload)


@get("/entries/{entry_id:str}/documents/{document_id:str}/upload")
async def show_upload(caller: Calling, entry_id: Name, document_id: Name) -> intake.UploadView:
    """Show which parts of an upload are there, with addresses to go on by."""
    query = intake.ShowUpload(entry_id=entry_id, document_id=document_id)
    return await caller.ask(query, intake.UploadView)


@do("/entries/{entry_id:str}/documents/{document_id:str}/confirm")
async def confirm_document(caller: Calling, entry_id: Name, document_id: Name) -> None:
    """Say that the upload is complete."""
    await caller.tell(intake.ConfirmDocument(entry_id=entry_id, document_id=document_id))


@get("/entries/{entry_id:str}/documents/{document_id:str}", status_code=302)
async def fetch_document(caller: Calling, entry_id: Name, document_id: Name) -> Redirect:
    """Go to the document's bytes."""
    query = intake.LinkDocument(entry_id=entry_id, document_id=document_id)
    return elsewhere(await caller.ask(query, str))


@post("/entries/{entry_id:str}/documents/{document_id:str}/shares")
async def share_document(
    caller: Calling, entry_id: Name, document_id: Name, data: JSONBody[Recipient]
) -> intake.Shared:
    """Give a document to somebody outside, by a link that needs no sign-in."""
    command = intake.ShareDocument(entry_id=entry_id, document_id=document_id, **asdict(data))
    return await caller.ask(command, intake.Shared)


@get("/entries/{entry_id:str}/shares")
async def list_shares(
    caller: Calling, entry_id: Name, paging: Paging
) -> Response[tuple[intake.ShareView, ...]]:
    """List the links to an entry's documents."""
    query = intake.ListShares(entry_id=entry_id)
    lines = await caller.ask(query, tuple[intake.ShareView, ...])
    return paging.of(lines, lambda line: line.share_id)


@act("/entries/{entry_id:str}/shares/revoke")
async def revoke_shares(caller: Calling, entry_id: Name, data: JSONBody[WhichShares]) -> Revoked:
    """End links to an entry's documents."""
    command = intake.RevokeShares(entry_id=entry_id, **asdict(data))
    return Revoked(revoked=await caller.ask(command, int))


@get("/files/{token:str}", status_code=302)
async def follow_share(visitor: Calling, token: Name) -> Redirect:
    """Go to a document somebody was given; the token says whose it is, and opens it."""
    tenant = token.partition(".")[0]
    domain.check_tenant(tenant)
    query = intake.FollowShare(token=token)
    return elsewhere(await replace(visitor, tenant=tenant).ask(query, str))


ROUTES = (
    attach_document,
    show_upload,
    confirm_document,
    fetch_document,
    share_document,
    list_shares,
    revoke_shares,
    follow_share,
)
