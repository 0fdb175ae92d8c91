"""What minutes say of the end of a round: the table, the cut-off, and what it all rests on."""

from collections.abc import Iterator

from services.review.domain.explaining.cutting import AT_CUTOFF
from services.review.domain.minutes.facts import Facts
from services.review.domain.minutes.paper import Part, Table
from services.review.domain.minutes.saying import (
    SUBJECTS,
    Voice,
    digest_of_all,
    figure,
    grouped,
)
from services.review.domain.minutes.unsealing import sealed_sheets

LEFT = {
    "REFUSED": "bị từ chối",
    "WITHDRAWN": "đã rút",
    "DISQUALIFIED": "bị loại",
    "DUPLICATE": "trùng lặp",
}
WHERE = {"round": "", "area": " trong từng lĩnh vực", "class": " trong từng bảng"}
MODES = {"half_up": "từ 5 trở lên thì tăng", "half_even": "đúng 5 thì về số chẵn"}


def closed(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell how the round ended: its table, who goes on by which rule, and what is on record."""
    if facts.closed_at is None:
        return (Part("Kết quả", ("Vòng chấm chưa khép lại.",)),)
    return (
        Part("Tổng hợp điểm", tuple(summary(facts, voice))),
        Part("Bảng kết quả", (), ranking(facts)),
        Part("Điều kiện và kết quả vào vòng sau", tuple(cut(facts))),
        Part("Bài không còn được tính", gone(facts)),
        Part("Hồ sơ của vòng chấm", *on_record(facts)),
    )


def summary(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say when the round closed, over how many entries and sheets, and how scores are rounded."""
    if facts.closed_at is None:
        return
    sheets = len({(one.code, one.judge_id) for one in facts.sheets})
    yield (
        f"{facts.rules.name} khép lại vào {voice.moment(facts.closed_at)} với {len(facts.table)}"
        f" bài được xếp hạng trên cơ sở phiếu của giám khảo ({sheets} phiếu đã nộp,"
        f" {len(facts.sheets)} bản kể cả các bản nộp lại)."
    )
    yield (
        f"Điểm của bài là điểm trung bình của giám khảo theo thang {figure(facts.rules.scale)},"
        f" làm tròn một lần đến {facts.rules.rounding.places} chữ số thập phân,"
        f" {MODES[facts.rules.rounding.mode]}."
    )


def ranking(facts: Facts) -> Table:
    """Set the table, best first."""
    goes_on = "" if facts.is_last else "Vào vòng sau"
    rows = tuple(
        (str(one.rank), one.code, one.title, figure(one.score), "x" if one.advances else "")
        for one in facts.table
    )
    if not goes_on:
        short = tuple(row[:4] for row in rows)
        return Table(("Hạng", "Mã bài", "Tên bài dự thi", "Điểm"), (16, 40, 83, 24), short, (0, 3))
    columns = ("Hạng", "Mã bài", "Tên bài dự thi", "Điểm", goes_on)
    return Table(columns, (16, 38, 69, 20, 20), rows, (0, 3, 4))


def cut(facts: Facts) -> Iterator[str]:
    """Say what was needed to go on, and who was at the edge."""
    if facts.is_last:
        yield "Đây là vòng cuối; kết quả được chuyển để xét giải."
        return
    rule = facts.rules.advance
    going = [one for one in facts.table if one.advances]
    if rule is None:
        yield f"Thể lệ không đặt ngưỡng; {len(going)} bài vào vòng sau."
        return
    yield f"Điểm tối thiểu: {figure(rule.min_score)}."
    if rule.max_count is not None:
        yield f"Số bài tối đa{WHERE[rule.per]}: {rule.max_count}."
    if rule.max_share is not None:
        yield f"Tỷ lệ tối đa{WHERE[rule.per]}: {figure((rule.max_share * 100).normalize())}%."
    yield f"Trường hợp có bài bằng điểm: {AT_CUTOFF[rule.at_cutoff]}."
    lowest = f"; điểm thấp nhất là {figure(min(one.score for one in going))}" if going else ""
    yield f"Có {len(going)} bài vào vòng sau{lowest}."
    if tied := [one.code for one in facts.table if one.tied_at_cutoff]:
        yield f"Bài bằng điểm ở vị trí cuối: {', '.join(tied)}."


def gone(facts: Facts) -> tuple[str, ...]:
    """Name the entries that left the contest while the round was judged."""
    lines = [f"Bài {code}: {LEFT[why]}." for code, why in facts.left]
    return tuple(lines) or ("Không có bài nào.",)


def on_record(facts: Facts) -> tuple[tuple[str, ...], Table | None]:
    """Name what proves the result: the digest of all sheets, and the round's other minutes."""
    sheets = sealed_sheets(facts)
    said = (
        f"Mã băm chung của phiếu chấm khi niêm phong: {grouped(digest_of_all(sheets))}."
        if sheets
        else "Vòng này không niêm phong phiếu chấm."
    )
    if not facts.others:
        return (said,), None
    rows = tuple(
        (one.number, SUBJECTS[one.kind].capitalize(), str(one.version), grouped(one.digest))
        for one in facts.others
    )
    columns = ("Biên bản số", "Nội dung", "Bản", "Mã băm (SHA-256)")
    return (said,), Table(columns, (32, 67, 14, 50), rows, (0, 2))
