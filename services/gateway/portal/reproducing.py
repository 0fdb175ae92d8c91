"""The page of an originality report made again for an appeal: the same, or what is otherwise."""

from decimal import Decimal

from litestar import Response, get
from litestar.params import FromQuery

from contracts import originality
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.originality import FLAGS, LEVELS, PATH, SOURCES
from services.gateway.portal.pages import page

OUTCOMES = words.Names(
    {
        "SAME": "Kết quả lập lại giống hệt báo cáo đã lập",
        "DIFFERENT": "Kết quả lập lại khác báo cáo đã lập",
        "IMPOSSIBLE": "Không lập lại được báo cáo này",
    }
)
OBSTACLES = words.Names(
    {
        "NOT_KEPT": "Báo cáo được lập khi hệ thống chưa lưu căn cứ để lập lại.",
        "TEXT_GONE": "Hồ sơ không còn văn bản để đối chiếu "
        "(đã rút hoặc đang chờ nhận dạng bản quét).",
        "TEXT_CHANGED": "Văn bản của hồ sơ đã được nộp lại, khác với văn bản của báo cáo.",
    }
)
NAMES = words.Names(
    {
        "PROGRAM": "Tham số của chương trình đã thay đổi",
        "RULES": "Thể lệ đã được sửa đổi; lập lại theo thể lệ tại thời điểm lập báo cáo",
        "SOURCES": "Số hồ sơ và sáng kiến đã biết còn lại để đối chiếu",
        "SOURCE_GONE": "Nguồn đã bị xóa hoặc đã rút",
        "SOURCE_CHANGED": "Nguồn đã có văn bản khác",
        "LEVEL": "Mức của báo cáo",
        "SHARE": "Tỷ lệ trùng sau loại trừ",
        "SHARE_WITHOUT": "Tỷ lệ trùng khi không loại trừ gì",
        "EXCLUDED_SHARE": "Phần loại trừ",
        "WORDS": "Số chữ của văn bản",
        "EXCLUDED": "Các chỗ loại trừ",
        "FLAGS": "Dấu hiệu",
        "MATCH_LOST": "Nguồn có trong báo cáo, lập lại không thấy",
        "MATCH_FOUND": "Nguồn lập lại thấy, không có trong báo cáo",
        "MATCH_OTHERWISE": "Nguồn có các đoạn trùng khác đi",
        "IDEA_LOST": "Ý tưởng tương tự có trong báo cáo, lập lại không thấy",
        "IDEA_FOUND": "Ý tưởng tương tự lập lại thấy, không có trong báo cáo",
        "IDEA_OTHERWISE": "Ý tưởng tương tự có thứ hạng hoặc mức gần nghĩa khác đi",
    }
)
SHARES = frozenset(
    {"SHARE", "SHARE_WITHOUT", "EXCLUDED_SHARE", "MATCH_LOST", "MATCH_FOUND", "MATCH_OTHERWISE"}
)


@get(f"{PATH}/lap-lai")
async def show_reproduction(
    caller: Calling, entry_id: Name, bao_cao: FromQuery[str] = ""
) -> Response[str]:
    """Make the report on an entry again, or an older one that is named, and show what it gives."""
    query = originality.ReproduceReport(named=bao_cao or entry_id)
    return shown(caller, await caller.ask(query, originality.Reproduction))


def shown(caller: Caller | None, made: originality.Reproduction) -> Response[str]:
    """Return the page of what became of making a report again."""
    return page(
        caller,
        "reproduction.html",
        made=made,
        path=f"/toi/ho-so/{made.entry_id}/trung-lap",
        outcomes=OUTCOMES,
        obstacles=OBSTACLES,
        names=NAMES,
        kinds_of_source=SOURCES,
        told=told,
    )


def told(what: originality.Change | originality.Part, figure: str) -> str:
    """Return a figure of a difference as people read it; a dash where there is none."""
    match what:
        case _ if not figure:
            said = "–"
        case _ if what in SHARES:
            said = words.percent(Decimal(figure))
        case "LEVEL":
            said = LEVELS.get(figure, figure)
        case "FLAGS":
            said = "; ".join(FLAGS.get(flag, flag) for flag in figure.split())
        case "SOURCES":
            entries, known = figure.split()
            said = words.say(
                "{entries} hồ sơ, {known} sáng kiến đã biết", {"entries": entries, "known": known}
            )
        case _:
            said = figure
    return said


ROUTES = (show_reproduction,)
