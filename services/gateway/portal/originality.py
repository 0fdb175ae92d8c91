"""The page with the report on an entry's originality, its texts side by side, and the ruling."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from contracts import originality
from kernel.errors import NotFound
from services.gateway import words
from services.gateway.api.awards import NoSuchFormat
from services.gateway.api.originality import printed
from services.gateway.api.routes import Name
from services.gateway.caller import Calling
from services.gateway.portal import painting
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import POLICY, go, page

PATH = "/toi/ho-so/{entry_id:str}/trung-lap"
RULING = frozenset({"secretary", "chair"})
READING = RULING | {"organiser"}
KINDS = words.Names({"VERBATIM": "Nguyên văn", "EDITED": "Sửa chữ", "REWORDED": "Diễn đạt lại"})
SHORT = {"VERBATIM": "NV", "EDITED": "SC", "REWORDED": "DL"}
TIERS = words.Names({"STRONG": "Rõ ràng", "PROBABLE": "Có khả năng"})
LEVELS = words.Names(
    {
        "CLEAR": "Không có nguồn trùng đáng kể, không cần kết luận",
        "REVIEW": "Cần người có thẩm quyền xem xét, kết luận",
        "UNREADABLE": "Không đọc được để đối chiếu, cần người xem xét",
    }
)
RULINGS = words.Names({"ORIGINAL": "Không trùng lặp", "DUPLICATE": "Trùng lặp"})
SOURCES = words.Names({"ENTRY": "Hồ sơ dự thi", "KNOWN_INITIATIVE": "Sáng kiến đã biết"})
EXCLUDED = words.Names(
    {
        "QUOTATION": "Trích dẫn có nguồn",
        "FORM": "Biểu mẫu, thể lệ",
        "LAW": "Dẫn văn bản pháp luật",
        "BIBLIOGRAPHY": "Tài liệu tham khảo",
        "HEADING": "Đề mục",
        "MARGIN": "Đầu trang, chân trang",
        "HIDDEN": "Chữ ẩn",
    }
)
FLAGS = words.Names(
    {
        "INVISIBLE_CHARACTERS": "Có ký tự không nhìn thấy chèn trong chữ",
        "REPLACED_LETTERS": "Có chữ cái bị thay bằng chữ giống hình (Cyrillic, Hy Lạp)",
        "HIDDEN_TEXT": "Có chữ ẩn (chữ trắng, chữ quá nhỏ, ngoài trang)",
        "HIDDEN_UNSOUGHT": "Không kiểm tra được chữ ẩn trong tệp định dạng cũ (.doc, .xls)",
        "IMAGE_OF_TEXT": "Có trang chỉ là ảnh chụp chữ",
        "TEXT_LAYER_DIFFERS": "Lớp chữ khác với chữ nhìn thấy trên trang",
        "NOT_LOOKED_AT": "Chưa xem được các trang, ảnh trong tệp (nhận dạng chữ không chạy được)",
        "LEGACY_ENCODING": "Phông chữ cũ (TCVN3, VNI, VISCII) đã được chuyển mã",
        "NO_DIACRITICS": "Văn bản bị bỏ dấu",
        "MOSTLY_QUOTED": "Phần lớn là trích dẫn và biểu mẫu",
        "NO_TEXT": "Không có chữ để đối chiếu",
        "NOT_VIETNAMESE": "Phần lớn không phải tiếng Việt, hoặc lỗi phông chữ",
        "DAMAGED": "Tệp hỏng",
        "NEEDS_OCR": "Bản quét không nhận dạng được chữ",
        "LOCKED": "Tệp có mật khẩu",
        "UNSAFE": "Tệp có cấu trúc gây hại",
        "SCANNED": "Bản quét đã nhận dạng chữ",
        "UNSUPPORTED": "Loại tệp không đọc được",
        "TOO_BIG": "Tệp quá lớn",
        "TOO_SLOW": "Đọc tệp quá lâu",
        "MISSING": "Kho lưu trữ không còn tệp này",
    }
)
WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "short": SHORT,
    "tiers": TIERS,
    "levels": LEVELS,
    "rulings": RULINGS,
    "kinds_of_source": SOURCES,
    "reasons": EXCLUDED,
    "flag_names": FLAGS,
}


class NoSuchSource(NotFound):
    """The report names no such source."""


@get(PATH)
async def show_report(
    caller: Calling, entry_id: Name, cuoc_thi: FromQuery[str] = "", nguon: FromQuery[int] = 1
) -> Response[str]:
    """Show the report on an entry, beside one of its sources, the first unless one is chosen."""
    query = originality.ReadReport(entry_id=entry_id, contest_id=cuoc_thi)
    report = await caller.ask(query, originality.Report)
    if nguon != 1 and not 1 <= nguon <= len(report.matches):
        raise NoSuchSource
    chosen = nguon if report.matches else None
    asked = originality.ReadTexts(
        entry_id=entry_id,
        report_id=report.report_id,
        source=chosen - 1 if chosen else None,
        contest_id=report.contest_id,
    )
    texts = await caller.ask(asked, originality.ReportTexts)
    mine = caller.account.roles_in(report.contest_id)
    shown = page(
        caller,
        "originality.html",
        report=report,
        path=f"/toi/ho-so/{entry_id}/trung-lap",
        chosen=chosen,
        decides=not RULING.isdisjoint(mine),
        reads_all=not READING.isdisjoint(mine),
        **panes(report, texts, chosen),
        **WORDS,
    )
    shown.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"
    return shown


@get(f"{PATH}/{{name:str}}")
async def fetch_slip(
    caller: Calling, entry_id: Name, name: Name, cuoc_thi: FromQuery[str] = ""
) -> Response[bytes]:
    """Return the report for the file: `phieu.pdf` or `phieu.docx`."""
    match name:
        case "phieu.pdf":
            return await printed(caller, entry_id, "pdf", cuoc_thi)
        case "phieu.docx":
            return await printed(caller, entry_id, "docx", cuoc_thi)
        case _:
            raise NoSuchFormat


@post(PATH, status_code=303)
async def rule_on_report(posted: Sent, entry_id: Name) -> Redirect:
    """Take the ruling of whoever sent the form."""
    ruling: Any = posted["ruling"]
    command = originality.RuleOnReport(
        entry_id=entry_id, report_id=posted["report_id"], ruling=ruling, reason=posted["reason"]
    )
    await posted.caller.tell(command)
    return go(f"/toi/ho-so/{entry_id}/trung-lap#ket-luan")


def panes(
    report: originality.Report, texts: originality.ReportTexts, chosen: int | None
) -> dict[str, Any]:
    """Return the entry's text and the chosen source's, cut for showing.

    Where a whole text is not shown, or has changed since, its passages are.
    """
    every = [passage for match in report.matches for passage in match.passages]
    here = [(one.start, one.text) for one in every]
    whole = [(0, texts.text)] if texts.text is not None else painting.patchwork(here)
    excluded = report.excluded if texts.text is not None else ()
    there: list[painting.Piece] = []
    if chosen is not None:
        match = report.matches[chosen - 1]
        known = [(one.source_start, one.source_text) for one in match.passages]
        source = texts.source_text
        parts = [(0, source)] if source is not None else painting.patchwork(known)
        there = painting.paint(parts, painting.marks_there(chosen, match), ())
    return {
        "here": painting.paint(whole, painting.marks_here(report.matches), excluded),
        "there": there,
        "is_whole": texts.text is not None,
        "source_is_whole": texts.source_text is not None,
    }


ROUTES = (show_report, fetch_slip, rule_on_report)
