"""Official papers once issued: checked by anybody, signed by agents, worded by the office."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.params import JSONBody
from msgspec import Struct, convert, field, json, to_builtins

from contracts import awards
from kernel.errors import Refused
from services.gateway import agent, problems
from services.gateway.api.routes import Name, act
from services.gateway.caller import Calling

Asked = Request[None, None, State]


class NoFileSent(Refused):
    """Send the signed PDF as a field of a form."""


class SignFor(Struct, frozen=True, kw_only=True):
    """What a signature is for: `approve`, `issue` or `attach`."""

    role: awards.SignRole


class NewDocument(Struct, frozen=True, kw_only=True):
    """A paper to issue: its form, who issues it, and what fills the form's slots and list."""

    form: str
    body: str = "BTC"
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    winners: bool = False
    entry_id: str | None = None


class NewWords(Struct, frozen=True, kw_only=True):
    """Changes to be laid over a profile's words, key by key."""

    changes: dict[str, Any]


class Words(NewWords, frozen=True, kw_only=True):
    """A profile's words as a whole, and what was changed here."""

    profile: str
    whole: dict[str, Any]


class Changed(Struct, frozen=True, kw_only=True):
    """Which change of the profile this is, from 1."""

    number: int


@get("/papers/{paper_id:str}/state")
async def show_paper_state(visitor: Calling, paper_id: Name) -> awards.PaperState:
    """Say whether a paper is valid, revoked or unknown."""
    return await visitor.ask(awards.ShowPaperState(paper_id=paper_id), awards.PaperState)


@get("/papers/register")
async def show_paper_register(visitor: Calling) -> awards.PaperRegister:
    """List every issued paper with its state, to check papers offline (`sangkien verify`)."""
    return await visitor.ask(awards.ShowPaperRegister(), awards.PaperRegister)


@post("/contests/{contest_id:str}/documents")
async def issue_document(
    caller: Calling, contest_id: Name, data: JSONBody[NewDocument]
) -> awards.Paper:
    """Issue a paper of one of the forms of the contest's legal profile."""
    asked = convert(to_builtins(data) | {"contest_id": contest_id}, awards.IssueDocument)
    return await caller.ask(asked, awards.Paper)


@act("/contests/{contest_id:str}/documents/preview")
async def preview_document(
    caller: Calling, contest_id: Name, data: JSONBody[NewDocument]
) -> Response[bytes]:
    """Print what would be issued as PDF, without number, signature and code; nothing is kept."""
    asked = convert(to_builtins(data) | {"contest_id": contest_id}, awards.PreviewDocument)
    return Response(await caller.ask(asked, bytes), media_type="application/pdf")


@get("/contests/{contest_id:str}/forms")
async def list_forms(caller: Calling, contest_id: Name) -> awards.Forms:
    """List the papers that the caller may issue, and what each has to be told."""
    return await caller.ask(awards.ListForms(contest_id=contest_id), awards.Forms)


@get("/contests/{contest_id:str}/printing")
async def show_printing(caller: Calling, contest_id: Name) -> awards.Printing:
    """Say how far the printing and signing of a contest's papers is."""
    return await caller.ask(awards.ShowPrinting(contest_id=contest_id), awards.Printing)


@act("/papers/{paper_id:str}/signing")
async def ask_to_sign(
    request: Asked, caller: Calling, paper_id: Name, data: JSONBody[SignFor]
) -> agent.AgentCall:
    """Open a signing session: what a page has to call the signing agent with."""
    command = awards.AskToSign(paper_id=paper_id, role=data.role)
    task = await caller.ask(command, awards.SigningTask)
    url = f"{str(request.base_url).rstrip('/')}/v1/signing/{task.session_id}"
    return agent.call_for(task, data.role, url)


@act("/signing/{session_id:str}")
async def take_signed(request: Asked, visitor: Calling, session_id: Name) -> agent.AgentAnswer:
    """Take a signed file from the signing agent, which has no account: the session is enough.

    It is told of a refusal in its own way, with status 200.
    """
    form = await request.form()
    files = [each for each in form.values() if isinstance(each, UploadFile)]
    try:
        if not files:
            raise NoFileSent
        command = awards.TakeSigned(session_id=session_id, content=await files[0].read())
        await visitor.ask(command, awards.PaperSignature)
    except Refused as refused:
        said = problems.read(refused, request.url.path).detail
        return agent.AgentAnswer(status=agent.FAILURE, message=said)
    return agent.AgentAnswer(status=agent.SUCCESS, message="Đã tiếp nhận văn bản ký số.")


@get("/wordings/{profile:str}")
async def show_wording(caller: Calling, profile: Name) -> Words:
    """Show how papers of a legal profile are worded, and what was changed here."""
    said = await caller.ask(awards.ShowWording(profile=profile), awards.Wording)
    changes, whole = json.decode(said.changes), json.decode(said.whole)
    return Words(profile=profile, changes=changes, whole=whole)


@post("/wordings/{profile:str}")
async def change_wording(caller: Calling, profile: Name, data: JSONBody[NewWords]) -> Changed:
    """Change how papers are worded from now on; no issued paper changes."""
    changes = json.encode(data.changes).decode()
    command = awards.ChangeWording(profile=profile, changes=changes)
    return Changed(number=await caller.ask(command, int))


ROUTES = (
    show_paper_register,
    show_paper_state,
    issue_document,
    preview_document,
    list_forms,
    show_printing,
    ask_to_sign,
    take_signed,
    show_wording,
    change_wording,
)
