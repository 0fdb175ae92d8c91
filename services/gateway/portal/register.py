"""The register of known initiatives: searched, shown one by one, and imported from a file."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.params import FromQuery

from contracts import originality
from kernel.errors import NotFound, Refused
from services.gateway import words
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent
from services.gateway.portal.originality import FLAGS
from services.gateway.portal.pages import KEEPING, page

PATH = "/toi/sang-kien-da-biet"
MOST = 50  # initiatives on a page
FARTHEST = 1_000_000  # pages; no list is as long
KEEPERS = frozenset({"secretary", "organiser", "operator"})
SCOPES: words.Names[originality.Scope] = words.Names(
    {
        "UNIT": "Đơn vị",
        "PROVINCE": "Trong tỉnh",
        "OTHER_PROVINCE": "Tỉnh khác",
        "PUBLICATION": "Đã công bố",
        "OTHER_CONTEST": "Cuộc thi khác",
    }
)
ON_TWINS: words.Names[originality.OnTwins] = words.Names(
    {
        "REFUSE": "Dừng lại để xem, chưa ghi gì",
        "MERGE": "Gộp vào sáng kiến có trước",
        "KEEP": "Giữ cả hai",
    }
)
READINGS = words.Names({**FLAGS.names, "WAITING": "Bản quét đang chờ nhận dạng chữ"})
WORDS: dict[str, Any] = {"scopes": SCOPES, "on_twins": ON_TWINS, "readings": READINGS}


class NoFileChosen(Refused):
    """Choose the file to import."""


class NoSuchPage(NotFound):
    """There is no such page; the list is shorter."""


@get(PATH)
async def show_register(
    caller: Calling,
    tu: FromQuery[str] = "",
    danh_muc: FromQuery[str] = "",
    pham_vi: FromQuery[str] = "",
    trang: FromQuery[int] = 1,
) -> Response[str]:
    """Show the initiatives that fit what is looked for, a page of them."""
    sought = {"tu": tu.strip(), "danh_muc": danh_muc.strip(), "pham_vi": pham_vi}
    number = max(trang, 1)
    if number > FARTHEST:
        raise NoSuchPage
    query = originality.ListInitiatives(
        register=sought["danh_muc"] or None,
        words=sought["tu"],
        known_from=next((scope for scope in SCOPES if scope == pham_vi), None),
        first=(number - 1) * MOST,
        most=MOST + 1,
    )
    lines = await caller.ask(query, tuple[originality.InitiativeLine, ...])
    if number > 1 and not lines:
        raise NoSuchPage
    return shown(
        caller,
        lines=lines[:MOST],
        sought=sought,
        before=f"{PATH}?{urlencode(sought | {'trang': number - 1})}" if number > 1 else "",
        after=f"{PATH}?{urlencode(sought | {'trang': number + 1})}" if lines[MOST:] else "",
    )


@get(f"{PATH}/xem")
async def show_initiative(
    caller: Calling, danh_muc: FromQuery[str], ma: FromQuery[str]
) -> Response[str]:
    """Show one initiative with the text that others are compared with."""
    query = originality.ShowInitiative(register=danh_muc, code=ma)
    found = await caller.ask(query, originality.Initiative)
    return page(caller, "initiative.html", path=PATH, found=found, line=found.line, **WORDS)


# A plain request: the file is passed on as it came.
@post(PATH, status_code=200, request_class=Request)
async def import_register(request: Request[None, None, State], posted: Sent) -> Response[str]:
    """Import a file, or try it; show mistakes by row, and what is told twice."""
    sent = (await request.form()).get("file")
    content = await sent.read() if isinstance(sent, UploadFile) else b""
    if not content:
        raise NoFileChosen
    chosen: tuple[originality.OnTwins, ...] = tuple(ON_TWINS)
    on_twins = next((one for one in chosen if one == posted["twins"]), chosen[0])
    command = originality.ImportRegister(
        register=posted["register"],
        content=content,
        dry_run=posted["dry_run"] == "1",
        on_twins=on_twins,
    )
    read = await posted.caller.ask(command, originality.RegisterRead)
    query = originality.ListInitiatives(register=command.register, most=MOST)
    lines = await posted.caller.ask(query, tuple[originality.InitiativeLine, ...])
    sought = {"tu": "", "danh_muc": command.register, "pham_vi": ""}
    asked = {"asked": command, "read": read, "name": getattr(sent, "filename", "")}
    return shown(posted.caller, lines=lines, sought=sought, before="", after="", **asked)


def shown(caller: Caller, **values: Any) -> Response[str]:  # noqa: ANN401  # a template's
    """Return the page, with what came of an import if there was one."""
    outcome = {"asked": None, "read": None, "name": ""}
    imports = not KEEPERS.isdisjoint(caller.account.roles)
    values = outcome | values | WORDS
    shown = page(caller, "register.html", path=PATH, imports=imports, **values)
    # The list follows what is typed, where JavaScript runs.
    shown.headers["Content-Security-Policy"] = KEEPING
    return shown


ROUTES = (show_register, show_initiative, import_register)
