"""What was needed to go on, in Vietnamese."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from contracts import review
from contracts.rules import Advance

WHERE = {"round": "của vòng", "area": "trong lĩnh vực", "class": "trong bảng"}
AT_CUTOFF = {
    "include_ties": "lấy tất cả các bài bằng điểm ở vị trí cuối",
    "exclude_ties": "không lấy bài nào bằng điểm ở vị trí cuối",
    "council_vote": "Hội đồng biểu quyết giữa các bài bằng điểm ở vị trí cuối",
}


def cut_words(cut: review.CutFacts, number: Callable[[Decimal], str]) -> Iterator[str]:
    """Say what was needed to go on and whether the entry had it."""
    needed = [f"từ {number(cut.rule.min_score)} điểm trở lên"]
    if cut.room is not None:
        needed.append(f"trong {cut.room} bài đứng đầu {where(cut)}{share(cut.rule, number)}")
    yield f"Điều kiện vào vòng sau: {' và '.join(needed)}; {AT_CUTOFF[cut.rule.at_cutoff]}."
    if cut.last is not None:
        yield f"Điểm thấp nhất được vào vòng sau là {number(cut.last)}."
    verdict = "được vào vòng sau" if cut.advances else "không được vào vòng sau"
    lacking = f", thiếu {number(cut.missing)} điểm" if cut.missing else ""
    tied = "; bài bằng điểm ở vị trí cuối" if cut.tied_at_cutoff else ""
    yield f"Bài này {verdict}{lacking}{tied}."


def where(cut: review.CutFacts) -> str:
    """Name the group that the entry was in."""
    return f"{WHERE[cut.rule.per]}{f' {cut.group}' if cut.group else ''} ({cut.entries} bài)"


def share(rule: Advance, number: Callable[[Decimal], str]) -> str:
    """Say which share of the entries there is room for, if the rules name one."""
    if rule.max_share is None:
        return ""
    return f", không quá {number((rule.max_share * 100).normalize())}%"
