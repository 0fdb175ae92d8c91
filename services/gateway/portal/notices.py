"""Pages of notices: one's own box and wishes, what waits for a look, the log, the words."""

import asyncio
import base64
from binascii import Error
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Stream

from contracts import notify
from kernel.errors import NotFound, Refused
from services.gateway import domain, problems
from services.gateway.api.notices import Lines, csv_of, xlsx_of
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.noticed import CHANNELS, STATES
from services.gateway.portal.answering import go_or_say
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.notice_words import KINDS
from services.gateway.portal.pages import go, page

BOX = "/toi/thong-bao"
OUTBOX = "/toi/thong-bao/cho-gui/{contest_id:str}"
LOG = "/toi/thong-bao/nhat-ky/{contest_id:str}"
STOP = "/thoi-nhan-thu/{token:str}"


WAYS: Mapping[str, Literal["EMAIL", "ZNS", "SMS", "INBOX"]] = {
    "EMAIL": "EMAIL",
    "ZNS": "ZNS",
    "SMS": "SMS",
    "INBOX": "INBOX",
}


class NoSuchLink(NotFound):
    """This link is not one of ours, or was cut off; open it from the letter again."""


@get(BOX)
async def show_box(caller: Calling) -> Response[str]:
    """Show what the caller was told, the newest first."""
    box = await caller.ask(notify.ListMyNotices(), notify.Inbox)
    return page(caller, "notices.html", box=box)


@post(BOX, status_code=303)
async def open_notices(posted: Sent) -> Redirect:
    """Remember that notices were opened."""
    opened = posted.lists.get("event", ())
    await posted.caller.tell(notify.ReadNotices(event_ids=opened))
    return go(BOX)


@get(BOX + "/tuy-chon")
async def show_wishes(caller: Calling) -> Response[str]:
    """Show how the caller wishes to be told."""
    return await wishes_page(caller)


async def wishes_page(caller: Caller, mistake: str = "", status: int = 200) -> Response[str]:
    """Show the form of wishes, with what is wrong."""
    wishes = await caller.ask(notify.ShowMyWishes(), notify.NoticeWishes)
    return page(
        caller,
        "notice_wishes.html",
        status,
        wishes=wishes,
        kinds=KINDS,
        channels=CHANNELS,
        mistake=mistake,
    )


@post(BOX + "/tuy-chon", status_code=303)
async def save_wishes(posted: Sent) -> Response[str] | Redirect:
    """Keep how the caller wishes to be told."""
    asked = await posted.caller.ask(notify.ShowMyWishes(), notify.NoticeWishes)
    wanted = posted.lists.get("wanted", ())
    command = notify.SetMyWishes(
        language="en" if posted["language"] == "en" else "vi",
        first=WAYS.get(posted["first"]),
        off=tuple(code for code in asked.optional if code not in wanted),
    )
    return await go_or_say(
        posted.caller.tell(command),
        BOX,
        lambda refused: wishes_page(posted.caller, *refused),
    )


@get(OUTBOX)
async def show_outbox(caller: Calling, contest_id: Name) -> Response[str]:
    """Show what waits for somebody's look, as its readers would get it."""
    return await outbox_page(caller, contest_id)


async def outbox_page(
    caller: Caller, contest_id: str, mistake: str = "", status: int = 200
) -> Response[str]:
    """Show what is held in a contest, with what is wrong."""
    query = notify.ShowNotices(contest_id=contest_id, held=True)
    rules, held = await asyncio.gather(rules_of(caller, contest_id), caller.ask(query, Lines))
    return page(
        caller, "notice_outbox.html", status, rules=rules, held=held, channels=CHANNELS,
        mistake=mistake,
    )  # fmt: skip


@post(OUTBOX, status_code=303)
async def decide_held(posted: Sent, contest_id: Name) -> Response[str] | Redirect:
    """Send a held notice, or drop it with a reason."""
    delivery_id, caller = posted["delivery"], posted.caller
    step: notify.ReleaseDelivery | notify.DropDelivery
    if posted["step"] == "drop":
        step = notify.DropDelivery(delivery_id=delivery_id, reason=posted["reason"])
    else:
        step = notify.ReleaseDelivery(delivery_id=delivery_id)
    return await go_or_say(
        caller.tell(step),
        f"/toi/thong-bao/cho-gui/{contest_id}",
        lambda refused: outbox_page(caller, contest_id, *refused),
    )


@get(LOG)
async def show_notice_log(
    caller: Calling,
    contest_id: Name,
    ho_so: FromQuery[str] = "",
    nguoi: FromQuery[str] = "",
) -> Response[str]:
    """Show who was told what in a contest, of an entry or a person where one is named."""
    query = notify.ShowNotices(
        contest_id=contest_id, entry_id=ho_so or None, person_id=nguoi or None
    )
    rules, lines = await asyncio.gather(rules_of(caller, contest_id), caller.ask(query, Lines))
    return page(
        caller,
        "notice_log.html",
        rules=rules,
        lines=lines,
        channels=CHANNELS,
        states=STATES,
        entry_id=ho_so,
        person_id=nguoi,
    )


@get(LOG + "/tep/{form:str}")
async def fetch_notice_log(
    caller: Calling, contest_id: Name, form: Name
) -> Response[bytes] | Stream:
    """Return the log of a contest as a file, `csv` or `xlsx`."""
    if form == "xlsx":
        return await xlsx_of(caller, contest_id, attached(form))
    return await csv_of(caller, contest_id, attached("csv"))


def attached(form: str) -> dict[str, str]:
    """Return headers by which a browser keeps a file."""
    return {"Content-Disposition": f'attachment; filename="thong-bao.{form}"'}


@get("/toi/ho-so/{entry_id:str}/thong-bao")
async def show_entry_log(caller: Calling, entry_id: Name) -> Response[str]:
    """Show what those behind an entry were told of it; to who runs the contest, everybody."""
    lines = await caller.ask(notify.ShowNotices(entry_id=entry_id), Lines)
    return page(
        caller,
        "notice_log.html",
        rules=None,
        lines=lines,
        channels=CHANNELS,
        states=STATES,
        entry_id=entry_id,
        person_id="",
    )


@get(STOP)
async def show_stop(visitor: Calling, token: Name) -> Response[str]:
    """Ask whether somebody wants no more letters of a kind; nothing is changed by looking."""
    _, kind = named_in(token)
    return page(visitor, "notice_stop.html", kind=KINDS.get(kind, kind), done=False, mistake="")


@post(STOP, status_code=200)
async def stop_notice(posted: Sent, token: Name) -> Response[str]:
    """Send no more letters of a kind: by the page's button, or by a mail program (RFC 8058)."""
    tenant, kind = named_in(token)
    caller = replace(posted.caller, tenant=tenant)
    mistake, status = "", 200
    try:
        await caller.ask(notify.Unsubscribe(token=token), str)
    except Refused as refusal:
        found = problems.read(refusal, "/")
        mistake, status = found.detail, found.status
    named = KINDS.get(kind, kind)
    return page(
        posted.caller, "notice_stop.html", status, kind=named, done=not mistake, mistake=mistake
    )


def named_in(token: str) -> tuple[str, str]:
    """Read tenant and kind off a link; whether it is good, notify says. Raises `NoSuchLink`."""
    try:
        whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        tenant, _, kind = whole[:-16].decode().split("\n")
        domain.check_tenant(tenant)
    except (Error, ValueError, Refused) as error:
        raise NoSuchLink from error
    return tenant, kind


ROUTES = (
    show_box,
    open_notices,
    show_wishes,
    save_wishes,
    show_outbox,
    decide_held,
    show_notice_log,
    fetch_notice_log,
    show_entry_log,
    show_stop,
    stop_notice,
)
