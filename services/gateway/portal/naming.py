"""What people and grounds are called on pages for those who run a contest."""

import asyncio
from collections.abc import Mapping
from typing import cast

from contracts import intake, review
from kernel.errors import Refused
from services.gateway import words
from services.gateway.caller import Caller
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.holding import names_of

GROUNDS = words.Names(
    {
        "AUTHOR": "Là tác giả",
        "UNKNOWN_AUTHOR": "Tác giả chưa được đăng ký",
        "UNKNOWN_UNIT": "Chưa rõ đơn vị của giám khảo",
        "PINNED": "Trưởng Ban Giám khảo quyết định không để chấm",
        "DECLARED": "Đã khai báo xung đột lợi ích",
        "CO_AUTHOR": "Cùng viết sáng kiến khác với tác giả",
        "OWN_UNIT": "Cùng đơn vị",
        "RELATED_UNIT": "Đơn vị cấp trên hoặc cấp dưới",
        "FORMER_UNIT": "Từng công tác tại đơn vị",
        "OUTSIDE_AREA": "Ngoài lĩnh vực chuyên môn",
    }
)
RELATIONS = words.Names(
    {
        "SPOUSE": "Vợ, chồng",
        "HOUSEHOLD": "Cùng hộ gia đình",
        "RELATIVE": "Họ hàng",
        "ADVISER": "Hướng dẫn, tư vấn",
        "BUSINESS": "Quan hệ kinh tế",
        "DISPUTE": "Tranh chấp",
        "OTHER": "Khác",
    }
)
KINDS = words.Names({"FOUND": "Phát hiện", "DECLARED": "Khai báo", "PINNED": "Quyết định"})
SEATS = words.Names(
    {
        "CHAIR": "Trưởng ban",
        "DEPUTY": "Phó trưởng ban",
        "MEMBER": "Giám khảo",
        "SECRETARY": "Thư ký",
    }
)


class NoSuchSeat(Refused):
    """Choose one of the seats that are offered."""


def seat_role(code: str) -> review.SeatRole:
    """Read a seat's role off a form. Raises `NoSuchSeat`."""
    if code not in SEATS:
        raise NoSuchSeat
    return cast("review.SeatRole", code)


async def judges_of(caller: Caller, contest_id: str) -> dict[str, str]:
    """Return the full names of a contest's judges by their ids; an id where there is no name."""
    query = intake.ListJudges(contest_id=contest_id)
    found = await unless_refused(caller.ask(query, tuple[intake.JudgeName, ...]), ())
    return {one.person_id: one.full_name or one.person_id for one in found}


async def staff_names(caller: Caller, contest_id: str) -> dict[str, str]:
    """Return what everybody with an account is called: judges by name and login, others by login.

    Only for those who run the contest: a login is nobody else's business.
    """
    return known_as(*await asyncio.gather(names_of(caller), judges_of(caller, contest_id)))


def known_as(names: dict[str, str], judges: Mapping[str, str]) -> dict[str, str]:
    """Return what people are called: judges by name and login, others by login."""
    told = {
        one: f"{name} ({names[one]})" if one in names else name for one, name in judges.items()
    }
    return names | told


def in_names(words: str, names: Mapping[str, str]) -> str:
    """Return a line for the minutes with people's names in the place of their ids."""
    for person_id, name in names.items():
        words = words.replace(person_id, name)
    return words
