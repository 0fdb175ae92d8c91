"""What minutes say of second looks and discussions, and of the council's votes."""

from collections.abc import Iterator

from services.review.domain.minutes.facts import AskedAgain, Discussed, Facts, Sheet
from services.review.domain.minutes.paper import Part, Table
from services.review.domain.minutes.saying import Voice, figure, sentence

UNTOLD = "Điểm được ghi tại biên bản lập sau khi khép lại vòng."


def reconsidered(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell who was asked to look again, what was amended, and what panels discussed.

    Points are told once the round is closed: until then nobody learns of them.
    """
    return (
        Part("Bài có điểm chấm chênh lệch", *asked(facts, voice)),
        Part("Phiếu chấm được sửa; phiếu ban đầu được giữ nguyên", *amended(facts, voice)),
        Part("Phiếu nộp sau khi mở niêm phong", *added(facts, voice)),
        Part("Trao đổi của giám khảo", discussed(facts, voice)),
    )


def asked(facts: Facts, voice: Voice) -> tuple[tuple[str, ...], Table | None]:
    """Tell of which entries judges stood too far apart, and what followed."""
    is_told = facts.closed_at is not None
    rows = tuple(
        (
            voice.brief(one.at),
            one.what.code,
            figure(one.what.spread) if is_told else "–",
            "Mời chấm thêm" if one.what.called else "Xem lại phiếu",
            voice.all(one.what.judge_ids),
        )
        for one in facts.noted
        if isinstance(one.what, AskedAgain)
    )
    if not rows:
        return ("Không có bài nào.",), None
    columns = ("Thời điểm", "Mã bài", "Chênh lệch (điểm)", "Xử lý", "Giám khảo")
    return () if is_told else (UNTOLD,), Table(columns, (26, 36, 25, 26, 50), rows, (0, 2))


def later(facts: Facts) -> Iterator[tuple[Sheet | None, Sheet]]:
    """Return the sheets given in the open, each with the judge's one before."""
    before: dict[tuple[str, str], Sheet] = {}
    for one in sorted(facts.sheets, key=lambda each: (each.code, each.judge_id, each.version)):
        earlier = before.get((one.code, one.judge_id))
        before[one.code, one.judge_id] = one
        if not one.digest:
            yield earlier, one


def total(one: Sheet) -> str:
    """Write the total of a sheet, as far as it is known."""
    return "–" if one.total is None else figure(one.total)


def amended(facts: Facts, voice: Voice) -> tuple[tuple[str, ...], Table | None]:
    """Tell every amendment beside the sheet it amends."""
    rows = tuple(
        (
            one.code,
            voice.name(one.judge_id),
            f"{total(earlier)} (lần {earlier.version})",
            f"{total(one)} (lần {one.version})",
            " ".join((voice.brief(one.given_at) + ".", *why(one, voice))),
        )
        for earlier, one in later(facts)
        if earlier is not None
    )
    if not rows:
        return ("Không có phiếu nào.",), None
    columns = ("Mã bài", "Giám khảo", "Điểm ban đầu", "Điểm sửa", "Thời điểm, lý do, căn cứ")
    before = () if facts.closed_at else (UNTOLD,)
    return before, Table(columns, (33, 36, 23, 23, 48), rows, (2, 3))


def added(facts: Facts, voice: Voice) -> tuple[tuple[str, ...], Table | None]:
    """Tell of sheets of judges who came after the sheets were opened."""
    rows = tuple(
        (one.code, voice.name(one.judge_id), total(one), voice.brief(one.given_at))
        for earlier, one in later(facts)
        if earlier is None
    )
    if not rows:
        return ("Không có phiếu nào.",), None
    columns = ("Mã bài", "Giám khảo", "Điểm", "Thời điểm nộp")
    return () if facts.closed_at else (UNTOLD,), Table(columns, (45, 55, 23, 40), rows, (2,))


def why(one: Sheet, voice: Voice) -> Iterator[str]:
    """Say why a sheet was amended, and by which minutes."""
    if one.reason:
        yield f"Lý do: {sentence(one.reason)}"
    if one.minutes:
        yield sentence(voice.cited(one.minutes))


def discussed(facts: Facts, voice: Voice) -> tuple[str, ...]:
    """Tell what panels concluded."""
    lines = [
        f"Bài {one.what.code}, ghi nhận vào {voice.moment(one.at)}:"
        f" {sentence(one.what.conclusion)} {sentence(voice.cited(one.what.minutes))}"
        for one in facts.noted
        if isinstance(one.what, Discussed)
    ]
    return tuple(lines) or ("Không có nội dung trao đổi nào được ghi nhận.",)


def voted(facts: Facts, voice: Voice) -> tuple[Part, ...]:
    """Tell how the council ordered equals; the newest vote on the same entries counts."""
    rows = tuple(
        (
            voice.brief(one.at),
            ", ".join(one.order),
            sentence(one.reason),
            voice.cited(one.minutes),
            voice.name(one.by),
        )
        for one in facts.votes
    )
    title = "Kết quả biểu quyết giữa các bài bằng điểm ở vị trí cuối được vào vòng sau"
    if not rows:
        return (Part(title, ("Chưa có biểu quyết nào được ghi nhận.",)),)
    columns = ("Thời điểm", "Thứ tự, bài xếp trên ghi trước", "Lý do", "Căn cứ", "Người ghi nhận")
    said = "Nếu biểu quyết nhiều lần về cùng các bài, lần cuối được tính."
    return (Part(title, (said,), Table(columns, (24, 46, 35, 28, 30), rows)),)
