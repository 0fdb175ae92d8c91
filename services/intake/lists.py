"""The lists staff work with, as sheets: coverage, entries and authors, in Vietnamese order."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.rules import Rules
from services.intake.domain.collation import name_key
from services.intake.domain.coverage import Coverage, Line
from services.intake.domain.eligibility import Author
from services.intake.domain.entries import Entry, State
from services.intake.domain.windows import Calendar
from services.intake.spreadsheets import Column, Sheet

STATES = {
    State.DRAFT: "Bản nháp",
    State.SUBMITTED: "Đã nộp",
    State.LATE: "Nộp muộn",
    State.RETURNED: "Chờ bổ sung",
    State.ACCEPTED: "Đã tiếp nhận",
    State.REFUSED: "Không tiếp nhận",
    State.WITHDRAWN: "Đã rút",
    State.DISQUALIFIED: "Bị loại",
}
KINDS = {"INDIVIDUAL": "Cá nhân", "COLLECTIVE": "Tập thể"}

COVERAGE = (
    Column("TT", 6, "number"),
    Column("Mã đơn vị", 18),
    Column("Tên đơn vị", 48),
    Column("Số hồ sơ", 10, "number"),
    Column("Cá nhân", 10, "number"),
    Column("Tập thể", 10, "number"),
    Column("Số tác giả", 10, "number"),
    Column("Số người", 10, "number"),
    Column("Số hồ sơ phải có", 12, "number"),
    Column("Số tác giả phải có", 12, "number"),
    Column("Chỉ tiêu", 14),
    Column("Không có bài dự thi vì", 40),
    Column("Kế thừa của", 30),
)
ENTRIES = (
    Column("TT", 6, "number"),
    Column("Mã hồ sơ", 28),
    Column("Tên đề tài", 60),
    Column("Lĩnh vực", 36),
    Column("Hình thức", 12),
    Column("Đơn vị", 40),
    Column("Trạng thái", 16),
    Column("Tiếp nhận (giờ Việt Nam)", 22, "instant"),
    Column("Lần nộp", 9, "number"),
)
AUTHORS = (
    Column("TT", 6, "number"),
    Column("Họ và tên", 30),
    Column("Chức vụ", 24),
    Column("Đơn vị", 40),
    Column("Tỷ lệ đóng góp", 12, "percent"),
    Column("Mã hồ sơ", 28),
    Column("Tên đề tài", 60),
)


def coverage_list(coverage: Coverage) -> Sheet:
    """Return coverage as a list, a unit a row, by name; what has no unit comes last."""
    rows = [coverage_row(place, line) for place, line in enumerate(coverage.lines, 1)]
    if coverage.without_unit:
        rest: tuple[str | int | None, ...] = (None, None, "Hồ sơ không ghi đơn vị")
        rows.append((*rest, coverage.without_unit, *[None] * 9))
    return Sheet("Đơn vị tham gia", COVERAGE, tuple(rows))


def coverage_row(place: int, line: Line) -> tuple[str | int | None, ...]:
    """Return a unit's row."""
    return (
        *(place, line.unit.unit_id, line.unit.name, line.entries),
        *(line.individual, line.collective, line.authors, line.unit.staff),
        *(line.owed_entries or None, line.owed_authors),
        "Đạt" if line.meets_duty else "Chưa đạt",
        *(line.nil_reason, ", ".join(line.continues) or None),
    )


def entries_lists(
    entries: Iterable[Entry], rules: Rules, units: Mapping[str, str]
) -> tuple[Sheet, Sheet]:
    """Return the entries in the order they came, and their authors by given name."""
    entries = tuple(entries)
    areas = {area.code: area.name for area in rules.areas}
    zone = Calendar.of(rules).zone
    lines = tuple(
        (
            *(place, entry.receipt_code, entry.title, areas.get(entry.area, entry.area)),
            *(KINDS[entry.kind], units.get(entry.unit_id or ""), STATES[entry.state]),
            local_time(entry.received_at, zone),
            entry.version,
        )
        for place, entry in enumerate(entries, 1)
    )
    people = sorted(
        ((author, entry) for entry in entries for author in entry.authors),
        key=lambda one: (name_key(one[0].full_name), one[1].receipt_code or ""),
    )
    authors = tuple(
        author_row(place, author, entry, units) for place, (author, entry) in enumerate(people, 1)
    )
    return Sheet("Hồ sơ", ENTRIES, lines), Sheet("Tác giả", AUTHORS, authors)


def author_row(
    place: int, author: Author, entry: Entry, units: Mapping[str, str]
) -> tuple[str | int | float | None, ...]:
    """Return an author's row; the share as a part of one, as spreadsheets count percent."""
    unit = units.get(author.unit_id or "")
    share = float(author.share) / 100
    return place, author.full_name, author.position, unit, share, entry.receipt_code, entry.title


def local_time(instant: datetime | None, zone: ZoneInfo) -> str | None:
    """Return an instant as a spreadsheet has it: local, without a zone."""
    if instant is None:
        return None
    return instant.astimezone(zone).replace(tzinfo=None, microsecond=0).isoformat()
