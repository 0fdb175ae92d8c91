"""Judging: scales, rubrics and the weights of the rounds."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from contracts.rules import (
    Assigning,
    ConflictRules,
    Criterion,
    JuryRules,
    MinutesRules,
    Round,
    Rounding,
    Slot,
)
from services.intake.rules.tree import Mistake, Path

MOST_FORMER_YEARS = 50
SEATS = ("CHAIR", "DEPUTY", "MEMBER", "SECRETARY")
MOST_MINUTES = 240  # of one entry on the defence day


def rubrics_sum_to_their_scale(rounds: tuple[Round, ...]) -> Iterator[Mistake]:
    """Add up every rubric, and every criterion that has parts."""
    for at, one in enumerate(rounds):
        path: Path = ("rounds", at, "rubric")
        total = sum((line.weight * line.max for line in one.rubric), Decimal(0))
        if total != one.scale:
            sentence = f"Các tiêu chí cộng lại được {total} điểm, thang điểm là {one.scale}."
            yield Mistake(path, sentence)
        for number, line in enumerate(one.rubric):
            yield from _criterion(line, (*path, number))


def _criterion(line: Criterion, path: Path) -> Iterator[Mistake]:
    if line.comment_only and (line.max != 0 or line.sub):
        sentence = "Tiêu chí chỉ nhận xét có điểm tối đa bằng 0 và không có phần."
        yield Mistake((*path, "max"), sentence)
    if line.max <= 0 and not line.comment_only:
        yield Mistake((*path, "max"), "Điểm tối đa của tiêu chí phải lớn hơn 0.")
    if line.weight <= 0:
        yield Mistake((*path, "weight"), "Hệ số của tiêu chí phải lớn hơn 0.")
    if line.marked == "parts" and not line.sub:
        yield Mistake((*path, "marked"), "Chấm từng phần thì tiêu chí phải có các phần.")
    if line.step is not None and line.step <= 0:
        yield Mistake((*path, "step"), 'Bước điểm phải lớn hơn 0, ví dụ "0.5".')
    yield from _bars(line, line.max, path)
    total = sum((part.max for part in line.sub), Decimal(0))
    if line.sub and total != line.max:
        sentence = f"Các phần cộng lại được {total} điểm, tiêu chí này tối đa {line.max}."
        yield Mistake((*path, "sub"), sentence)


def rounds_can_be_judged(rounds: tuple[Round, ...], jury_size: int | None) -> Iterator[Mistake]:
    """Check steps, judges and slots, round by round."""
    if not rounds:
        yield Mistake(("rounds",), "Cần ít nhất một vòng thi.")
    for at, one in enumerate(rounds):
        path: Path = ("rounds", at)
        if one.step <= 0:
            yield Mistake((*path, "step"), 'Bước điểm phải lớn hơn 0, ví dụ "0.5".')
        judges = one.judges_per_entry
        if judges is not None and judges < 1:
            yield Mistake((*path, "judges_per_entry"), "Mỗi bài cần ít nhất 1 giám khảo.")
        if judges is not None and jury_size is not None and judges > jury_size:
            sentence = f"Ban Giám khảo chỉ có {jury_size} người, không đủ {judges} người mỗi bài."
            yield Mistake((*path, "judges_per_entry"), sentence)
        if one.divergence is not None and one.divergence.threshold <= 0:
            yield Mistake((*path, "divergence", "threshold"), "Ngưỡng phải lớn hơn 0.")
        yield from _assigning(one.assigning, (*path, "assigning"))
        yield from _rounding(one.rounding, (*path, "rounding"))
        yield from _bars(one, one.scale, path)
        yield from _missing(one, path)
        yield from _holders(one, path)
        yield from _slot(one.slot, (*path, "slot"))


def _slot(slot: Slot | None, path: Path) -> Iterator[Mistake]:
    if slot is None:
        return
    if not 1 <= slot.present_minutes <= MOST_MINUTES:
        yield Mistake((*path, "present_minutes"), f"Trình bày từ 1 đến {MOST_MINUTES} phút.")
    if not 0 <= slot.question_minutes <= MOST_MINUTES:
        yield Mistake((*path, "question_minutes"), f"Trả lời từ 0 đến {MOST_MINUTES} phút.")
    if not 0 <= slot.changeover_minutes <= MOST_MINUTES:
        yield Mistake((*path, "changeover_minutes"), f"Phải từ 0 đến {MOST_MINUTES} phút.")
    if not 0 <= slot.warn_minutes <= slot.present_minutes:
        sentence = "Báo trước từ 0 phút đến số phút trình bày."
        yield Mistake((*path, "warn_minutes"), sentence)


def _bars(line: Criterion | Round, most: Decimal, path: Path) -> Iterator[Mistake]:
    bars = {"comment_below": line.comment_below, "comment_above": line.comment_above}
    for name, bar in bars.items():
        if bar is not None and not 0 <= bar <= most:
            yield Mistake((*path, name), f"Mức phải nhận xét phải từ 0 đến {most} điểm.")


def _missing(one: Round, path: Path) -> Iterator[Mistake]:
    quorum = one.missing.quorum
    if ("quorum" in one.missing.ways) != (quorum is not None):
        sentence = "Cách “quorum” và số phiếu tối thiểu phải cùng có hoặc cùng không."
        yield Mistake((*path, "missing"), sentence)
    if quorum is not None and quorum < 1:
        yield Mistake((*path, "missing", "quorum"), "Cần ít nhất 1 phiếu mỗi bài.")
    if quorum is not None and one.judges_per_entry is not None and quorum > one.judges_per_entry:
        sentence = f"Mỗi bài chỉ có {one.judges_per_entry} giám khảo."
        yield Mistake((*path, "missing", "quorum"), sentence)


def _holders(one: Round, path: Path) -> Iterator[Mistake]:
    if len(one.officers) not in (0, 2):
        sentence = (
            "Phải đúng hai người giữ khóa: ghi chức vụ (CHAIR, SECRETARY) hoặc mã người dùng."
        )
        yield Mistake((*path, "officers"), sentence)
    elif len(set(one.officers)) != len(one.officers):
        yield Mistake((*path, "officers"), "Hai người giữ khóa phải là hai người khác nhau.")
    if one.recovery in (*one.officers, *SEATS):
        sentence = "Người giữ khóa dự phòng ghi bằng mã người dùng và không giữ khóa chính."
        yield Mistake((*path, "recovery"), sentence)


def _assigning(assigning: Assigning | None, path: Path) -> Iterator[Mistake]:
    if assigning is None:
        return
    if assigning.lead < 0:
        yield Mistake((*path, "lead"), "Số bài được nhiều hơn không được là số âm.")
    if assigning.most_per_judge is not None and assigning.most_per_judge < 1:
        sentence = "Mỗi giám khảo phải được nhận ít nhất 1 bài; bỏ dòng này nếu không giới hạn."
        yield Mistake((*path, "most_per_judge"), sentence)


def final_score_is_rounded_sensibly(final_rounding: Rounding) -> Iterator[Mistake]:
    """Check the rounding of the final score."""
    yield from _rounding(final_rounding, ("final_rounding",))


def _rounding(rounding: Rounding, path: Path) -> Iterator[Mistake]:
    if not 0 <= rounding.places <= 6:
        yield Mistake((*path, "places"), "Số chữ số thập phân phải từ 0 đến 6.")


def weights_are_of_rounds(
    weights: dict[str, Decimal], rounds: tuple[Round, ...]
) -> Iterator[Mistake]:
    """Check that the weights name rounds."""
    known = [one.id for one in rounds]
    for name in weights:
        if name not in known:
            sentence = f"Không có vòng thi “{name}”; các vòng: {', '.join(known)}."
            yield Mistake(("weights", name), sentence)


def weights_sum_to_one(weights: dict[str, Decimal]) -> Iterator[Mistake]:
    """Add up the weights; none is negative."""
    for name, weight in weights.items():
        if weight < 0:
            yield Mistake(("weights", name), "Trọng số không được là số âm.")
    total = sum(weights.values(), Decimal(0))
    if total != 1:
        yield Mistake(("weights",), f"Các trọng số cộng lại phải bằng 1, hiện là {total}.")


def jury_can_sit(jury: JuryRules, jury_size: int | None) -> Iterator[Mistake]:
    """Check the sizes of the jury and its panels, and the quorum."""
    sizes = {("jury_size",): jury_size, ("jury", "panel_size"): jury.panel_size}
    for path, size in sizes.items():
        if size is not None and size < 1:
            yield Mistake(path, "Số giám khảo phải lớn hơn 0.")
    if jury.odd and jury.panel_size is not None and jury.panel_size % 2 == 0:
        yield Mistake(("jury", "panel_size"), "Số giám khảo của mỗi tiểu ban phải là số lẻ.")
    if not 0 < jury.quorum.parts <= jury.quorum.of:
        yield Mistake(("jury", "quorum"), "Tỷ lệ phải lớn hơn 0 và không quá 1.")


def conflicts_are_looked_for_sensibly(conflicts: ConflictRules) -> Iterator[Mistake]:
    """Check for how long a former post counts."""
    if not 0 <= conflicts.former_years <= MOST_FORMER_YEARS:
        sentence = f"Số năm phải từ 0 đến {MOST_FORMER_YEARS}."
        yield Mistake(("conflicts", "former_years"), sentence)


def minutes_can_be_headed(minutes: MinutesRules) -> Iterator[Mistake]:
    """Check the symbol of minutes, which NĐ 30/2020/NĐ-CP, Phụ lục III, abbreviates BB."""
    if not re.fullmatch(r"BB-[^\W_]+(-[^\W_]+)*", minutes.symbol):
        sentence = "Ký hiệu biên bản bắt đầu bằng BB- và không có dấu cách, ví dụ BB-BTC."
        yield Mistake(("minutes", "symbol"), sentence)


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    rubrics_sum_to_their_scale,
    rounds_can_be_judged,
    final_score_is_rounded_sensibly,
    weights_are_of_rounds,
    weights_sum_to_one,
    jury_can_sit,
    conflicts_are_looked_for_sensibly,
    minutes_can_be_headed,
)
