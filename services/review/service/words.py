"""What is noted of juries and conflicts in the words of minutes (biên bản), and told judges."""

from collections.abc import Sequence
from datetime import date

from services.review.domain.conflicts import Bar, Ground
from services.review.domain.conflicts.naming import GROUNDS
from services.review.domain.jury import Seat, judges_of
from services.review.domain.minutes.facts import LetStand
from services.review.domain.missing import Why

CAUSES = {
    "FOUND": "phát hiện xung đột lợi ích",
    "DECLARED": "có khai báo xung đột lợi ích",
    "PINNED": "Trưởng Ban Giám khảo quyết định không để chấm",
    "LEFT": "thôi tham gia Ban Giám khảo",
    "DECLINED": "trả lại bài",
    "REPLACED": "không nộp phiếu chấm, có người chấm thay",
    "COUNTED_WITHOUT": "không nộp phiếu chấm, bài được tính theo các phiếu đã có",
}

BEING_CHECKED = "Bản che tên đang được kiểm tra"


def of_bar(bar: Bar) -> str:
    """Say a ground, with the units it rests on."""
    units = sorted(bar.ours | bar.theirs)
    return f"{GROUNDS[bar.ground]} ({', '.join(units)})" if units else GROUNDS[bar.ground]


def stood_down(code: str, judge_id: str, why: Why, sheets: int, substitute: str | None) -> str:
    """Say that a judge no longer marks an entry, why, and who does instead."""
    said = f"Giám khảo {judge_id} thôi chấm bài {code}: {CAUSES[why.ground]}."
    said += f" Lý do: {why.reason}." if why.reason else ""
    said += f" Biên bản số {why.minutes}." if why.minutes else ""
    if sheets:
        said += f" {sheets} phiếu chấm đã nộp được lưu, không tính vào kết quả."
    if substitute:
        said += f" Giám khảo {substitute} chấm thay."
    return said


def handed_on(code: str, judge_id: str, substitute: str | None) -> str:
    """Say that an entry not yet marked went to another judge, so that all have theirs."""
    said = f"Giám khảo {judge_id} không chấm bài {code}: phân công lại khi chưa có phiếu chấm."
    return f"{said} Giám khảo {substitute} chấm thay." if substitute else said


def stepped_in(code: str, judge_id: str, substitute: str) -> str:
    """Say that somebody takes a place that stood empty."""
    return f"Giám khảo {substitute} chấm bài {code} thay giám khảo {judge_id}."


def given_up(code: str, judge_id: str, why: Why) -> str:
    """Say that nobody is looked for any more in the place of a judge."""
    return (
        f"Bài {code} được tính theo các phiếu đã có, không tìm người chấm thay giám khảo"
        f" {judge_id}. Lý do: {why.reason}. Biên bản số {why.minutes}."
    )


def stands(what: LetStand) -> str:
    """Say that first sheets count, as second looks did not come."""
    return (
        f"Không chờ giám khảo {', '.join(what.judge_ids)} chấm lại bài {what.code}; phiếu đã nộp"
        f" được tính. Lý do: {what.reason}. Biên bản số {what.minutes}."
    )


def seated(seats: Sequence[Seat], panels: int, number: str | None) -> str:
    """Say that a jury was appointed."""
    judges = judges_of(seats)
    secretaries = {seat.person_id for seat in seats} - judges
    made_up = f"{len(judges)} giám khảo, {len(secretaries)} thư ký"
    made_up += f", chia thành {panels} tiểu ban" if panels else ""
    by = f" theo Quyết định số {number}" if number else ""
    return f"Thành lập Ban Giám khảo{by}: {made_up}."


def replaced(
    judge_id: str, substitute: str | None, decision: tuple[str | None, date | None], reason: str
) -> str:
    """Say that a judge has left the jury, by which decision and why."""
    number, day = decision
    dated = f" ngày {day.day:02} tháng {day.month:02} năm {day.year}" if day else ""
    said = f"Giám khảo {judge_id} thôi tham gia Ban Giám khảo theo Quyết định số {number}{dated}"
    said += f"; thay bằng {substitute}" if substitute else "; chưa có người thay"
    return f"{said}. Lý do: {reason}"


def released(judge_id: str, reason: str) -> str:
    """Say that a judge no longer marks in a round, and why."""
    return f"Giám khảo {judge_id} rút khỏi vòng chấm. Lý do: {reason}"


def kept_sheets(judge_id: str, codes: list[str]) -> str:
    """Say which sheets of a judge who left still count."""
    return f"Phiếu chấm đã nộp của giám khảo {judge_id} vẫn được tính: {', '.join(codes)}."


def declared(judge_id: str, code: str | None, reason: str) -> str:
    """Say that somebody declared a conflict."""
    about = f"bài {code}" if code else "một người dự thi"
    return f"Khai báo xung đột lợi ích giữa giám khảo {judge_id} và {about}. Lý do: {reason}"


def taken_back(judge_id: str, code: str | None, reason: str) -> str:
    """Say that a declaration was withdrawn."""
    about = f"bài {code}" if code else "một người dự thi"
    return f"Rút khai báo xung đột lợi ích giữa giám khảo {judge_id} và {about}. Lý do: {reason}"


def pinned(judge_id: str, code: str, ground: Ground | None, reason: str) -> str:
    """Say what the chair has stated."""
    chair = "Trưởng Ban Giám khảo"
    if ground is None:
        return f"{chair} không để giám khảo {judge_id} chấm bài {code}. Lý do: {reason}"
    return (
        f"{chair} kết luận việc giám khảo {judge_id} {GROUNDS[ground]} không cản trở chấm bài"
        f" {code}. Lý do: {reason}"
    )


def lifted(judge_id: str, code: str, reason: str) -> str:
    """Say that the chair has taken a statement back."""
    return (
        f"Trưởng Ban Giám khảo hủy kết luận về giám khảo {judge_id} và bài {code}. Lý do: {reason}"
    )


def defence(version: int, reason: str) -> str:
    """Say that a defence day was drawn up or changed."""
    return f"Ghi nhận lịch bảo vệ, lần {version}. Lý do: {reason}"


LEFT = {
    "REFUSED": "Hồ sơ bị từ chối.",
    "WITHDRAWN": "Hồ sơ được rút khỏi cuộc thi.",
    "DISQUALIFIED": "Hồ sơ bị loại.",
    "DUPLICATE": "Hồ sơ trùng lặp, không tiếp tục dự thi.",
}
