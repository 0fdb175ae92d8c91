"""How a report says things in Vietnamese, on paper and at the command line.

The portal's page has the same words in `services.gateway.portal.originality`; a test compares.
"""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

VIETNAM = timezone(timedelta(hours=7))

KINDS = {"VERBATIM": "Nguyên văn", "EDITED": "Sửa chữ", "REWORDED": "Diễn đạt lại"}
TIERS = {"STRONG": "Rõ ràng", "PROBABLE": "Có khả năng"}
LEVELS = {
    "CLEAR": "Không có nguồn trùng đáng kể, không cần kết luận",
    "REVIEW": "Cần người có thẩm quyền xem xét, kết luận",
    "UNREADABLE": "Không đọc được để đối chiếu, cần người xem xét",
}
RULINGS = {"ORIGINAL": "Không trùng lặp", "DUPLICATE": "Trùng lặp"}
SOURCES = {"ENTRY": "Hồ sơ dự thi", "KNOWN_INITIATIVE": "Sáng kiến đã biết"}
EXCLUDED = {
    "QUOTATION": "Trích dẫn có nguồn",
    "FORM": "Biểu mẫu, thể lệ",
    "LAW": "Dẫn văn bản pháp luật",
    "BIBLIOGRAPHY": "Tài liệu tham khảo",
    "HEADING": "Đề mục",
    "MARGIN": "Đầu trang, chân trang",
    "HIDDEN": "Chữ ẩn",
}
FLAGS = {
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
NOTICE = (
    "Không tỷ lệ phần trăm nào quyết định tính mới của sáng kiến. Người có thẩm quyền đọc các"
    " đoạn trùng, kết luận và nêu lý do."
)


def percent(share: Decimal | None) -> str:
    """Write a share, 0..1, in percent with one decimal: `12,3%`; a dash where there is none."""
    if share is None:
        return "–"
    return f"{(share * 100).quantize(Decimal('0.1'))}%".replace(".", ",")


def number(value: int) -> str:
    """Write a whole number with points for its thousands: `1.234`."""
    return f"{value:,}".replace(",", ".")


def moment(instant: datetime | None) -> str:
    """Write an instant as in Vietnam: `08 giờ 05 phút, ngày 15/08/2022`."""
    if instant is None:
        return "không rõ"
    return instant.astimezone(VIETNAM).strftime("%H giờ %M phút, ngày %d/%m/%Y")


def day(when: date | None) -> str:
    """Write a day: `15/08/2022`."""
    return "không rõ" if when is None else when.strftime("%d/%m/%Y")


def long_day(instant: datetime) -> str:
    """Write a day as documents do, Nghị định 30/2020/NĐ-CP: `ngày 05 tháng 02 năm 2022`.

    Days below 10 and the months 1 and 2 have a zero before them.
    """
    local = instant.astimezone(VIETNAM)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"
