"""The delivery log as it is shown and as it is given out: views, CSV and XLSX."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Literal

import msgspec
from sqlalchemy.orm import Session

from contracts import notify
from kernel.errors import Refused
from press import lists
from services.notify import store
from services.notify.domain.reasons import read

MOST_LINES = 100_000
HEADINGS = (
    *("Mã thông báo", "Sự kiện", "Mẫu", "Hồ sơ", "Người nhận", "Kênh", "Trạng thái"),
    *("Vào hàng đợi", "Đã gửi", "Đã mở", "Hết hạn", "Lần gửi", "Bắt đầu", "Kết thúc"),
    *("Kết quả", "Bên nhận", "Phản hồi"),
)
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LogTooLong(Refused):
    """The log has more than 100,000 lines; name one entry, person or contest."""


def view(
    row: store.DeliveryRow, asked: str | None, tries: Iterable[store.TryRow] = ()
) -> notify.DeliveryView:
    """Show a delivery, without name or address; of several entries the one asked about."""
    only = row.entry_ids[0] if len(row.entry_ids) == 1 else None
    beside = {
        "entry_id": asked or only,
        "reason": reason_of(row),
        "tries": tuple(
            msgspec.convert(one, notify.TryView, from_attributes=True) for one in tries
        ),
    }
    columns = {
        name: getattr(row, name)
        for name in notify.DeliveryView.__struct_fields__
        if name not in beside
    }
    return msgspec.convert({**columns, **beside}, notify.DeliveryView)


def reason_of(row: store.DeliveryRow) -> notify.Reason | None:
    """Say why a delivery did not go, where it is for a reason of our own; None for any other."""
    found = read(row.last_error or "")
    if found is None:
        return None
    reason, params = found
    return notify.Reason(template=reason.value, params=dict(params))


def export(
    session: Session, wanted: store.Wanted, form: Literal["CSV", "XLSX"]
) -> notify.DeliveryFile:
    """Return the log as a file. Raises `LogTooLong`."""
    read = list(store.read_log(session, wanted, MOST_LINES + 1))
    if len(read) > MOST_LINES:
        raise LogTooLong
    lines = chain([HEADINGS], (line_of(delivery, tried) for delivery, tried in read))
    if form == "CSV":
        return notify.DeliveryFile(
            name="nhat-ky-thong-bao.csv", media_type=CSV, content=lists.as_csv(lines)
        )
    content = lists.as_xlsx("Nhật ký", lines)
    return notify.DeliveryFile(name="nhat-ky-thong-bao.xlsx", media_type=XLSX, content=content)


def line_of(row: store.DeliveryRow, tried: store.TryRow | None) -> tuple[str, ...]:
    """Return a line of the log."""
    return (
        *(row.delivery_id, row.event_type, row.template, " ".join(row.entry_ids)),
        *(row.recipient, row.channel, row.state),
        *map(spell, (row.queued_at, row.sent_at, row.opened_at, row.expires_at)),
        *(
            (str(tried.number), spell(tried.began_at), spell(tried.ended_at))
            if tried
            else ("", "", "")
        ),
        *((tried.outcome, tried.accepted_by, tried.response) if tried else ("", "", "")),
    )


def spell(instant: datetime | None) -> str:
    """Write an instant in UTC, or nothing."""
    return instant.isoformat(timespec="seconds") if instant else ""
