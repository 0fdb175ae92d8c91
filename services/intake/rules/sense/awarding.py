"""Awarding: who goes on, how ties are parted, which prizes there are and who grants them."""

from collections.abc import Callable, Iterator

from contracts.rules import Authority, Prize, Round
from services.intake.rules.tree import Mistake, Path


def enough_go_on(rounds: tuple[Round, ...], prizes: tuple[Prize, ...]) -> Iterator[Mistake]:
    """Check that no fewer go on than there are prizes, with a score that can be reached."""
    wanted = sum(prize.count for prize in prizes)
    for at, one in enumerate(rounds):
        if one.advance is None:
            continue
        path: Path = ("rounds", at, "advance")
        if one.advance.max_count < wanted:
            sentence = f"Chỉ {one.advance.max_count} bài vào vòng sau nhưng có {wanted} giải."
            yield Mistake((*path, "max_count"), sentence)
        if not 0 <= one.advance.min_score <= one.scale:
            sentence = f"Điểm tối thiểu phải nằm giữa 0 và thang điểm {one.scale}."
            yield Mistake((*path, "min_score"), sentence)


def ties_are_parted_by_known_scores(
    tie_break: tuple[str, ...], rounds: tuple[Round, ...]
) -> Iterator[Mistake]:
    """Check that each link of the chain is a criterion or a total; a vote comes last."""
    scores = {f"{one.id}.{line.code}" for one in rounds for line in one.rubric}
    scores |= {f"{one.id}.total" for one in rounds}
    for at, link in enumerate(tie_break):
        if link == "council_vote":
            if at != len(tie_break) - 1:
                yield Mistake(("tie_break", at), "“council_vote” phải đứng cuối cùng.")
        elif link not in scores:
            sentence = f"Không có “{link}”; ghi VÒNG.TIÊU_CHÍ, VÒNG.total hoặc council_vote."
            yield Mistake(("tie_break", at), sentence)


def prizes_are_granted_by_somebody(
    prizes: tuple[Prize, ...], authorities: tuple[Authority, ...]
) -> Iterator[Mistake]:
    """Check that each prize has an authority that is described."""
    known = [authority.code for authority in authorities]
    for at, prize in enumerate(prizes):
        if prize.authority not in known:
            sentence = f"Không có thẩm quyền “{prize.authority}”; đã khai: {', '.join(known)}."
            yield Mistake(("prizes", at, "authority"), sentence)


def prizes_go_from_best_to_last(prizes: tuple[Prize, ...]) -> Iterator[Mistake]:
    """Check counts, and that no lower prize of a class asks for a higher score."""
    above: dict[str | None, Prize] = {}
    if not prizes:
        yield Mistake(("prizes",), "Cần ít nhất một giải thưởng.")
    for at, prize in enumerate(prizes):
        if prize.count < 1:
            yield Mistake(("prizes", at, "count"), "Số lượng giải phải từ 1 trở lên.")
        if prize.min_score < 0:
            yield Mistake(("prizes", at, "min_score"), "Điểm tối thiểu không được là số âm.")
        better = above.get(prize.entry_class, prize)
        above[prize.entry_class] = prize
        if prize.min_score > better.min_score:
            sentence = (
                f"{prize.name} đòi {prize.min_score} điểm, cao hơn {better.name}"
                f" ({better.min_score}); xếp giải từ cao xuống thấp."
            )
            yield Mistake(("prizes", at, "min_score"), sentence)


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    enough_go_on,
    ties_are_parted_by_known_scores,
    prizes_are_granted_by_somebody,
    prizes_go_from_best_to_last,
)
