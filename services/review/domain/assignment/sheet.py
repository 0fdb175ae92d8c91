"""A plan as sheets of a workbook, in Vietnamese: panels, loads, reasons, shortages."""

from msgspec import Struct

from contracts.review import RoundPlan
from contracts.rules import Rules

STATES = {
    "WAITING": "Phân công thử, chưa có hiệu lực",
    "OPEN": "Phân công đang có hiệu lực",
    "OPENED": "Phân công đang có hiệu lực, đã mở phiếu chấm",
    "CLOSED": "Vòng thi đã khóa",
}
REASONS = {
    "AUTHOR": "Là tác giả của bài",
    "UNKNOWN_AUTHOR": "Bài có tác giả chưa được đăng ký",
    "UNKNOWN_UNIT": "Chưa rõ đơn vị của giám khảo",
    "PINNED": "Trưởng Ban Giám khảo quyết định không để chấm",
    "DECLARED": "Đã khai báo xung đột lợi ích",
    "CO_AUTHOR": "Cùng viết sáng kiến khác với tác giả",
    "OWN_UNIT": "Cùng đơn vị với bài hoặc tác giả",
    "RELATED_UNIT": "Thuộc đơn vị cấp trên hoặc cấp dưới",
    "FORMER_UNIT": "Từng công tác tại đơn vị liên quan",
    "OUTSIDE_AREA": "Không thuộc lĩnh vực chuyên môn",
}


class Sheet(Struct, frozen=True):
    """A list to draw: its title, headings with their widths in characters, and rows."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def sheets(rules: Rules, plan: RoundPlan) -> tuple[Sheet, ...]:
    """Lay a plan out; what is empty is left out."""
    areas = {area.code: area.name for area in rules.areas}
    made = (
        summary(rules, plan),
        panels(plan, areas),
        loads(plan, areas),
        reasons(plan),
        shortages(plan, areas),
    )
    return tuple(sheet for sheet in made if sheet.rows)


def summary(rules: Rules, plan: RoundPlan) -> Sheet:
    """Say what the file is, and what it takes to come to the same result again."""
    names = {one.id: one.name for one in rules.rounds}
    counts = [load.entries for load in plan.loads]
    return Sheet(
        "Thông tin",
        (("Mục", 34), ("Nội dung", 60)),
        (
            ("Cuộc thi", rules.title),
            ("Vòng thi", names.get(plan.round_id, plan.round_id)),
            ("Trạng thái", STATES[plan.state]),
            ("Mã bốc thăm", plan.seed),
            ("Số bài", len(plan.entries)),
            ("Số lượt chấm", sum(counts)),
            ("Số bài của người ít nhất", min(counts, default=0)),
            ("Số bài của người nhiều nhất", max(counts, default=0)),
            ("Số lượt chấm ngoài chuyên môn", plan.strangers),
        ),
    )


def panels(plan: RoundPlan, areas: dict[str, str]) -> Sheet:
    """List entries with their judges."""
    most = max((len(entry.judge_ids) for entry in plan.entries), default=0)
    return Sheet(
        "Phân công",
        (
            ("Mã bài", 14),
            ("Lĩnh vực", 40),
            *((f"Giám khảo {number}", 24) for number in range(1, most + 1)),
        ),
        tuple(
            (
                entry.code,
                areas.get(entry.area, entry.area),
                *entry.judge_ids,
                *[None] * (most - len(entry.judge_ids)),
            )
            for entry in plan.entries
        ),
    )


def loads(plan: RoundPlan, areas: dict[str, str]) -> Sheet:
    """List judges with what they have to do."""
    return Sheet(
        "Số bài mỗi giám khảo",
        (("Giám khảo", 24), ("Chuyên môn", 50), ("Số bài", 10), ("Tối đa", 10)),
        tuple(
            (
                load.judge_id,
                "; ".join(areas.get(area, area) for area in load.areas) or "Mọi lĩnh vực",
                load.entries,
                load.most,
            )
            for load in plan.loads
        ),
    )


def reasons(plan: RoundPlan) -> Sheet:
    """List who could not have which entry, and why."""
    return Sheet(
        "Không được phân công",
        (("Mã bài", 14), ("Giám khảo", 24), ("Lý do", 50)),
        tuple(
            (entry.code, kept.judge_id, REASONS.get(kept.reason, kept.reason))
            for entry in plan.entries
            for kept in entry.kept_away
        ),
    )


def shortages(plan: RoundPlan, areas: dict[str, str]) -> Sheet:
    """List why there is no plan."""
    return Sheet(
        "Vì sao không phân công được",
        (
            ("Lĩnh vực", 40),
            ("Số bài", 10),
            ("Số lượt cần", 14),
            ("Số giám khảo", 14),
            ("Nhận nhiều nhất", 16),
            ("Người khác nhiều nhất", 22),
            ("Giải thích", 90),
            ("Mã bài", 60),
            ("Giám khảo", 60),
        ),
        tuple(
            (
                "; ".join(areas.get(area, area) for area in one.areas),
                one.entries,
                one.needed,
                one.judges,
                one.inside,
                one.outside,
                one.sentence,
                ", ".join(one.codes),
                ", ".join(one.judge_ids),
            )
            for one in plan.shortages
        ),
    )
