"""The page on which a paper is signed: by the agent beside a USB token, or outside and uploaded.

The agent's script is the state's own; `SIGN_SCRIPT` says where it is. Without it the page works
all the same: download, sign, upload.
"""

import asyncio
from urllib.parse import urlsplit

from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.response import Redirect
from msgspec import ValidationError, convert, json

from contracts import awards
from kernel.errors import NotFound
from services.gateway import agent, words
from services.gateway.api.papers import NoFileSent
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.answering import go_or_say
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import POLICY, page

PATH = "/toi/ky-so/{contest_id:str}/{paper_id:str}"
Asked = Request[None, None, State]
ROLES = words.Names(
    {
        "approve": "Ký phê duyệt (người có thẩm quyền)",
        "issue": "Ký phát hành (cơ quan, tổ chức)",
        "attach": "Ký văn bản kèm theo",
    }
)


class NoSuchPaper(NotFound):
    """The contest has no such paper, or it is not printed yet."""


class NoSuchSignature(NotFound):
    """There is no such kind of signature."""


@get(PATH)
async def show_signing(caller: Calling, contest_id: Name, paper_id: Name) -> Response[str]:
    """Show a paper that is to be signed, and who has signed it."""
    return await signing_page(caller, contest_id, paper_id)


@post(PATH, status_code=200)
async def begin_signing(
    request: Asked, posted: Sent, contest_id: Name, paper_id: Name
) -> Response[str]:
    """Open a signing session: its file to download, its form to upload, its call of the agent."""
    try:
        role = convert(posted["role"], awards.SignRole)
    except ValidationError as problem:
        raise NoSuchSignature from problem
    command = awards.AskToSign(paper_id=paper_id, role=role)
    task = await posted.caller.ask(command, awards.SigningTask)
    url = f"{str(request.base_url).rstrip('/')}/v1/signing/{task.session_id}"
    call = agent.call_for(task, role, url)
    return await signing_page(posted.caller, contest_id, paper_id, task, call)


@post(PATH + "/{session_id:str}", status_code=200)
async def take_upload(
    request: Asked, posted: Sent, contest_id: Name, paper_id: Name, session_id: Name
) -> Response[str] | Redirect:
    """Take a file that was signed outside."""
    return await go_or_say(
        take_file(request, posted, session_id),
        f"/toi/ky-so/{contest_id}/{paper_id}",
        lambda refused: signing_page(
            posted.caller, contest_id, paper_id, mistake=refused[0], status=refused[1]
        ),
    )


async def take_file(request: Asked, posted: Posted, session_id: str) -> None:
    """Hand a signed file on; raises `NoFileSent`."""
    file = (await request.form()).get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    if not content:
        raise NoFileSent
    command = awards.TakeSigned(session_id=session_id, content=content)
    await posted.caller.ask(command, awards.PaperSignature)


async def signing_page(  # noqa: PLR0913
    caller: Caller,
    contest_id: str,
    paper_id: str,
    task: awards.SigningTask | None = None,
    call: agent.AgentCall | None = None,
    *,
    mistake: str = "",
    status: int = 200,
) -> Response[str]:
    """Show the page, with a session if one is open. Raises `NoSuchPaper`."""
    printing, state = await asyncio.gather(
        caller.ask(awards.ShowPrinting(contest_id=contest_id), awards.Printing),
        caller.ask(awards.ShowPaperState(paper_id=paper_id), awards.PaperState),
    )
    line = next((one for one in printing.lines if one.paper_id == paper_id), None)
    if line is None or not line.is_printed:
        raise NoSuchPaper
    settings = caller.door.settings
    shown = page(
        caller,
        "signing.html",
        status,
        contest_id=contest_id,
        line=line,
        state=state,
        roles={role: ROLES[role] for role in roles_of(caller, line.authority)},
        role_names=ROLES,
        task=task,
        call=call,
        asked=json.encode(call.task).decode() if call else "",
        agent_script=settings.sign_script,
        mistake=mistake,
    )
    shown.headers["Content-Security-Policy"] = policy(settings.sign_script, settings.sign_connect)
    return shown


def roles_of(caller: Caller, authority: str) -> tuple[awards.SignRole, ...]:
    """Return which signatures the caller may ask for; the service decides for itself."""
    roles = caller.account.roles
    if f"authority:{authority}" in roles:
        return ("approve", "issue", "attach")
    return ("issue", "attach") if "secretary" in roles else ()


def policy(script: str, connect: str) -> str:
    """Allow our script, the agent's, and what that connects to."""
    address = urlsplit(script)
    origin = f" {address.scheme}://{address.netloc}" if address.netloc else ""
    return f"{POLICY}; script-src 'self'{origin}; connect-src 'self' {connect}".rstrip()


ROUTES = (show_signing, begin_signing, take_upload)
