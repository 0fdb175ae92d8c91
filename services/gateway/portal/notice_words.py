"""The page on which an office words its notices: tries them with sample facts, then keeps them."""

import asyncio

from litestar import Response, get, post
from litestar.params import FromQuery

from contracts import notify
from kernel.errors import NotFound, Refused
from services.gateway import problems, words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.desk import rules_of
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import page

PATH = "/toi/thong-bao/mau/{contest_id:str}"
KINDS = words.Names(
    {
        "receipt": "Biên nhận hồ sơ",
        "came_late": "Hồ sơ nộp muộn",
        "supplement_asked": "Yêu cầu bổ sung hồ sơ",
        "accepted": "Hồ sơ hợp lệ",
        "refused": "Từ chối hồ sơ",
        "withdrawn": "Xác nhận rút hồ sơ",
        "disqualified": "Loại khỏi cuộc thi",
        "originality_ruled": "Kết luận về tính mới",
        "appointed": "Mời tham gia Ban Giám khảo",
        "assigned": "Phân công chấm",
        "second_look": "Đề nghị xem lại hồ sơ",
        "key_stood_in": "Đã dùng khóa dự phòng",
        "extended": "Gia hạn nộp phiếu chấm",
        "copies_wait": "Bản che tên chờ kiểm tra",
        "round_opened": "Mở vòng chấm",
        "round_closed": "Kết thúc vòng chấm",
        "finalist": "Được vào vòng sau",
        "defence_set": "Lịch bảo vệ (tác giả)",
        "defence_heard": "Lịch nghe bảo vệ (giám khảo)",
        "won": "Chúc mừng đoạt giải",
        "results_out": "Công bố kết quả",
        "paper_ready": "Đã có bằng khen, giấy khen",
        "results_changed": "Điều chỉnh kết quả",
        "prize_revoked": "Thu hồi giải",
        "petition_filed": "Kiến nghị, khiếu nại mới",
        "petition_moved": "Xử lý kiến nghị, khiếu nại",
        "petition_due": "Nhắc hạn giải quyết kiến nghị, khiếu nại",
        "rejudging_asked": "Mời chấm phúc khảo",
        "milestone_due": "Nhắc mốc nhân rộng",
        "draft_unfinished": "Nhắc hồ sơ chưa nộp",
        "sheets_due": "Nhắc nộp phiếu chấm",
        "unit_silent": "Nhắc đơn vị chưa tham gia",
        "digest": "Tổng hợp thông báo của đơn vị",
    }
)


class NoSuchNotice(NotFound):
    """There is no such kind of notice."""


@get(PATH)
async def show_wording(
    caller: Calling,
    contest_id: Name,
    loai: FromQuery[str] = "receipt",
    ngon_ngu: FromQuery[str] = "vi",
) -> Response[str]:
    """Show the words of a kind of notice and what they make of sample facts."""
    return await words_page(caller, contest_id, loai, language_of(ngon_ngu))


@post(PATH, status_code=200)
async def save_wording(posted: Sent, contest_id: Name) -> Response[str]:
    """Try words with sample facts, or keep them; words with a mistake stay in the form."""
    code, language = posted["code"], language_of(posted["language"])
    text, short = plain(posted["text"]), plain(posted["short"])
    form_id = posted["form_id"].strip()
    mistake, kept = "", ""
    restores = posted["step"] == "restore"
    if restores or posted["step"] == "keep":
        command = notify.ChangeNoticeWords(
            code=code,
            language=language,
            contest_id=contest_id,
            text="" if restores else text,
            short="" if restores else short,
            form_id="" if restores else form_id,
        )
        try:
            kept = await posted.caller.ask(command, str)
            text, short = ("", "") if restores else (text, short)
        except Refused as refusal:
            mistake = problems.read(refusal, "/toi").detail
    return await words_page(
        posted.caller, contest_id, code, language, text=text, short=short,
        form_id=None if restores else form_id, mistake=mistake, kept=kept,
    )  # fmt: skip


async def previewed(
    caller: Caller, query: notify.PreviewNotice
) -> tuple[notify.NoticePreview | None, str]:
    """Return the sample that words make, or why they make none."""
    try:
        return await caller.ask(query, notify.NoticePreview), ""
    except Refused as refusal:
        return None, problems.read(refusal, "/toi").detail


async def words_page(  # noqa: PLR0913  # what a form may hold
    caller: Caller,
    contest_id: str,
    code: str,
    language: notify.Language,
    *,
    text: str = "",
    short: str = "",
    form_id: str | None = None,
    mistake: str = "",
    kept: str = "",
) -> Response[str]:
    """Show the form with these words, or with those that stand, and the sample they make."""
    if code not in KINDS:
        raise NoSuchNotice
    asked = notify.ShowNoticeWords(code=code, language=language, contest_id=contest_id)
    query = notify.PreviewNotice(
        code=code, language=language, contest_id=contest_id, text=text, short=short
    )
    rules, words, (sample, why) = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(asked, notify.NoticeWords),
        previewed(caller, query),
    )
    mistake = mistake or why
    return page(
        caller,
        "notice_words.html",
        422 if mistake else 200,
        rules=rules,
        words=words,
        kinds=KINDS,
        text=text or words.text,
        short=short or words.short,
        form_id=words.form_id if form_id is None else form_id,
        sample=sample,
        mistake=mistake,
        kept=kept,
        can_keep="organiser" in caller.account.roles_in(contest_id),
    )


def language_of(asked: str) -> notify.Language:
    """Return a language there is."""
    return "en" if asked == "en" else "vi"


def plain(typed: str) -> str:
    """Return what was typed into a field with the line ends templates have."""
    return typed.replace("\r\n", "\n")


ROUTES = (show_wording, save_wording)
