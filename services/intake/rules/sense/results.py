"""Results: how marks are aggregated, who goes on, how ties are parted, what is calibrated."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from contracts.rules import Aggregate, Calibration, Entrants, Prize, Round
from contracts.rules.reckoning import COUNCIL_VOTE
from services.intake.rules.tree import Mistake, Path

LINKS = ("total", "highest", "firsts")  # of a round, beside its criteria


def aggregates_leave_marks(rounds: tuple[Round, ...], jury_size: int | None) -> Iterator[Mistake]:
    """Check that a trimmed mean leaves out something, and not everything."""
    for at, one in enumerate(rounds):
        judges = one.judges_per_entry or jury_size
        yield from _aggregate(one.aggregate, ("rounds", at, "aggregate"), judges)


def _aggregate(rule: Aggregate, path: Path, judges: int | None) -> Iterator[Mistake]:
    if rule.from_sheets < 1:
        yield Mistake((*path, "from_sheets"), "Phải từ 1 phiếu trở lên.")
    if rule.method == "trimmed_mean":
        yield from _trimmed_mean(rule, path, judges)
    elif rule.drop or rule.drop_share is not None:
        sentence = "Trung bình cộng (mean) không bỏ phiếu nào; muốn bỏ thì ghi trimmed_mean."
        yield Mistake((*path, "method"), sentence)


def _trimmed_mean(rule: Aggregate, path: Path, judges: int | None) -> Iterator[Mistake]:
    if rule.drop and rule.drop_share is not None:
        yield Mistake((*path, "drop_share"), "Chỉ ghi một trong hai: drop hoặc drop_share.")
    elif rule.drop_share is not None and not 0 < rule.drop_share < Decimal("0.5"):
        yield Mistake((*path, "drop_share"), 'Tỷ lệ bỏ ở mỗi đầu phải lớn hơn 0 và nhỏ hơn "0.5".')
    elif rule.drop_share is None and rule.drop < 1:
        yield Mistake(path, "Ghi drop (số phiếu) hoặc drop_share (tỷ lệ) bỏ ở mỗi đầu.")
    elif judges is not None and rule.drop * 2 >= judges:
        sentence = f"Mỗi bài có {judges} phiếu, bỏ {rule.drop} cao nhất và {rule.drop} thấp nhất"
        yield Mistake((*path, "drop"), f"{sentence} thì không còn phiếu nào.")
    if judges is not None and judges < rule.from_sheets:
        sentence = f"Mỗi bài chỉ có {judges} phiếu nên không bao giờ bỏ phiếu nào."
        yield Mistake((*path, "from_sheets"), sentence)


def enough_go_on(
    rounds: tuple[Round, ...], prizes: tuple[Prize, ...], entrants: Entrants
) -> Iterator[Mistake]:
    """Check that no fewer go on than there are prizes, with a score that can be reached."""
    for at, one in enumerate(rounds):
        if one.advance is None:
            continue
        path: Path = ("rounds", at, "advance")
        rule = one.advance
        if at == len(rounds) - 1:
            yield Mistake(path, "Vòng cuối không có vòng sau; bỏ mục này.")
        wanted = _wanted(prizes, rule.per)
        if rule.max_count is not None and rule.max_count < wanted:
            sentence = f"Chỉ {rule.max_count} bài vào vòng sau nhưng có {wanted} giải."
            yield Mistake((*path, "max_count"), sentence)
        if rule.max_share is not None and not 0 < rule.max_share <= 1:
            yield Mistake(
                (*path, "max_share"), 'Tỷ lệ phải lớn hơn 0 và không quá 1, ví dụ "0.3".'
            )
        if not 0 <= rule.min_score <= one.scale:
            sentence = f"Điểm tối thiểu phải nằm giữa 0 và thang điểm {one.scale}."
            yield Mistake((*path, "min_score"), sentence)
        if rule.per == "class" and not entrants.classes:
            sentence = "Thể lệ không có bảng thi (entrants.classes) nên không xét riêng theo bảng."
            yield Mistake((*path, "per"), sentence)


def _wanted(prizes: tuple[Prize, ...], per: str) -> int:
    """Return how many must go on, in the group that needs most: an area may go without prizes."""
    if per == "area":
        return 1
    counts: dict[str | None, int] = {}
    for prize in prizes:
        group = prize.entry_class if per == "class" else None
        counts[group] = counts.get(group, 0) + prize.count
    return max(counts.values(), default=0)


def ties_are_parted_by_known_scores(
    tie_break: tuple[str, ...], rounds: tuple[Round, ...]
) -> Iterator[Mistake]:
    """Check that each link of the chain is known; a vote comes last."""
    yield from _chain(tie_break, rounds, ("tie_break",))


def rounds_part_ties_by_what_is_known_then(rounds: tuple[Round, ...]) -> Iterator[Mistake]:
    """Check a round's own chain: it may look at this round and at earlier ones."""
    for at, one in enumerate(rounds):
        yield from _chain(one.tie_break, rounds[: at + 1], ("rounds", at, "tie_break"))
        asks = one.advance is not None and one.advance.at_cutoff == COUNCIL_VOTE
        if COUNCIL_VOTE in one.tie_break and not asks:
            sentence = "Hội đồng chỉ biểu quyết khi advance.at_cutoff là council_vote."
            yield Mistake(("rounds", at, "tie_break"), sentence)


def _chain(
    chain: tuple[str, ...], rounds: tuple[Round, ...], path: tuple[str | int, ...]
) -> Iterator[Mistake]:
    scores = {f"{one.id}.{line.code}" for one in rounds for line in one.rubric}
    scores |= {f"{one.id}.{link}" for one in rounds for link in LINKS}
    for at, link in enumerate(chain):
        if link == COUNCIL_VOTE:
            if at != len(chain) - 1:
                yield Mistake((*path, at), "“council_vote” phải đứng cuối cùng.")
        elif link not in scores:
            sentence = f"Không có “{link}”; ghi VÒNG.TIÊU_CHÍ, VÒNG.total hoặc council_vote."
            yield Mistake((*path, at), sentence)
        elif link in chain[:at]:
            yield Mistake((*path, at), f"“{link}” đã ghi ở trên.")


def calibrations_can_be_made(rounds: tuple[Round, ...]) -> Iterator[Mistake]:
    """Check what is asked of an estimate of judges' severity."""
    for at, one in enumerate(rounds):
        path: Path = ("rounds", at, "calibration")
        yield from _calibration(one.calibration, path, one.judges_per_entry)


def _calibration(rule: Calibration, path: Path, judges: int | None) -> Iterator[Mistake]:
    if rule.min_sheets_per_judge < 2:
        yield Mistake((*path, "min_sheets_per_judge"), "Phải từ 2 phiếu trở lên.")
    if rule.min_sheets_per_entry < 2:
        yield Mistake((*path, "min_sheets_per_entry"), "Phải từ 2 phiếu trở lên.")
    elif judges is not None and judges < rule.min_sheets_per_entry:
        sentence = f"Mỗi bài chỉ có {judges} phiếu nên không bao giờ hiệu chỉnh được."
        if rule.counts:
            yield Mistake((*path, "min_sheets_per_entry"), sentence)
    if not 0 <= rule.places <= 6:
        yield Mistake((*path, "places"), "Số chữ số thập phân phải từ 0 đến 6.")
    if not Decimal("0.5") <= rule.confidence < 1:
        yield Mistake((*path, "confidence"), 'Độ tin cậy phải từ "0.5" và nhỏ hơn 1.')


def scales_can_be_weighed(
    rounds: tuple[Round, ...], weights: dict[str, Decimal], final_scale: Decimal | None
) -> Iterator[Mistake]:
    """Check that rounds of different scales are brought to one before they are weighed."""
    if final_scale is not None:
        if final_scale <= 0:
            yield Mistake(("final_scale",), "Thang điểm cuối cùng phải lớn hơn 0.")
        return
    scales = {one.scale for one in rounds if weights.get(one.id)}
    if len(scales) > 1:
        told = ", ".join(str(scale) for scale in sorted(scales))
        sentence = f"Các vòng có thang điểm khác nhau ({told}); ghi final_scale để quy đổi."
        yield Mistake(("weights",), sentence)


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    aggregates_leave_marks,
    enough_go_on,
    ties_are_parted_by_known_scores,
    rounds_part_ties_by_what_is_known_then,
    calibrations_can_be_made,
    scales_can_be_weighed,
)
