"""A contest's page for everybody: its rules in words, as the rules file has them.

What the file marks as a proposal without a source (`defaults`) is marked as one here too.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from litestar import Response, get

from contracts import awards, intake
from contracts.rules import Rules
from kernel import clock
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import NoSuchRound
from services.gateway.portal.shared import page_for_all
from services.gateway.portal.ticking import left, scripted

KINDS = words.Names({"INDIVIDUAL": "Cá nhân", "COLLECTIVE": "Tập thể, nhóm tác giả"})
ENTRANTS = words.Names(
    {
        "STAFF": "cán bộ của cơ quan, đơn vị",
        "CITIZEN": "người dân",
        "ENTERPRISE": "doanh nghiệp",
    }
)
SCOPES = words.Names(
    {
        "unit_applied": "đã áp dụng trong đơn vị",
        "province_applied": "đã áp dụng trong tỉnh",
        "other_provinces_public": "đã công bố ở tỉnh, thành phố khác",
    }
)
FORBIDDEN = words.Names(
    {
        "published": "đã đăng trên báo, tạp chí, sách",
        "mass_media": "đã giới thiệu trên phương tiện thông tin đại chúng",
        "other_contest": "đã gửi dự thi ở cuộc thi khác",
    }
)
COMMENDATIONS = words.Names({"BANG_KHEN": "Bằng khen", "GIAY_KHEN": "Giấy khen"})
LINKS = words.Names(
    {
        "total": "tổng điểm",
        "highest": "điểm cao nhất của một giám khảo",
        "firsts": "số giám khảo cho điểm cao nhất",
    }
)
NAMED = {
    "kinds": KINDS,
    "entrants": ENTRANTS,
    "scopes": SCOPES,
    "forbidden": FORBIDDEN,
    "commendations": COMMENDATIONS,
}
CRITERION = "marks of the criterion “{name}”"
COUNCIL = "Hội đồng biểu quyết"


@get("/cuoc-thi/{contest_id:str}")
async def show_contest_page(visitor: Calling, contest_id: Name) -> Response[str]:
    """Show everybody who may enter a contest, with what, until when, and how it is judged."""
    opened, published = await asyncio.gather(
        visitor.ask(intake.ShowContest(contest_id=contest_id), intake.OpenedContest),
        unless_refused(
            visitor.ask(awards.ListPublished(), tuple[awards.PublishedContest, ...]), ()
        ),
    )
    rules = opened.rules
    if rules is None:
        raise NoSuchRound
    now = clock.now()
    is_begun, is_over = rules.intake.opens <= now, rules.intake.closes <= now
    second = now.replace(microsecond=0)  # so exactly a countdown is begun
    counting = left(rules.intake.closes, second) if is_begun and not is_over else None
    is_published = any(one.contest_id == contest_id for one in published)

    def values() -> dict[str, Any]:
        """Return what the template is given."""
        return {
            "rules": rules,
            "opened": opened,
            "now": now,
            "counting": counting,
            "is_published": is_published,
            "proposed": proposals(rules),
            "chain": [link(rules, one) for one in rules.tie_break],
            "authorities": {one.code: one for one in rules.authorities},
            "classes": {one.code: one.name for one in rules.entrants.classes},
            **NAMED,
        }

    shows = opened, is_published, is_begun, is_over, counting
    shown = page_for_all(visitor, "contest.html", shows, values)
    return scripted(shown) if counting else shown


def proposals(rules: Rules) -> Callable[[str], bool]:
    """Return what tells whether a part of the rules, by its path, is a proposal without source."""

    def proposed(path: str) -> bool:
        return any(one == path or path.startswith(f"{one}.") for one in rules.defaults)

    return proposed


def link(rules: Rules, code: str) -> str:
    """Say a link of the tie-break chain in words: `SO_KHAO.TINH_MOI`, `council_vote`."""
    round_id, _, what = code.partition(".")
    round_ = next((one for one in rules.rounds if one.id == round_id), None)
    if round_ is None:
        return words.translated(COUNCIL)
    named = {one.code: words.say(CRITERION, {"name": one.name}) for one in round_.rubric}
    return f"{round_.name}: {LINKS.get(what) or named.get(what, what)}"


ROUTES = (show_contest_page,)
