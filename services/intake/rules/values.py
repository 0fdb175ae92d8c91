"""Single values of a rules file, with a sentence for whoever wrote it wrong."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from msgspec import inspect

from services.intake.rules.tree import Scalar

YEARS = range(2000, 2100)


class Wrong(Exception):
    """A single value cannot be what it should be; `meant` is what it may well have meant."""

    def __init__(self, sentence: str, meant: object = None) -> None:
        super().__init__(sentence)
        self.meant = meant


def read_value(node: Scalar, shape: inspect.Type) -> object:
    """Read a value of one of the types rules are made of. Raises `Wrong`."""
    if isinstance(shape, inspect.LiteralType):
        return _choice(node, shape.values)
    return READERS[type(shape)](node)


def _text(node: Scalar) -> str:
    if node.tag != "str":
        raise Wrong(f'Phải là chữ; hãy đặt trong ngoặc kép: "{node.text}".', node.text)
    if not node.text.strip():
        raise Wrong("Không được để trống; hãy điền nội dung hoặc bỏ khóa này nếu không bắt buộc.")
    return node.text


def _decimal(node: Scalar) -> Decimal:
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", node.text, re.ASCII):
        raise Wrong(f'“{node.text}” không phải là số; dùng dấu chấm thập phân, ví dụ "0.5".')
    number = Decimal(node.text)
    if node.tag == "float":
        sentence = f'Số thập phân phải đặt trong ngoặc kép để giữ chính xác: "{node.text}".'
        raise Wrong(sentence, number)
    return number


def _whole(node: Scalar) -> int:
    if node.tag != "int" or not re.fullmatch(r"-?\d{1,9}", node.text, re.ASCII):
        raise Wrong(f"Phải là số nguyên không đặt trong ngoặc kép, không phải “{node.text}”.")
    return int(node.text)


def _instant(node: Scalar) -> datetime:
    example = "ví dụ 2022-06-30T00:00:00+07:00"
    try:
        instant = datetime.fromisoformat(node.text)
    except ValueError:
        raise Wrong(f"“{node.text}” không phải là thời điểm; {example}.") from None
    if instant.tzinfo is None:
        raise Wrong(f"Thời điểm “{node.text}” thiếu múi giờ; {example}.")
    if instant.year not in YEARS:
        raise Wrong(f"Năm {instant.year} không thể là năm của cuộc thi; {example}.")
    return instant


def _day(node: Scalar) -> date:
    try:
        return date.fromisoformat(node.text)
    except ValueError:
        example = "viết năm-tháng-ngày, ví dụ 2022-06-24"
        raise Wrong(f"“{node.text}” không phải là ngày có trên lịch; {example}.") from None


def _choice(node: Scalar, values: tuple[object, ...]) -> object:
    by_text = {str(value): value for value in values}
    if node.text in by_text:
        return by_text[node.text]
    near = get_close_matches(node.text, by_text, n=1, cutoff=0.6)
    advice = f"có phải “{near[0]}” không?" if near else f"chọn một trong: {', '.join(by_text)}."
    raise Wrong(f"“{node.text}” không dùng được ở đây; {advice}")


def _yes_or_no(node: Scalar) -> bool:
    if node.tag != "bool":
        raise Wrong(f"Phải là true (có) hoặc false (không), không phải “{node.text}”.")
    return node.text.lower() == "true"


READERS: dict[type[inspect.Type], Callable[[Scalar], object]] = {
    inspect.StrType: _text,
    inspect.DecimalType: _decimal,
    inspect.IntType: _whole,
    inspect.BoolType: _yes_or_no,
    inspect.DateTimeType: _instant,
    inspect.DateType: _day,
}
