"""What minutes say of the opening of a round: who judges what, and who was kept away."""

from collections.abc import Iterator

from services.review.domain.conflicts.grounds import Ground
from services.review.domain.conflicts.naming import GROUNDS
from services.review.domain.minutes.facts import Dealt, Facts, KeptAway, Noted
from services.review.domain.minutes.paper import Part, Table
from services.review.domain.minutes.saying import Voice


def opened(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell of the opening, of every deal of entries, and of conflicts as far as the rules let."""
    deals = [(one, one.what) for one in facts.noted if isinstance(one.what, Dealt)]
    panels = [pair for _, dealt in deals for pair in dealt.panels.items()]
    kept = [one for _, dealt in deals for one in dealt.kept_away]
    rows = tuple(
        (str(place), code, facts.areas.get(code, ""), voice.all(judges))
        for place, (code, judges) in enumerate(panels, start=1)
    )
    columns = ("STT", "Mã bài", "Lĩnh vực", "Giám khảo chấm")
    table = Table(columns, (12, 38, 43, 70), rows) if rows else None
    none = () if rows else ("Chưa có bài nào được phân công.",)
    return (
        Part("Mở vòng", tuple(beginning(facts, deals, voice))),
        Part("Niêm phong phiếu chấm", tuple(sealing(facts, voice))),
        Part("Phân công chấm", none, table),
        conflicts(facts, kept, voice),
    )


def beginning(facts: Facts, deals: list[tuple[Noted, Dealt]], voice: Voice) -> Iterator[str]:
    """Say when the round opened, for how many entries, and until when sheets are taken."""
    yield f"{facts.rules.name} được mở vào {voice.moment(facts.opened_at)}."
    for noted, dealt in deals:
        pairs = sum(map(len, dealt.panels.values()))
        yield (
            f"Vào {voice.moment(noted.at)}, {voice.name(noted.by)} thực hiện phân công"
            f" {len(dealt.panels)} bài dự thi với {pairs} lượt chấm."
        )
        if dealt.due is not None:
            yield f"Thời hạn nộp phiếu chấm: {voice.moment(dealt.due)}."
    number = facts.rules.judges_per_entry
    each = f"{number} giám khảo" if number else "toàn bộ giám khảo được phép chấm"
    yield f"Mỗi bài do {each} chấm độc lập."
    if facts.rules.blind:
        yield "Bài dự thi chỉ mang mã số; tên và đơn vị của tác giả được giữ kín."


def sealing(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say who holds the keys of the round."""
    if not facts.public_key:
        yield "Vòng này không niêm phong phiếu chấm."
        return
    yield (
        "Phiếu chấm được niêm phong ngay khi nộp; hai người giữ khóa cùng mở:"
        f" {voice.all(facts.officers)}."
    )
    if facts.recovery:
        yield f"Người giữ khóa dự phòng: {voice.name(facts.recovery)}."
    yield f"Khóa công khai của vòng: {facts.public_key}."


def conflicts(facts: Facts, kept: list[KeptAway], voice: Voice) -> Part:
    """Say who was kept from what, in the form that the rules allow by now."""
    title = "Giám khảo không được phân công do xung đột lợi ích"
    if not kept:
        return Part(title, ("Không có trường hợp nào.",))
    if facts.hides_conflicts or facts.heads.conflicts == "COUNTS":
        codes = len({one.code for one in kept})
        judges = len({one.judge_id for one in kept})
        counted = f"Có {len(kept)} trường hợp, liên quan {judges} giám khảo và {codes} bài."
        why = "Từng trường hợp và lý do được lưu trong hệ thống"
        kept_in = ", không ghi tại đây để giữ kín tên tác giả" if facts.hides_conflicts else ""
        return Part(title, (counted, f"{why}{kept_in}."))
    rows = tuple(
        (str(place), one.code, voice.name(one.judge_id), GROUNDS[Ground(one.ground)])
        for place, one in enumerate(kept, start=1)
    )
    columns = ("STT", "Mã bài", "Giám khảo", "Lý do")
    return Part(title, (), Table(columns, (12, 38, 48, 65), rows))
