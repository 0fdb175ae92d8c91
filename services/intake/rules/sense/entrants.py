"""Entrants: how many make an entry, what their units owe, and in which classes they compete."""

from collections.abc import Callable, Iterator

from contracts.rules import Entrants, Prize, UnitDuty
from services.intake.rules.tree import Mistake, Path

DUTY: Path = ("entrants", "unit_duty")
CLASSES: Path = ("entrants", "classes")


def entrants_are_countable(entrants: Entrants) -> Iterator[Mistake]:
    """Allow at least one author, and a coverage target between nothing and everybody."""
    if entrants.max_authors < 1:
        yield Mistake(("entrants", "max_authors"), "Phải cho phép ít nhất 1 tác giả.")
    if not 0 <= entrants.coverage_target <= 1:
        sentence = 'Phải là tỷ lệ từ 0 đến 1, ví dụ "0.3" cho 30%.'
        yield Mistake(("entrants", "coverage_target"), sentence)


def units_owe_what_can_be_counted(entrants: Entrants) -> Iterator[Mistake]:
    """Check the number of entries and that the lines of the staff rates go from small to large."""
    duty = entrants.unit_duty or UnitDuty()
    if duty.min_entries < 0:
        yield Mistake((*DUTY, "min_entries"), "Số bài tối thiểu không được là số âm.")
    below = 0
    for at, line in enumerate(duty.staff_rates):
        path: Path = (*DUTY, "staff_rates", at)
        if not 0 <= line.rate <= 1:
            yield Mistake((*path, "rate"), 'Phải là tỷ lệ từ 0 đến 1, ví dụ "0.3" cho 30%.')
        if line.below_staff is None:
            if at < len(duty.staff_rates) - 1:
                sentence = "Chỉ dòng cuối mới được bỏ “below_staff” (mọi đơn vị lớn hơn)."
                yield Mistake((*path, "below_staff"), sentence)
        elif line.below_staff <= below:
            sentence = f"Các mức phải tăng dần; mức trước là dưới {below} người."
            yield Mistake((*path, "below_staff"), sentence)
        else:
            below = line.below_staff


def classes_take_every_kind_once(entrants: Entrants) -> Iterator[Mistake]:
    """Check that each kind of entry competes in one class, where there are classes."""
    taken: dict[str, str] = {}
    for at, one in enumerate(entrants.classes):
        for kind in one.kinds:
            if kind in taken:
                sentence = f"Loại hình {kind} đã thuộc bảng {taken[kind]}; mỗi loại một bảng."
                yield Mistake((*CLASSES, at, "kinds"), sentence)
            taken[kind] = one.code
    left = [kind for kind in entrants.kinds if kind not in taken]
    if entrants.classes and left:
        yield Mistake(CLASSES, f"Loại hình {', '.join(left)} chưa thuộc bảng nào.")


def prizes_are_for_classes(entrants: Entrants, prizes: tuple[Prize, ...]) -> Iterator[Mistake]:
    """Check that a prize names its class where there are classes, and none where there are not."""
    known = [one.code for one in entrants.classes]
    for at, prize in enumerate(prizes):
        path: Path = ("prizes", at, "entry_class")
        if known and prize.entry_class is None:
            sentence = f"Giải này của bảng nào? Ghi “entry_class”: {', '.join(known)}."
            yield Mistake(path, sentence)
        elif prize.entry_class is not None and prize.entry_class not in known:
            sentence = f"Không có bảng “{prize.entry_class}” trong entrants.classes."
            yield Mistake(path, sentence)


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    entrants_are_countable,
    units_owe_what_can_be_counted,
    classes_take_every_kind_once,
    prizes_are_for_classes,
)
