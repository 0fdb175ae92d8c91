"""Awarding: which prizes there are and who grants them."""

from collections.abc import Callable, Iterator

from contracts.rules import Authority, Prize
from services.intake.rules.tree import Mistake


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
    prizes_are_granted_by_somebody,
    prizes_go_from_best_to_last,
)
