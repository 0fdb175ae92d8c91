"""Entering: the window, the dossier, the receipt and the measure of novelty."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import get_args
from zoneinfo import available_timezones

from contracts.rules import (
    Applied,
    Dossier,
    Forbidden,
    Novelty,
    Paper,
    Receipt,
    Retention,
    Supplement,
    Window,
)
from services.intake.domain import receipts
from services.intake.domain.documents import KNOWN_TYPES
from services.intake.rules.tree import Mistake, Path

MOST_MONTHS = 1200
MOST_OWN_CHECKS = 20  # a day; more of them would let somebody feel their way along other texts


def window_opens_before_it_closes(intake: Window) -> Iterator[Mistake]:
    """Refuse a window nobody can enter through."""
    if intake.opens >= intake.closes:
        sentence = "Thời điểm đóng phải sau thời điểm mở nhận hồ sơ; hãy sửa một trong hai."
        yield Mistake(("intake", "closes"), sentence)
    if not 0 <= intake.grace_minutes <= 1440:
        yield Mistake(("intake", "grace_minutes"), "Phải là số phút từ 0 đến 1440 (một ngày).")


def outage_can_be_measured(intake: Window) -> Iterator[Mistake]:
    """Allow outages of up to a week to be looked for, and an extension that helps."""
    for key in ("within_hours", "at_least_minutes", "extend_hours"):
        if intake.outage is not None and getattr(intake.outage, key) < 1:
            yield Mistake(("intake", "outage", key), "Phải từ 1 trở lên.")
    if intake.outage is not None and intake.outage.within_hours > 168:
        yield Mistake(("intake", "outage", "within_hours"), "Không quá 168 giờ (một tuần).")


def timezone_is_known(timezone: str) -> Iterator[Mistake]:
    """Check the name against the IANA list: receipts and days off follow its calendar."""
    if timezone not in available_timezones():
        sentence = f"Không có múi giờ “{timezone}”; ở Việt Nam ghi Asia/Ho_Chi_Minh."
        yield Mistake(("timezone",), sentence)


def supplement_is_countable(supplement: Supplement) -> Iterator[Mistake]:
    """Allow no number below 0 or beyond a year, and a day at least to complete a dossier in."""
    for key in ("max_requests", "working_days", "never_after_closing_by"):
        if not 0 <= getattr(supplement, key) <= 366:
            yield Mistake(("supplement", key), "Phải là số từ 0 đến 366.")
    if supplement.max_requests > 0 and supplement.working_days == 0:
        sentence = "Cho phép bổ sung thì phải có ít nhất 1 ngày làm việc để bổ sung."
        yield Mistake(("supplement", "working_days"), sentence)


def novelty_is_measurable(novelty: Novelty) -> Iterator[Mistake]:
    """Check that both thresholds are shares and that reporting starts first."""
    report, review = novelty.report_above, novelty.must_review_above
    yield from _shares(
        {("novelty", "report_above"): report, ("novelty", "must_review_above"): review}
    )
    if report > review:
        sentence = f"Ngưỡng báo cáo {report} không được cao hơn ngưỡng phải xem xét {review}."
        yield Mistake(("novelty", "report_above"), sentence)
    if not 0 <= novelty.own_checks <= MOST_OWN_CHECKS:
        sentence = f"Phải là số từ 0 (không cho tự kiểm tra) đến {MOST_OWN_CHECKS}."
        yield Mistake(("novelty", "own_checks"), sentence)


def novelty_is_named(novelty: Novelty) -> Iterator[Mistake]:
    """Check every word: one that nobody knows would protect against nothing."""
    for key, words in (("scope", get_args(Applied)), ("forbid", get_args(Forbidden))):
        for word in getattr(novelty, key):
            if word not in words:
                sentence = f"Không có “{word}”; hãy ghi trong số: {', '.join(words)}."
                yield Mistake(("novelty", key), sentence)


def papers_can_be_handed_in(dossier: Dossier) -> Iterator[Mistake]:
    """Check every paper, and that there is a text whose originality can be checked."""
    for part in ("required", "optional", "conditional"):
        for at, paper in enumerate(getattr(dossier, part)):
            yield from _paper(paper, ("dossier", part, at))
            if (paper.when == "ALWAYS") is (part == "conditional"):
                sentence = "Chỉ thành phần trong “conditional” mới ghi “when”, và phải ghi."
                yield Mistake(("dossier", part, at, "when"), sentence)
    if not any(paper.is_description for paper in (*dossier.required, *dossier.optional)):
        sentence = "Cần một thành phần ghi “is_description: true” để kiểm tra trùng lặp."
        yield Mistake(("dossier",), sentence)


def _paper(paper: Paper, path: Path) -> Iterator[Mistake]:
    if strange := [name for name in paper.types if name not in KNOWN_TYPES]:
        known = ", ".join(KNOWN_TYPES)
        sentence = f"Loại tệp “{strange[0]}” không dùng được; chọn trong: {known}."
        yield Mistake((*path, "types"), sentence)
    if paper.form == "FILE" and not paper.types:
        yield Mistake((*path, "types"), "Cần ít nhất một loại tệp, ví dụ [docx, pdf].")
    limits = {"max_mb": "Dung lượng", "max_pages": "Số trang", "max_minutes": "Số phút"}
    for key, what in limits.items():
        most = getattr(paper, key)
        if most is not None and most < 1:
            unit = " MB" if key == "max_mb" else ""
            yield Mistake((*path, key), f"{what} tối đa phải từ 1{unit} trở lên.")


def declarations_make_up_for_papers(dossier: Dossier) -> Iterator[Mistake]:
    """Check that a declaration names a paper that is one, and that its words have a version."""
    known = [paper.code for paper in dossier.required if paper.form == "DECLARATION"]
    for at, declaration in enumerate(dossier.declarations):
        path: Path = ("dossier", "declarations", at)
        if declaration.paper is not None and declaration.paper not in known:
            sentence = f"“{declaration.paper}” không phải thành phần bắt buộc dạng DECLARATION."
            yield Mistake((*path, "paper"), sentence)
        if declaration.version < 1:
            yield Mistake((*path, "version"), "Phiên bản của lời cam kết tính từ 1.")


def receipt_code_can_be_read(receipt: Receipt) -> Iterator[Mistake]:
    """Try a receipt code: it must be one a one-stop system can read."""
    try:
        receipts.example(receipt.code_format, receipt.unit_code)
    except receipts.UnreadableCode as error:
        sentence = (
            f"Mã biên nhận sẽ là “{error.params['code']}”, hệ thống một cửa không đọc được;"
            ' ghi unit_code dạng H30 hoặc H30.22, code_format: "{unit}-{yyMMdd}-{seq:04d}".'
        )
        yield Mistake(("receipt", "code_format"), sentence)


def retention_is_a_time(retention: Retention) -> Iterator[Mistake]:
    """Refuse no time at all, and more than a century."""
    months = retention.personal_months
    if months is not None and not 1 <= months <= MOST_MONTHS:
        sentence = f"Phải là số tháng từ 1 đến {MOST_MONTHS}; chưa quyết định thì bỏ khóa này."
        yield Mistake(("retention", "personal_months"), sentence)


def _shares(found: dict[Path, Decimal]) -> Iterator[Mistake]:
    for path, share in found.items():
        if not 0 <= share <= 1:
            yield Mistake(path, f'Phải nằm giữa "0" và "1" (30% ghi "0.30"), không phải {share}.')


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    window_opens_before_it_closes,
    outage_can_be_measured,
    timezone_is_known,
    supplement_is_countable,
    novelty_is_measurable,
    novelty_is_named,
    papers_can_be_handed_in,
    declarations_make_up_for_papers,
    receipt_code_can_be_read,
    retention_is_a_time,
)
