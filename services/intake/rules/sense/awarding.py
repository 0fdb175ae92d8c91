"""Awarding: which prizes there are and who grants them."""

from collections.abc import Callable, Iterator

from contracts.rules import Authority, Awarding, Petitions, Prize, Publishing, Round
from contracts.rules.awarding import BY_COUNCIL
from services.intake.rules.tree import Mistake, Path


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
        if prize.side_by is not None:
            continue
        better = above.get(prize.entry_class, prize)
        above[prize.entry_class] = prize
        if prize.min_score > better.min_score:
            sentence = (
                f"{prize.name} đòi {prize.min_score} điểm, cao hơn {better.name}"
                f" ({better.min_score}); xếp giải từ cao xuống thấp."
            )
            yield Mistake(("prizes", at, "min_score"), sentence)


def side_prizes_go_by_known_values(
    prizes: tuple[Prize, ...], rounds: tuple[Round, ...]
) -> Iterator[Mistake]:
    """Check what a side prize goes by: a value of a round, or the council."""
    known = {f"{one.id}.{line.code}" for one in rounds for line in one.rubric}
    known |= {f"{one.id}.total" for one in rounds}
    for at, prize in enumerate(prizes):
        if prize.side_by not in {None, BY_COUNCIL, *known}:
            sentence = (
                f"Không có “{prize.side_by}”; ghi VÒNG.TIÊU_CHÍ, VÒNG.total hoặc {BY_COUNCIL}."
            )
            yield Mistake(("prizes", at, "side_by"), sentence)
    if prizes and all(prize.side_by is not None for prize in prizes):
        yield Mistake(("prizes",), "Cần ít nhất một giải chính (không ghi side_by).")


def money_is_not_negative(prizes: tuple[Prize, ...]) -> Iterator[Mistake]:
    """Check the amounts."""
    for at, prize in enumerate(prizes):
        for key in ("money_vnd", "group_money_vnd"):
            if (getattr(prize, key) or 0) < 0:
                yield Mistake(("prizes", at, key), "Tiền thưởng không được là số âm.")


def shares_leave_fewer_only_where_prizes_are_shared(
    prizes: tuple[Prize, ...], awarding: Awarding
) -> Iterator[Mistake]:
    """Check that what follows a shared prize is said only where one can be shared."""
    if awarding.after_share == "fewer" and all(one.shared == "never" for one in prizes):
        sentence = "Không giải nào được đồng giải (shared) nên mục này không có tác dụng."
        yield Mistake(("awarding", "after_share"), sentence)


def petitions_have_their_time(petitions: Petitions | None) -> Iterator[Mistake]:
    """Check the window for petitions and the number who judge again."""
    if petitions is None:
        return
    if petitions.days < 1:
        yield Mistake(("petitions", "days"), "Thời hạn kiến nghị phải từ 1 ngày trở lên.")
    if petitions.judges is not None and petitions.judges < 1:
        sentence = "Số giám khảo chấm phúc khảo phải từ 1 trở lên."
        yield Mistake(("petitions", "judges"), sentence)


def results_show_what_won(publishing: Publishing) -> Iterator[Mistake]:
    """Check that published results name initiative and prize, and each field once."""
    path: Path = ("publishing", "fields")
    if missing := [one for one in ("title", "prize") if one not in publishing.fields]:
        yield Mistake(path, f"Kết quả công bố phải có: {', '.join(missing)}.")
    if len(set(publishing.fields)) < len(publishing.fields):
        yield Mistake(path, "Mỗi mục chỉ ghi một lần.")


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    prizes_are_granted_by_somebody,
    prizes_go_from_best_to_last,
    side_prizes_go_by_known_values,
    money_is_not_negative,
    shares_leave_fewer_only_where_prizes_are_shared,
    petitions_have_their_time,
    results_show_what_won,
)
