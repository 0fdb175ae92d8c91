"""The log of notices as a table: for offices that keep it, or show it to an inspector."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from contracts import notify
from press import lists
from services.gateway import words

HEADS = (
    *("Thông báo", "Người nhận", "Mã người nhận", "Kênh", "Tình trạng", "Ghi nhận lúc"),
    *("Gửi lúc", "Mở lúc", "Số lần gửi", "Ghi chú", "Bản lời văn", "Hồ sơ"),
)
CHANNELS = words.Names(
    {
        "EMAIL": "Thư điện tử",
        "WEBHOOK": "Hệ thống kết nối",
        "ZNS": "Zalo",
        "SMS": "Tin nhắn",
        "EDXML": "Trục liên thông văn bản",
        "INBOX": "Hộp thông báo",
    }
)
STATES = words.Names(
    {
        "QUEUED": "Chờ gửi",
        "HELD": "Chờ xem trước khi gửi",
        "SENT": "Đã gửi",
        "FAILED": "Gửi không được",
        "EXPIRED": "Hết hạn, không gửi",
        "DROPPED": "Đã bỏ",
    }
)


def rows(lines: Iterable[notify.NoticeLine]) -> Iterator[tuple[str, ...]]:
    """Return the log row by row, in the words of the portal."""
    for line in lines:
        yield (
            line.title,
            line.name,
            line.recipient,
            CHANNELS[line.channel],
            STATES[line.state],
            at(line.queued_at),
            at(line.sent_at),
            at(line.read_at),
            str(line.attempts),
            why(line),
            line.words_version or "",
            ", ".join(line.entry_ids),
        )


def why(line: notify.NoticeLine | notify.DeliveryView) -> str:
    """Say why a notice did not go: our own reasons in words, what somebody typed as it is."""
    if line.reason is None:
        return line.last_error or ""
    return words.say(line.reason.template, line.reason.params)


def as_csv(lines: Iterable[notify.NoticeLine], *, heads: bool = True) -> bytes:
    """Write the log as CSV, with a byte order mark, as spreadsheets want it; or more of it."""
    return lists.as_csv(chain(headings() if heads else (), rows(lines)), is_more=not heads)


def as_xlsx(lines: Iterable[notify.NoticeLine]) -> bytes:
    """Write the log as a sheet."""
    return lists.as_xlsx(words.translated("Thông báo"), chain(headings(), rows(lines)))


def headings() -> Iterator[tuple[str, ...]]:
    """Yield the row of headings."""
    yield tuple(map(words.translated, HEADS))


def at(instant: datetime | None) -> str:
    """Write an instant as the portal does; nothing where there is none."""
    return words.moment(instant) if instant else ""
