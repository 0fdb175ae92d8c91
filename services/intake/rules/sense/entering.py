"""Entering: the window, the dossier, the receipt and the measure of novelty."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from zoneinfo import available_timezones

from contracts.rules import Dossier, Entrants, Novelty, Receipt, Supplement, Window
from services.intake.domain import receipts
from services.intake.domain.documents import KNOWN_TYPES
from services.intake.rules.tree import Mistake, Path


def window_opens_before_it_closes(intake: Window) -> Iterator[Mistake]:
    """Refuse a window nobody can enter through."""
    if intake.opens >= intake.closes:
        sentence = "Thời điểm đóng phải sau thời điểm mở nhận hồ sơ; hãy sửa một trong hai."
        yield Mistake(("intake", "closes"), sentence)


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


def entrants_are_countable(entrants: Entrants) -> Iterator[Mistake]:
    """Allow at least one author, and a coverage target between nothing and everybody."""
    if entrants.max_authors < 1:
        yield Mistake(("entrants", "max_authors"), "Phải cho phép ít nhất 1 tác giả.")
    yield from _shares({("entrants", "coverage_target"): entrants.coverage_target})


def novelty_is_measurable(novelty: Novelty) -> Iterator[Mistake]:
    """Check that both thresholds are shares and that reporting starts first."""
    report, review = novelty.report_above, novelty.must_review_above
    yield from _shares(
        {("novelty", "report_above"): report, ("novelty", "must_review_above"): review}
    )
    if report > review:
        sentence = f"Ngưỡng báo cáo {report} không được cao hơn ngưỡng phải xem xét {review}."
        yield Mistake(("novelty", "report_above"), sentence)


def papers_can_be_handed_in(dossier: Dossier) -> Iterator[Mistake]:
    """Check types and sizes, and that there is a text whose originality can be checked."""
    for part in ("required", "optional"):
        for at, paper in enumerate(getattr(dossier, part)):
            path: Path = ("dossier", part, at)
            if strange := [name for name in paper.types if name not in KNOWN_TYPES]:
                known = ", ".join(KNOWN_TYPES)
                sentence = f"Loại tệp “{strange[0]}” không dùng được; chọn trong: {known}."
                yield Mistake((*path, "types"), sentence)
            if paper.form == "FILE" and not paper.types:
                yield Mistake((*path, "types"), "Cần ít nhất một loại tệp, ví dụ [docx, pdf].")
            if paper.max_mb < 1:
                yield Mistake((*path, "max_mb"), "Dung lượng tối đa phải từ 1 MB trở lên.")
            if paper.max_pages is not None and paper.max_pages < 1:
                yield Mistake((*path, "max_pages"), "Số trang tối đa phải từ 1 trở lên.")
    if not any(paper.is_description for paper in (*dossier.required, *dossier.optional)):
        sentence = "Cần một thành phần ghi “is_description: true” để kiểm tra trùng lặp."
        yield Mistake(("dossier",), sentence)


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


def _shares(found: dict[Path, Decimal]) -> Iterator[Mistake]:
    for path, share in found.items():
        if not 0 <= share <= 1:
            yield Mistake(path, f'Phải nằm giữa "0" và "1" (30% ghi "0.30"), không phải {share}.')


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    window_opens_before_it_closes,
    timezone_is_known,
    supplement_is_countable,
    entrants_are_countable,
    novelty_is_measurable,
    papers_can_be_handed_in,
    receipt_code_can_be_read,
)
