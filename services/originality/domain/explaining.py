"""Why a report says what it says, step by step and in words. Start with `explain`."""

from collections.abc import Iterator
from decimal import Decimal

from contracts.originality import Match, Report
from contracts.rules import Novelty
from services.originality.domain import verdict, wording
from services.originality.domain.verdict import Overlap
from services.originality.domain.wording import day, moment, number, percent


def explain(report: Report, novelty: Novelty) -> list[str]:
    """Return the lines that lead from the text to the level of its report."""
    counted = counting(report)
    return [
        (
            f"1. Văn bản: {number(report.words)} chữ, lần nộp {report.version},"
            f" nộp {moment(report.filed_at)}."
        ),
        *_left_out(report),
        f"3. Còn lại để tính tỷ lệ: {number(counted)} chữ.",
        *_scope(report),
        f"5. Các nguồn được nêu: {len(report.matches)}, nguồn có trước xếp trước.",
        *(line for place, match in _numbered(report) for line in _source(place, match)),
        *_shares(report),
        (
            "7. Ngưỡng trong thể lệ:"
            f" báo cáo nguồn khi trùng trên {percent(novelty.report_above)},"
            f" phải xem xét khi trên {percent(novelty.must_review_above)}."
        ),
        *_flags(report),
        f"9. Mức: {report.level} – {wording.LEVELS[report.level]}.",
        *(f"   - {reason}" for reason in reasons(report, novelty)),
        f"   {wording.NOTICE}",
        *_ruling(report),
        (
            f"11. Lập lại được từ: tham số {report.parameters or '–'},"
            f" văn bản {report.text_sha256 or '–'},"
            f" chỉ mục {'–' if report.manifest is None else report.manifest}."
        ),
    ]


def counting(report: Report) -> int:
    """Return how many words count for the share: those that were not left out."""
    return round(report.words * (1 - report.excluded_share))


def reasons(report: Report, novelty: Novelty) -> list[str]:
    """Return why a person has to look, or why nobody has."""
    if report.level == "UNREADABLE":
        return ["Không đọc được văn bản; không đọc được thì không phải là 0% trùng lặp."]
    found = [
        f"nguồn {place} trùng rõ: {said}"
        for place, match in _numbered(report)
        if (said := strong(match))
    ]
    if report.share > novelty.must_review_above:
        found.append(
            f"tổng tỷ lệ trùng {percent(report.share)} vượt {percent(novelty.must_review_above)}"
        )
    if report.excluded_share > verdict.MOSTLY:
        found.append(
            f"phần loại trừ {percent(report.excluded_share)} vượt {percent(verdict.MOSTLY)}"
        )
    found += [
        f"dấu hiệu phải có người xem: {wording.FLAGS[flag].lower()}"
        for flag in report.flags
        if flag in verdict.TRICKS
    ]
    return found or ["không nguồn nào trùng rõ và tổng tỷ lệ không vượt ngưỡng phải xem xét"]


def strong(match: Match) -> str | None:
    """Say why a source alone is a reason to look, if it is one; older reports do not know."""
    overlap = Overlap(0, match.matched or 0, match.source_words or 0, match.strong or 0)
    if match.matched is None or not overlap.is_strong:
        return None
    if overlap.strong >= verdict.STRONG_PART_WORDS:
        return (
            f"{number(overlap.strong)} chữ trong các đoạn trùng rõ ràng"
            f" (từ {verdict.STRONG_PART_WORDS} chữ trở lên)"
        )
    if overlap.matched >= verdict.STRONG_WORDS:
        return f"{number(overlap.matched)} chữ (từ {verdict.STRONG_WORDS} chữ trở lên)"
    part = verdict.share(overlap.matched, overlap.words)
    return (
        f"{number(overlap.matched)} chữ, là {percent(part)} của nguồn ngắn"
        f" (từ {verdict.STRONG_PART_WORDS} chữ và {percent(Decimal(verdict.STRONG_PART))} trở lên)"
    )


def _numbered(report: Report) -> Iterator[tuple[int, Match]]:
    return enumerate(report.matches, start=1)


def _left_out(report: Report) -> Iterator[str]:
    """Say what takes no part, by reason."""
    yield f"2. Loại trừ {percent(report.excluded_share)} số chữ:"
    counts = dict.fromkeys(wording.EXCLUDED, 0)
    for one in report.excluded:
        counts[one.reason] += 1
    if not report.excluded:
        yield "   không có, hoặc báo cáo cũ không ghi vị trí."
    for reason, count in counts.items():
        if count:
            yield f"   - {wording.EXCLUDED[reason]}: {count} chỗ"


def _scope(report: Report) -> Iterator[str]:
    """Say what the text was compared with."""
    if found := report.compared:
        registers = f" ({', '.join(found.registers)})" if found.registers else ""
        yield (
            f"4. Đối chiếu với {number(found.entries)} hồ sơ nộp trước và {number(found.known)}"
            f" sáng kiến đã biết{registers}, áp dụng đến {day(found.cutoff)}."
        )
    else:
        yield "4. Phạm vi đối chiếu: báo cáo cũ không ghi."


def _source(place: int, match: Match) -> Iterator[str]:
    """Say what one source is, since when, and each passage it shares."""
    since = moment(match.filed_at) if match.filed_at else day(match.applied_on)
    where = match.place or match.applied_at or "không rõ nơi"
    yield f"   {place}) {match.title} – {wording.SOURCES[match.source_kind]} {match.source_id}"
    yield f"      có từ {since}, {where}; trùng {percent(match.share)} số chữ được tính"
    for n, passage in enumerate(match.passages, start=1):
        kind = wording.KINDS.get(passage.kind or "", "không phân loại").lower()
        tier = wording.TIERS.get(passage.tier or "", "không rõ mức").lower()
        also = f"; cũng có ở: {', '.join(passage.also)}" if passage.also else ""
        yield (
            f"      đoạn {place}.{n}: {kind}, {tier}, giống từng dấu"
            f" {percent(passage.exact_share)}, ký tự {passage.start}–{passage.end}"
            f" ↔ {passage.source_start}–{passage.source_end}{also}"
        )


def _shares(report: Report) -> Iterator[str]:
    """Say both percentages and that a word counts once."""
    yield (
        f"6. Tỷ lệ trùng, mỗi chữ tính một lần dù có ở nhiều nguồn: {percent(report.share)}"
        f" sau loại trừ; {percent(report.share_without)} khi không loại trừ gì."
    )


def _flags(report: Report) -> Iterator[str]:
    """Say which signs were seen."""
    seen = "; ".join(wording.FLAGS.get(flag, flag) for flag in report.flags)
    yield f"8. Dấu hiệu: {seen or 'không có'}."


def _ruling(report: Report) -> Iterator[str]:
    """Say who ruled what, when and why."""
    if report.ruling is None:
        yield "10. Kết luận: chưa có."
    else:
        who = report.ruled_by_name or report.ruled_by or "–"
        yield (
            f"10. Kết luận: {wording.RULINGS[report.ruling]}, {who}, {moment(report.ruled_at)};"
            f" lý do: {report.reason}"
        )
