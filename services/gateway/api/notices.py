"""Who was told what and when, one's own notices and wishes, and the words of notices."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from litestar import Response, get, post, put
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from contracts import notify
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Caller, Calling
from services.gateway.noticed import as_csv, as_xlsx
from services.gateway.paging import Paging

Lines = tuple[notify.NoticeLine, ...]
Page = Response[Lines]
HeldAsked = Annotated[bool | None, QueryParameter(name="held")]
LanguageAsked = Annotated[notify.Language, QueryParameter(name="language")]
CSV = "text/csv"  # in UTF-8, as the framework says of every text
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Words(Struct, frozen=True, kw_only=True):
    """Words for a kind of notice; empty ones give those of the layer below back."""

    text: str = ""
    short: str = ""
    form_id: str = ""
    language: notify.Language = "vi"
    contest_id: str = ""


class WordsVersion(Struct, frozen=True, kw_only=True):
    """Which words stand now; the log names them."""

    version: str


class Opened(Struct, frozen=True, kw_only=True):
    """Notices somebody has opened."""

    event_ids: tuple[str, ...]


class Link(Struct, frozen=True, kw_only=True):
    """What the link in a letter carries."""

    token: str


class Stopped(Struct, frozen=True, kw_only=True):
    """The kind of notice that is not sent any more."""

    code: str


def name(line: notify.NoticeLine) -> str:
    """Return what tells a line of a list from the others."""
    return line.delivery_id


@get("/entries/{entry_id:str}/notices")
async def list_entry_notices(caller: Calling, entry_id: Name, paging: Paging) -> Page:
    """Say who was told what about an entry, when, and by which way."""
    return paging.of(await caller.ask(notify.ShowNotices(entry_id=entry_id), Lines), name)


@get("/people/{person_id:str}/notices")
async def list_person_notices(caller: Calling, person_id: Name, paging: Paging) -> Page:
    """Say what somebody was told, when, and by which way."""
    return paging.of(await caller.ask(notify.ShowNotices(person_id=person_id), Lines), name)


@get("/contests/{contest_id:str}/notices")
async def list_contest_notices(
    caller: Calling, contest_id: Name, paging: Paging, held: HeldAsked = None
) -> Page:
    """Say who was told what in a contest; `held`: only what waits for somebody's look."""
    asked = notify.ShowNotices(contest_id=contest_id, held=bool(held))
    return paging.of(await caller.ask(asked, Lines), name)


@get("/contests/{contest_id:str}/notices.csv", media_type=CSV)
async def export_notices_csv(caller: Calling, contest_id: Name) -> Stream:
    """Return who was told what in a contest as a table (CSV, UTF-8 with a byte order mark)."""
    return await csv_of(caller, contest_id, {})


@get("/contests/{contest_id:str}/notices.xlsx", media_type=XLSX)
async def export_notices_xlsx(caller: Calling, contest_id: Name) -> Response[bytes]:
    """Return who was told what in a contest as a table (XLSX)."""
    return await xlsx_of(caller, contest_id, {})


async def csv_of(caller: Caller, contest_id: str, headers: Mapping[str, str]) -> Stream:
    """Answer with the whole log of a contest as CSV, page by page."""
    pages = every_page(caller, contest_id)
    first = await anext(pages)  # what is refused is refused before anything is sent

    async def table() -> AsyncIterator[bytes]:
        yield as_csv(first)
        async for lines in pages:
            yield as_csv(lines, heads=False)

    return Stream(table(), media_type=CSV, headers=dict(headers))


async def xlsx_of(caller: Caller, contest_id: str, headers: Mapping[str, str]) -> Response[bytes]:
    """Answer with the whole log of a contest as XLSX."""
    lines = [line async for lines in every_page(caller, contest_id) for line in lines]
    content = await asyncio.to_thread(as_xlsx, lines)
    return Response(content, media_type=XLSX, headers=dict(headers))


async def every_page(caller: Caller, contest_id: str) -> AsyncIterator[Lines]:
    """Ask for the log of a contest page by page, oldest first; at least one, be it empty."""
    after = ""
    while True:
        query = notify.ShowNotices(contest_id=contest_id, after=after)
        lines = await caller.ask(query, Lines)
        if lines or not after:
            yield lines
        if not lines:
            return
        after = lines[-1].delivery_id


@get("/me/notices")
async def list_my_notices(caller: Calling) -> notify.Inbox:
    """List what the caller was told, newest first, and how much of it is unread."""
    return await caller.ask(notify.ListMyNotices(), notify.Inbox)


@do("/me/notices/read")
async def read_my_notices(caller: Calling, data: JSONBody[Opened]) -> None:
    """Remember that the caller has opened these notices."""
    await caller.tell(notify.ReadNotices(event_ids=data.event_ids))


@get("/me/notices/wishes")
async def show_my_wishes(caller: Calling) -> notify.NoticeWishes:
    """Show how the caller wishes to be told."""
    return await caller.ask(notify.ShowMyWishes(), notify.NoticeWishes)


@put("/me/notices/wishes", status_code=204)
async def set_my_wishes(caller: Calling, data: JSONBody[notify.SetMyWishes]) -> None:
    """Say how the caller wishes to be told from now on."""
    await caller.tell(data)


@act("/notices/unsubscribe")
async def unsubscribe_notice(visitor: Calling, data: JSONBody[Link]) -> Stopped:
    """Do without a kind of notice, by the link of a letter."""
    return Stopped(code=await visitor.ask(notify.Unsubscribe(token=data.token), str))


@get("/notices/{code:str}/words")
async def show_notice_words(
    caller: Calling,
    code: Name,
    language: LanguageAsked = "vi",
    contest_id: FromQuery[str] = "",
) -> notify.NoticeWords:
    """Show the words of a kind of notice as they stand."""
    query = notify.ShowNoticeWords(code=code, language=language, contest_id=contest_id)
    return await caller.ask(query, notify.NoticeWords)


@put("/notices/{code:str}/words")
async def change_notice_words(caller: Calling, code: Name, data: JSONBody[Words]) -> WordsVersion:
    """Write a kind of notice in other words from now on; words with a mistake are refused."""
    command = notify.ChangeNoticeWords(
        code=code,
        language=data.language,
        text=data.text,
        short=data.short,
        form_id=data.form_id,
        contest_id=data.contest_id,
    )
    return WordsVersion(version=await caller.ask(command, str))


@post("/notices/{code:str}/preview", status_code=200)
async def preview_notice(
    caller: Calling, code: Name, data: JSONBody[Words]
) -> notify.NoticePreview:
    """Write a kind of notice with sample facts, in these words or as they stand."""
    query = notify.PreviewNotice(
        code=code,
        language=data.language,
        contest_id=data.contest_id,
        text=data.text,
        short=data.short,
    )
    return await caller.ask(query, notify.NoticePreview)


ROUTES = (
    list_entry_notices,
    list_person_notices,
    list_contest_notices,
    export_notices_csv,
    export_notices_xlsx,
    list_my_notices,
    read_my_notices,
    show_my_wishes,
    set_my_wishes,
    unsubscribe_notice,
    show_notice_words,
    change_notice_words,
    preview_notice,
)
