"""What minutes say of the opening of sealed sheets: keys, digests, sheets given."""

from services.review.domain.minutes.facts import Facts, KeyUsed, Sheet
from services.review.domain.minutes.paper import Part, Table
from services.review.domain.minutes.saying import Voice, digest_of_all, grouped, sentence


def unsealed(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell who gave which key when, what that opened, and every sheet with its digest."""
    return (
        Part("Người đưa khóa", *keys(facts, voice)),
        Part("Kết quả mở niêm phong", outcome(facts, voice)),
        Part("Phiếu chấm đã nộp khi niêm phong", *sheets(facts, voice)),
    )


def sealed_sheets(facts: Facts) -> list[Sheet]:
    """Return the sheets that were given sealed, all versions."""
    return [one for one in facts.sheets if one.digest]


def keys(facts: Facts, voice: Voice) -> tuple[tuple[str, ...], Table | None]:
    """Tell who gave a key, and for whom who keeps the recovery key stood in."""
    if not facts.keys:
        return ("Chưa có khóa nào được đưa.",), None
    rows = tuple(
        (
            voice.brief(one.at),
            voice.name(one.holder_id),
            role(one, facts, voice),
            ground(one, voice),
        )
        for one in facts.keys
    )
    columns = ("Thời điểm", "Người giữ khóa", "Tư cách", "Căn cứ, lý do")
    return (), Table(columns, (28, 45, 45, 45), rows)


def role(one: KeyUsed, facts: Facts, voice: Voice) -> str:
    """Say as what somebody gave a key."""
    if one.lost:
        return f"Giữ khóa dự phòng, đưa thay khóa của {voice.name(one.lost)}"
    return "Giữ khóa dự phòng" if one.holder_id == facts.recovery else "Người giữ khóa"


def ground(one: KeyUsed, voice: Voice) -> str:
    """Say by which minutes and why the recovery key was used."""
    return " ".join(filter(None, (sentence(one.reason), sentence(voice.cited(one.minutes)))))


def outcome(facts: Facts, voice: Voice) -> tuple[str, ...]:
    """Say what the keys opened."""
    if facts.unsealed_at is None:
        return ("Phiếu chấm chưa được mở.",)
    sheets = sealed_sheets(facts)
    newest = len({(one.code, one.judge_id) for one in sheets})
    opened = (
        f"Vào {voice.moment(facts.unsealed_at)}, mở {newest} phiếu chấm ({len(sheets)} bản, kể cả"
        " các bản nộp lại). Mọi bản đều khớp với mã băm ghi khi nộp; không bản nào bị thay đổi."
    )
    how = "SHA-256 của các mã băm, xếp theo thứ tự, mỗi mã một dòng"
    return opened, f"Mã băm chung ({how}): {grouped(digest_of_all(sheets))}."


def sheets(facts: Facts, voice: Voice) -> tuple[tuple[str, ...], Table | None]:
    """List every version of every sealed sheet; no mark is told."""
    found = sealed_sheets(facts)
    if not found:
        return ("Chưa có phiếu nào.",), None
    rows = tuple(
        (
            str(place),
            one.code,
            voice.name(one.judge_id),
            f"Lần {one.version}, {voice.brief(one.given_at)}"
            + (f". Lý do nộp lại: {sentence(one.reason)}" if one.reason else ""),
            grouped(one.digest),
        )
        for place, one in enumerate(found, start=1)
    )
    columns = ("STT", "Mã bài", "Giám khảo", "Lần nộp", "Mã băm (SHA-256)")
    return (), Table(columns, (12, 32, 35, 40, 44), rows)
