"""The pages on which a secretary checks the copies that judges of a blind round will read."""

import asyncio
from collections import Counter
from itertools import groupby

from litestar import Response, get, post
from litestar.response import Redirect

from contracts import intake
from kernel.errors import Refused
from services.gateway import words
from services.gateway.api.routes import Name, Number, elsewhere
from services.gateway.caller import Calling
from services.gateway.portal.desk import NoSuchStep, paper_names, rules_of
from services.gateway.portal.forms import Posted, Sent
from services.gateway.portal.pages import go, page

ENTRY = "/toi/ho-so/{entry_id:str}/che-ten"

KINDS = words.Names(
    {
        "PERSON": "Họ tên",
        "UNIT": "Tên đơn vị",
        "ENTERPRISE": "Tên doanh nghiệp",
        "POSITION": "Chức vụ",
        "EMAIL": "Thư điện tử",
        "PHONE": "Số điện thoại",
        "NUMBER": "Số định danh, mã số thuế",
        "ADDRESS": "Địa chỉ",
        "LABELLED": "Mục khai về người dự thi",
        "ADDED": "Từ do người kiểm tra thêm",
    }
)
PROBLEMS = words.Names(
    {
        "UNSUPPORTED": "Không tạo được bản che tên cho loại tệp này.",
        "LOCKED": "Tệp có mật khẩu.",
        "DAMAGED": "Không đọc được tệp.",
        "TOO_BIG": "Tệp quá lớn hoặc quá dài.",
        "TOO_SLOW": "Xử lý tệp quá lâu.",
    }
)
LEFT_OUT = words.Names(
    {
        "HEADERS": "đầu trang, chân trang",
        "COMMENTS": "ghi chú",
        "CHANGES": "dấu vết chỉnh sửa",
        "PROPERTIES": "thuộc tính tệp",
        "CUSTOM_DATA": "dữ liệu kèm theo",
        "EMBEDDED": "tệp nhúng",
        "LINKS": "liên kết",
        "SIGNATURES": "chữ ký số",
        "OUTLINE": "mục lục điện tử",
        "PICTURES": "hình không sao chép được",
    }
)
STATES = words.Names(
    {
        "WAITING": "Chờ kiểm tra",
        "APPROVED": "Đã duyệt",
        "WITHHELD": "Không cung cấp",
    }
)


class BadBoxes(Refused):
    """Write a part to black out as five numbers: page, left, top, right, bottom, in percent."""


@get("/toi/che-ten/{contest_id:str}")
async def show_contest_copies(caller: Calling, contest_id: Name) -> Response[str]:
    """List the entries of a contest with how far the check of their copies is."""
    query = intake.ListCopies(contest_id=contest_id)
    rules, lines = await asyncio.gather(
        rules_of(caller, contest_id), caller.ask(query, tuple[intake.CopiesLine, ...])
    )
    return page(caller, "copies.html", rules=rules, lines=lines)


@post("/toi/che-ten/{contest_id:str}", status_code=303)
async def order_copies(posted: Sent, contest_id: Name) -> Redirect:
    """Have copies made for entries that have none."""
    await posted.caller.ask(intake.MakeCopies(contest_id=contest_id), int)
    return go(f"/toi/che-ten/{contest_id}")


@get(ENTRY)
async def show_entry_copies(caller: Calling, entry_id: Name) -> Response[str]:
    """Show the copies of an entry: what was taken out, page by page, and what to do with each."""
    entry, copies = await asyncio.gather(
        caller.ask(intake.ShowEntry(entry_id=entry_id), intake.EntryView),
        caller.ask(intake.ShowCopies(entry_id=entry_id), tuple[intake.CopyView, ...]),
    )
    rules = await rules_of(caller, entry.contest_id)
    return page(
        caller,
        "copy.html",
        entry=entry,
        copies=[(copy, by_page(copy), distinct(copy)) for copy in copies],
        names=paper_names(rules),
        kinds=KINDS,
        problems=PROBLEMS,
        left_out=LEFT_OUT,
        states=STATES,
        boxes={copy.place: boxes_said(copy) for copy in copies},
    )


@get(ENTRY + "/{place:int}/{number:int}", status_code=302)
async def preview_copy(caller: Calling, entry_id: Name, place: Number, number: Number) -> Redirect:
    """Go to a copy, as judges would read it."""
    query = intake.LinkCopy(entry_id=entry_id, place=place, number=number)
    return elsewhere(await caller.ask(query, str))


@post(ENTRY + "/{place:int}/{step:str}", status_code=303)
async def decide_copy(posted: Sent, entry_id: Name, place: Number, step: Name) -> Redirect:
    """Approve a copy, withhold the paper, or have the copy made anew."""
    number = int(words.figure(posted["number"]))
    command: intake.ApproveCopy | intake.WithholdCopy | intake.RemakeCopy
    match step:
        case "duyet":
            command = intake.ApproveCopy(
                entry_id=entry_id, place=place, number=number, looked=posted["looked"] == "yes"
            )
        case "khong-cung-cap":
            command = intake.WithholdCopy(
                entry_id=entry_id, place=place, number=number, reason=posted["reason"]
            )
        case "lam-lai":
            command = remade(posted, entry_id, place, number)
        case _:
            raise NoSuchStep
    await posted.caller.ask(command, object)
    return go(f"/toi/ho-so/{entry_id}/che-ten#ban-{place}")


def remade(posted: Posted, entry_id: str, place: int, number: int) -> intake.RemakeCopy:
    """Read what whoever checks wants otherwise; words stand one in a line."""
    return intake.RemakeCopy(
        entry_id=entry_id,
        place=place,
        number=number,
        added=tuple(filter(None, map(str.strip, posted["added"].splitlines()))),
        kept=tuple(filter(None, posted.lists.get("kept", ()))),
        boxes=tuple(map(box, filter(str.strip, posted["boxes"].splitlines()))),
    )


def box(line: str) -> intake.BlackBox:
    """Read a part of a page: its number and four edges in percent. Raises `BadBoxes`."""
    try:
        number, *edges = (words.figure(part) for part in line.replace(";", " ").split())
        left, top, right, bottom = (edge / 100 for edge in edges)
    except (ValueError, Refused) as error:
        raise BadBoxes from error
    return intake.BlackBox(page=int(number), left=left, top=top, right=right, bottom=bottom)


def boxes_said(copy: intake.CopyView) -> str:
    """Write parts of pages as `box` reads them."""
    return "\n".join(
        f"{one.page} "
        + " ".join(
            f"{(edge * 100).normalize():f}" for edge in (one.left, one.top, one.right, one.bottom)
        )
        for one in copy.boxes
    )


def by_page(copy: intake.CopyView) -> list[tuple[int, list[tuple[str, str, int]]]]:
    """Return what was taken out of each page: the kind, the words, how often."""
    return [
        (number, [(kind, said, times) for (kind, said), times in counted.items()])
        for number, group in groupby(copy.removed, key=lambda one: one.page)
        if (counted := Counter((one.kind, one.words) for one in group))
    ]


def distinct(copy: intake.CopyView) -> list[str]:
    """Return the words that may be left in: what was taken out, and what already is left."""
    return list(dict.fromkeys((*copy.kept, *(one.words for one in copy.removed if one.words))))


ROUTES = (
    show_contest_copies,
    order_copies,
    show_entry_copies,
    preview_copy,
    decide_copy,
)
