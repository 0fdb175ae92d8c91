"""What stands on the slip for the file (phiếu kiểm tra trùng lặp), whatever it is printed as.

Everything is text already; the press knows the millimetres. Start with `draw_up`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.originality import Idea, Match, Passage, Report
from services.originality.domain import wording
from services.originality.domain.wording import day, long_day, moment, number, percent

WHEN = "Ngày nộp hoặc áp dụng"
SOURCE_COLUMNS = ("STT", "Nguồn", WHEN, "Nơi", "Tỷ lệ", "Số đoạn")
IDEA_COLUMNS = ("STT", "Nguồn", WHEN, "Nơi", "Hạng theo từ ngữ", "Gần nghĩa hơn")

Fact = tuple[str, str]  # a label and what is said under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A passage in both texts. `heading` numbers it and says its kind, certainty and pages."""

    heading: str
    here: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The passages of one source."""

    heading: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The slip. Rows of `sources` and `ideas` fit `SOURCE_COLUMNS` and `IDEA_COLUMNS`."""

    host: str
    placed: str
    contest: str
    about: tuple[Fact, ...]
    shares: tuple[Fact, ...]
    notice: str
    flags: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    compared: tuple[Compared, ...]
    ideas: tuple[tuple[str, ...], ...]
    scope: tuple[Fact, ...]
    ruling: tuple[Fact, ...]
    signer: str
    made_from: str
    title: str = "PHIẾU KIỂM TRA TRÙNG LẶP"
    source_columns: tuple[str, ...] = SOURCE_COLUMNS
    idea_columns: tuple[str, ...] = IDEA_COLUMNS


def draw_up(report: Report, contest: str, host: str) -> Slip:
    """Return the slip of a report; `contest` is its title, `host` who holds it."""
    return Slip(
        host=host,
        placed=long_day(report.made_at).capitalize(),
        contest=contest,
        about=(
            ("Tên bài dự thi", report.title),
            ("Mã hồ sơ", report.entry_id),
            ("Lần nộp", str(report.version)),
            ("Thời điểm nộp", moment(report.filed_at)),
            ("Thời điểm lập phiếu", moment(report.made_at)),
            ("Kết quả", wording.LEVELS[report.level]),
        ),
        shares=_shares(report),
        notice=wording.NOTICE,
        flags=_flags(report),
        sources=tuple(
            _source(place, match) for place, match in enumerate(report.matches, start=1)
        ),
        compared=tuple(
            _compared(place, match, report.matches)
            for place, match in enumerate(report.matches, start=1)
        ),
        ideas=tuple(_idea(place, idea) for place, idea in enumerate(report.ideas, start=1)),
        scope=_scope(report),
        ruling=_ruling(report),
        signer=report.ruled_by_name or "",
        made_from=_made_from(report),
    )


def _shares(report: Report) -> tuple[Fact, ...]:
    """Return the percentages, each with what it is of."""
    without = report.share_without
    return (
        ("Số chữ của bản thuyết minh", number(report.words)),
        ("Phần được loại trừ khi đối chiếu", percent(report.excluded_share)),
        ("Trùng với nguồn khác, đã loại trừ (tính trên số chữ còn lại)", percent(report.share)),
        *(
            (("Trùng với nguồn khác, không loại trừ gì (tính trên toàn bộ)", percent(without)),)
            if without is not None
            else ()
        ),
    )


def _flags(report: Report) -> tuple[str, ...]:
    """Return the signs to look into, each with its pages where they are known."""
    lines = []
    for flag in report.flags:
        pages = sorted({one.page for one in report.signs if one.kind == flag and one.page})
        where = f" (trang {', '.join(map(str, pages))})" if pages else ""
        lines.append(f"{wording.FLAGS.get(flag, flag)}{where}")
    return tuple(lines)


def when(source: Match | Idea) -> str:
    """Return when an entry was filed, or since when an initiative has been applied."""
    return moment(source.filed_at) if source.filed_at else day(source.applied_on)


def named(source: Match | Idea) -> str:
    """Return a source with its kind, an initiative's with its code."""
    kind = wording.SOURCES[source.source_kind]
    code = f" {source.source_id}" if source.source_kind == "KNOWN_INITIATIVE" else ""
    return f"{source.title} ({kind}{code})"


def _source(place: int, match: Match) -> tuple[str, ...]:
    """Return the row of a source."""
    return (
        str(place),
        named(match),
        when(match),
        match.place or match.applied_at or "",
        percent(match.share),
        str(len(match.passages)),
    )


def _idea(place: int, idea: Idea) -> tuple[str, ...]:
    """Return the row of a similar idea."""
    nearer = f"{percent(idea.percentile)} số văn bản" if idea.percentile is not None else "–"
    rank = str(idea.rank) if idea.rank is not None else "–"
    return str(place), named(idea), when(idea), idea.place or "", rank, nearer


def _compared(place: int, match: Match, matches: Sequence[Match]) -> Compared:
    """Return the passages of one source, none of them left out."""
    numbers = {other.source_id: str(n) for n, other in enumerate(matches, start=1)}
    return Compared(
        heading=f"Nguồn {place}: {match.title}",
        pairs=tuple(
            Pair(
                heading=_heading(f"{place}.{n}", passage, numbers),
                here=passage.text,
                there=passage.source_text,
            )
            for n, passage in enumerate(match.passages, start=1)
        ),
    )


def _heading(numbered: str, passage: Passage, numbers: dict[str, str]) -> str:
    """Return a passage's number, kind, certainty, pages and further sources."""
    parts = [f"Đoạn {numbered}", wording.KINDS.get(passage.kind or "", "")]
    parts.append(wording.TIERS.get(passage.tier or "", "").lower())
    if passage.page or passage.source_page:
        parts.append(f"trang {passage.page or '–'} (bài), {passage.source_page or '–'} (nguồn)")
    if passage.also:
        also = ", ".join(numbers.get(name, name) for name in passage.also)
        parts.append(f"cũng có ở nguồn {also}")
    return " – ".join(part for part in parts if part)


def _scope(report: Report) -> tuple[Fact, ...]:
    """Return what the text was compared with, and what of it was left out."""
    facts: list[Fact] = []
    if found := report.compared:
        registers = f" ({', '.join(found.registers)})" if found.registers else ""
        facts += [
            ("Hồ sơ nộp trước trong cuộc thi này", number(found.entries)),
            ("Sáng kiến đã biết", f"{number(found.known)}{registers}"),
            ("Áp dụng đến ngày", day(found.cutoff)),
        ]
    counted: Counter[str] = Counter(one.reason for one in report.excluded)
    reasons = "; ".join(
        f"{name.lower()}: {counted[reason]} chỗ"
        for reason, name in wording.EXCLUDED.items()
        if reason in counted
    )
    return (*facts, ("Đã loại trừ", reasons or "không có"))


def _ruling(report: Report) -> tuple[Fact, ...]:
    """Return who ruled what, when and why; or that nobody needs to, or has."""
    if report.ruling is None:
        waiting = "Không cần kết luận" if report.level == "CLEAR" else "Chưa có kết luận"
        return (("Kết luận", waiting),)
    return (
        ("Kết luận", wording.RULINGS[report.ruling]),
        ("Lý do", report.reason or ""),
        ("Người kết luận", report.ruled_by_name or report.ruled_by or ""),
        ("Thời điểm", moment(report.ruled_at)),
    )


def _made_from(report: Report) -> str:
    """Return the line by which the report can be made again."""
    manifest = "" if report.manifest is None else f"; phiên bản chỉ mục {report.manifest}"
    return (
        f"Báo cáo {report.report_id}{manifest}; tham số SHA-256 {report.parameters or '–'};"
        f" văn bản SHA-256 {report.text_sha256 or '–'}."
    )
