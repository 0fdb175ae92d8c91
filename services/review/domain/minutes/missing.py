"""What minutes say of judges who left entries or did not give their sheets."""

from collections.abc import Collection

from services.review.domain.minutes.facts import Extended, Facts, LetStand, Noted, StoodDown
from services.review.domain.minutes.paper import Part, Table
from services.review.domain.minutes.saying import Voice, sentence

CAUSES = {
    "FOUND": "phát hiện xung đột lợi ích",
    "DECLARED": "có khai báo xung đột lợi ích",
    "PINNED": "Trưởng Ban Giám khảo quyết định không để chấm",
    "LEFT": "thôi tham gia chấm",
    "DECLINED": "trả lại bài",
    "REPLACED": "chưa nộp phiếu, có người chấm thay",
    "COUNTED_WITHOUT": "chưa nộp phiếu, bài tính theo các phiếu đã có",
    "HANDED_ON": "phân công lại khi chưa có phiếu chấm",
}
CONFLICTS = frozenset({"FOUND", "DECLARED", "PINNED"})
COLUMNS = ("Thời điểm", "Mã bài", "Giám khảo", "Lý do", "Người chấm thay")
WIDTHS = (24, 33, 33, 43, 30)


def missed(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell who was replaced, counted without, extended for, or left entries otherwise."""
    others = set(CAUSES) - {"REPLACED", "COUNTED_WITHOUT"}
    return (
        Part("Giám khảo được thay thế do chưa nộp phiếu", *stood_down(facts, {"REPLACED"}, voice)),
        Part(
            "Bài tính theo các phiếu đã có",
            *stood_down(facts, {"COUNTED_WITHOUT"}, voice, quorum(facts)),
        ),
        Part("Gia hạn nộp phiếu", extended(facts, voice)),
        Part("Giám khảo thôi chấm bài vì lý do khác", *stood_down(facts, others, voice)),
        Part("Bài còn thiếu giám khảo", vacant(facts)),
        *let_stand(facts, voice),
    )


def quorum(facts: Facts) -> tuple[str, ...]:
    """Say how many sheets an entry needs to be counted."""
    least = facts.rules.missing.quorum
    return (f"Thể lệ yêu cầu mỗi bài có ít nhất {least} phiếu chấm.",) if least else ()


def stood_down(
    facts: Facts, causes: Collection[str], voice: Voice, before: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], Table | None]:
    """Tell who left which entries for one of these causes.

    Conflicts are no more than counted while they would tell whose an entry is.
    """
    found = [
        (one, one.what)
        for one in facts.noted
        if isinstance(one.what, StoodDown) and one.what.cause in causes
    ]
    told = [pair for pair in found if not (facts.hides_conflicts and pair[1].cause in CONFLICTS)]
    if hidden := len(found) - len(told):
        why = "từng trường hợp được lưu trong hệ thống, không ghi tại đây để giữ kín tên tác giả"
        before = (*before, f"Do xung đột lợi ích: {hidden} trường hợp; {why}.")
    rows = tuple(row(noted, what, facts, voice) for noted, what in told)
    if not found:
        return ("Không có trường hợp nào.",), None
    return before, Table(COLUMNS, WIDTHS, rows, centred=(0,)) if rows else None


def row(noted: Noted, what: StoodDown, facts: Facts, voice: Voice) -> tuple[str, ...]:
    """Write one line; what a judge wrote who gave an entry back waits as conflicts do."""
    why = sentence(CAUSES[what.cause]).capitalize()
    if what.reason and not (facts.hides_conflicts and what.cause == "DECLINED"):
        why += f" Lý do: {sentence(what.reason)}"
    if what.minutes:
        why += f" {sentence(voice.cited(what.minutes))}"
    if what.sheets:
        why += f" {what.sheets} phiếu đã nộp được lưu, không tính."
    taker = voice.name(what.substitute) or "–"
    return voice.brief(noted.at), what.code, voice.name(what.judge_id), why, taker


def extended(facts: Facts, voice: Voice) -> tuple[str, ...]:
    """Tell until when sheets were taken, why, and who still had some to give."""
    lines = [
        f"Vào {voice.moment(one.at)}, {voice.name(one.by)} gia hạn nộp phiếu đến"
        f" {voice.moment(one.what.until)}. Lý do: {sentence(one.what.reason)}"
        f" {sentence(voice.cited(one.what.minutes))}"
        + (f" Còn chờ phiếu của: {voice.all(one.what.judge_ids)}." if one.what.judge_ids else "")
        for one in facts.noted
        if isinstance(one.what, Extended)
    ]
    return tuple(lines) or ("Không gia hạn.",)


def let_stand(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell whose second look is no longer awaited, if there is anybody."""
    lines = [
        f"Vào {voice.moment(one.at)}, bài {one.what.code}: {voice.all(one.what.judge_ids)} chưa"
        f" chấm lại, phiếu đã nộp được tính. Lý do: {sentence(one.what.reason)}"
        f" {sentence(voice.cited(one.what.minutes))}"
        for one in facts.noted
        if isinstance(one.what, LetStand)
    ]
    return (Part("Phiếu đã nộp được giữ, không chờ chấm lại", tuple(lines)),) if lines else ()


def vacant(facts: Facts) -> tuple[str, ...]:
    """Name the entries for which nobody is free."""
    if not facts.vacant:
        return ("Không có bài nào.",)
    return (f"Chưa có người chấm thay: {', '.join(facts.vacant)}.",)
