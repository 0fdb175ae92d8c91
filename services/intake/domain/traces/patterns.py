"""What looks like somebody's number or address, whoever they are.

A dossier knows no citizen's number and not the telephone of a co-worker named in the text; they
are found by their form. Forms are those of Vietnam: 12 digits of a citizen's number (Thông tư
59/2021/TT-BCA, (mem)), 9 of the older card after a word for it, 10 and 13 of a tax code.
"""

import re
from collections.abc import Iterator

from services.intake.domain.traces.identity import Kind

_AT = r"(?:@|＠|\s?[(\[]\s?(?:at|a còng)\s?[)\]]\s?)"
EMAIL = re.compile(rf"[\w.+\-]+{_AT}[\w\-]+(?:(?:\.|\s?[(\[]dot[)\]]\s?)[\w\-]+)+", re.IGNORECASE)
PHONE = re.compile(
    r"(?<![\d.,/\-])(?:(?:\+|00)84[\s.\-]?(?:\(0\))?[\s.\-]?|\(?0)"
    r"(?:[2356789])(?:[\s.\-()]{0,2}\d){8,9}(?![\d/]|[.,]\d)"
)
CITIZEN = re.compile(r"(?<![\d.,])0\d{2}[\s.]?\d{3}[\s.]?\d{3}[\s.]?\d{3}(?![\d]|[.,]\d)")
CARD = re.compile(
    r"(?:cmnd|cccd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?|định danh)"
    r"[^\d\n]{0,20}(\d[\d\s.]{7,14}\d)",
    re.IGNORECASE,
)
TAX = re.compile(r"(?:mst|mã số thuế)[^\d\n]{0,12}(\d{10}(?:\s?-\s?\d{3})?)", re.IGNORECASE)

_LABELS = {
    Kind.LABELLED: (
        "họ và tên|họ tên|tên tác giả|(?:nhóm |đồng )?tác giả|chủ nhiệm|người (?:viết|thực hiện|"
        "nộp|đại diện|báo cáo|lập)|ngày(?:, tháng, năm)? sinh|ngày tháng năm sinh|chức vụ|"
        "chức danh|đơn vị(?: công tác)?|nơi công tác|cơ quan|tên (?:đơn vị|doanh nghiệp)"
    ),
    Kind.ADDRESS: (
        "địa chỉ(?: liên hệ| thường trú)?|nơi (?:ở|thường trú|cư trú)|hộ khẩu(?: thường trú)?|"
        "trụ sở|thường trú"
    ),
}
# The rest of the line, as far as it is one thing.
LABELLED = {
    kind: re.compile(rf"(?<!\w)(?:{words})\s*:[ \t]*([^\n\r;:]{{2,120}})", re.IGNORECASE)
    for kind, words in _LABELS.items()
}


def alike(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the ranges of a text, in NFC, that look like somebody's."""
    for kind, form in ((Kind.EMAIL, EMAIL), (Kind.PHONE, PHONE), (Kind.NUMBER, CITIZEN)):
        for match in form.finditer(text):
            yield match.start(), match.end(), kind
    for kind, form in ((Kind.NUMBER, CARD), (Kind.NUMBER, TAX), *LABELLED.items()):
        for match in form.finditer(text):
            yield match.start(1), match.start(1) + len(match.group(1).rstrip()), kind
