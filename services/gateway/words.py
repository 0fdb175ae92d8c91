"""What people read: the catalogue of Vietnamese sentences, and how values are written.

Dates, times and numbers are written as Vietnamese offices write them, which no locale library
does for documents.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from kernel.errors import Refused

LOCALE = Path(__file__).parent / "locale"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
ROLES = {
    "entrant": "người dự thi",
    "clerk": "cán bộ tiếp nhận",
    "secretary": "thư ký",
    "judge": "giám khảo",
    "chair": "trưởng ban giám khảo",
    "organiser": "ban tổ chức",
    "authority": "người có thẩm quyền",
    "coordinator": "đầu mối đơn vị",
    "client": "hệ thống kết nối",
    "operator": "quản trị hệ thống",
    "head": "thủ trưởng đơn vị",
}
FIELDS = {
    "kind": "loại hình dự thi",
    "group": "nhóm đối tượng",
    "title": "tên bài dự thi",
    "summary": "tóm tắt",
    "area": "lĩnh vực",
    "authors": "họ tên tác giả",
    "shares": "tỷ lệ đóng góp (tổng phải là 100%)",
    "unit_id": "đơn vị",
    "enterprise": "doanh nghiệp",
    "enterprise.name": "tên doanh nghiệp",
    "enterprise.tax_code": "mã số thuế",
    "enterprise.representative": "người đại diện doanh nghiệp",
    "improves": "chỉ số cải thiện",
}
STATES = {
    "DRAFT": "Bản nháp",
    "SUBMITTED": "Đã nộp, chờ kiểm tra",
    "LATE": "Nộp muộn, chờ Ban Tổ chức xem xét",
    "RETURNED": "Chờ bổ sung",
    "ACCEPTED": "Đã tiếp nhận",
    "REFUSED": "Bị từ chối",
    "WITHDRAWN": "Đã rút",
    "DISQUALIFIED": "Bị loại",
    "WAITING": "Chưa mở",
    "OPEN": "Đang chấm",
    "OPENED": "Đã mở niêm phong",
    "CLOSED": "Đã khóa",
    "GIVEN": "Đã chấm",
    "SECOND_LOOK": "Cần chấm lại",
    "NONE": "Chưa có",
    "TIED": "Có bài bằng điểm, chờ biểu quyết",
    "PROPOSED": "Đã đề xuất",
    "APPROVED": "Đã phê duyệt",
    "PUBLISHED": "Đã công bố",
}

LIST_STATES = {
    "MINUTED": "Đã họp xét giải",
    "SUBMITTED": "Đã trình, chờ phê duyệt",
    "RETURNED": "Bị trả lại",
}


class BadTime(Refused):
    """Write times as 08:00-11:30, one stretch on a line, and the day with day, month and year."""


class BadMark(Refused):
    """Write every mark as a number, e.g. 7,5."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence of a language by its English, from all files of its folder."""
    paths = sorted((LOCALE / language).glob("*.po"))
    return dict(pair for path in paths for pair in messages_of(path))


def messages_of(path: Path) -> list[tuple[str, str]]:
    """Return the sentences of a catalogue that are translated, each with its translation."""
    with path.open("rb") as file:
        found = read_po(file, abort_invalid=True)
    return [(str(each.id), str(each.string)) for each in found if each.id and each.string]


def say(template: str, params: Mapping[str, object], language: str = "vi") -> str:
    """Return the sentence in the language, or as it came if nobody has translated it."""
    translated = catalogue(language).get(template, template)
    try:
        return translated.format(**{name: written(value) for name, value in params.items()})
    except (LookupError, ValueError):
        return template


def written(value: object) -> str:
    """Return a parameter of a sentence as people write it."""
    match value:
        case datetime():
            text = moment(value)
        case str() if INSTANT.fullmatch(value):
            text = moment(datetime.fromisoformat(value))
        case Decimal() | float():
            text = number(Decimal(str(value)))
        case list() | tuple():
            text = ", ".join(written(part) for part in value)
        case _:
            text = named(str(value))
    return text


def named(text: str) -> str:
    """Return fields of an entry, parted by commas, or roles in Vietnamese, if the text is such."""
    parts = text.split(", ")
    if set(parts) <= set(FIELDS):
        return ", ".join(FIELDS[part] for part in parts)
    return role(text)


def role(text: str) -> str:
    """Return roles in Vietnamese where the text is one, or some joined by `or`."""
    parts = dict.fromkeys(part.partition(":")[0] for part in text.split(" or "))
    return " hoặc ".join(ROLES[part] for part in parts) if set(parts) <= set(ROLES) else text


def moment(instant: datetime) -> str:
    """Return an instant in Vietnam: `08 giờ 05 phút, ngày 15/08/2022`."""
    local = instant.astimezone(VIETNAM)
    return local.strftime("%H giờ %M phút, ngày %d/%m/%Y")


def day(instant: datetime) -> str:
    """Return the day of an instant in Vietnam: `15/08/2022`."""
    return instant.astimezone(VIETNAM).strftime("%d/%m/%Y")


def clock(instant: datetime) -> str:
    """Return the time of an instant in Vietnam: `08:05`."""
    return instant.astimezone(VIETNAM).strftime("%H:%M")


def field_moment(instant: datetime) -> str:
    """Return an instant in Vietnam as a field for date and time has it: `2022-08-15T08:05`."""
    return instant.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def read_moment(text: str) -> datetime:
    """Read an instant in Vietnam as typed into such a field; raises `BadTime`."""
    try:
        return datetime.strptime(text[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=VIETNAM)
    except ValueError as error:
        raise BadTime from error


def beginning(instant: datetime) -> str:
    """Return an instant that something begins at; midnight is the day itself."""
    return f"ngày {day(instant)}" if is_midnight(instant) else moment(instant)


def ending(instant: datetime) -> str:
    """Return the end of a time limit, itself outside; midnight is the end of the day before."""
    if is_midnight(instant):
        return f"hết ngày {day(instant - timedelta(days=1))}"
    return f"trước {moment(instant)}"


def is_midnight(instant: datetime) -> bool:
    """Tell whether a day begins in Vietnam."""
    return instant.astimezone(VIETNAM).time() == time()


def number(value: Decimal | int) -> str:
    """Return a number with a comma for its decimals and points for its thousands: `1.234,5`."""
    return f"{Decimal(value):,f}".translate(str.maketrans(",.", ".,"))


def percent(share: Decimal) -> str:
    """Return a share, 0..1, in percent with one decimal: `12,3%`."""
    return f"{number((Decimal(share) * 100).quantize(Decimal('0.1')))}%"


def state(code: str) -> str:
    """Return a state in Vietnamese."""
    return STATES.get(code, code)


def list_state(code: str) -> str:
    """Return the state of a prize list in Vietnamese."""
    return LIST_STATES.get(code, state(code))


def points(text: str) -> Decimal:
    """Read a mark written with a comma or a point, `7,5`; raises `BadMark`, not repeating it."""
    cleaned = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", cleaned):
        raise BadMark
    return Decimal(cleaned)


def figure(text: str) -> Decimal:
    """Read a number written with a decimal comma or point: `1.234,5`; raises `ValueError`.

    Points are thousands only where they part three digits and a comma follows.
    """
    cleaned = text.strip()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", cleaned, re.ASCII):
        cleaned = cleaned.replace(".", "")
    cleaned = cleaned.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", cleaned, re.ASCII):
        raise ValueError(text)
    return Decimal(cleaned)
