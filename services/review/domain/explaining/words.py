"""An explanation in Vietnamese, as an office reads it. Start with `told`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from contracts import review
from services.review.domain.explaining.cutting import cut_words

STANDINGS = {
    "COUNTED": "được tính",
    "SUPERSEDED": "không tính, vì giám khảo đã nộp phiếu mới hơn",
    "STOOD_DOWN": "không tính, vì giám khảo đã thôi chấm bài này",
}
MODES = {"half_up": "từ 5 trở lên thì tăng", "half_even": "đúng 5 thì về số chẵn"}
RANKED_BY = {"printed": "điểm đã làm tròn", "exact": "điểm chưa làm tròn"}
LINKS = {
    "total": "điểm trung bình",
    "highest": "điểm cao nhất của một giám khảo",
    "firsts": "số giám khảo chấm bài cao nhất trong các bài của mình",
}


def told(found: review.Explanation, timezone: str) -> tuple[str, ...]:
    """Say line by line why the entry is where it is."""
    lines = [f"Bài {found.code} “{found.title}”."]
    for one in found.rounds:
        lines += round_told(one, ZoneInfo(timezone))
    return tuple(lines)


def round_told(one: review.RoundExplained, zone: ZoneInfo) -> Iterator[str]:
    """Say how the entry came out of a round."""
    yield f"{one.name}, thang điểm {number(one.scale)}:"
    judges = list(dict.fromkeys(sheet.judge_id for sheet in one.sheets))
    for sheet in one.sheets:
        yield f"  - Giám khảo {judges.index(sheet.judge_id) + 1}, {sheet_told(sheet, one, zone)}"
    yield from (f"  {line}" for line in mean_told(one))
    ahead = one.rank - 1 - sum(equal.outcome == "AHEAD" for equal in one.equals)
    how = RANKED_BY[one.rounding.rank_by]
    place = f"hạng {one.rank} trong {one.entries} bài, {ahead} bài cao điểm hơn"
    yield f"  Xếp hạng theo {how}: {place}."
    links = {each.link: link_told(each.link, one) for each in one.values}
    own = {each.link: fraction(each.value) for each in one.values}
    yield from (f"  {equal_told(equal, links, own)}" for equal in one.equals)
    for vote in one.votes:
        order = ", ".join(vote.order)
        yield f"  Hội đồng biểu quyết, biên bản số {vote.minutes}: {order}. Lý do: {vote.reason}"
    if one.cut is not None:
        yield from (f"  {line}" for line in cut_words(one.cut, number))


def sheet_told(sheet: review.SheetFacts, one: review.RoundExplained, zone: ZoneInfo) -> str:
    """Say what a sheet has and whether it counts."""
    marks = "; ".join(
        f"{line.name} {number(sheet.marks[line.code])}"
        + ("" if line.weight == 1 else f" (hệ số {number(line.weight)})")
        for line in one.rubric
        if line.code in sheet.marks
    )
    corrected = ""
    if one.corrected:
        corrected = f", hiệu chỉnh {number(-sheet.severity)} còn {number(sheet.counted)}"
    when = day(sheet.given_at, zone)
    total = f"tổng {number(sheet.total)}{corrected}"
    return f"phiếu lần {sheet.version}, ngày {when}: {marks}; {total}: {standing(sheet, one)}."


def standing(sheet: review.SheetFacts, one: review.RoundExplained) -> str:
    """Say whether a sheet counts, and why it does not."""
    if sheet.standing in STANDINGS:
        return STANDINGS[sheet.standing]
    cut = sum(each.standing == sheet.standing for each in one.sheets)
    which = "cao nhất" if sheet.standing == "TRIMMED_HIGH" else "thấp nhất"
    return f"không tính vào trung bình, vì thể lệ bỏ {cut} phiếu {which}"


def mean_told(one: review.RoundExplained) -> Iterator[str]:
    """Say how the score came of the sheets."""
    counted = [sheet.counted for sheet in one.sheets if sheet.standing == "COUNTED"]
    summed = " + ".join(number(each) for each in counted)
    places = one.rounding.places
    yield (
        f"Điểm trung bình: ({summed}) : {len(counted)} = {fraction(one.exact)};"
        f" làm tròn một lần đến {places} chữ số thập phân, {MODES[one.rounding.mode]}:"
        f" {number(one.score)}."
    )
    means = "; ".join(
        f"{line.name} {fraction(str(Fraction(line.mean.total) / line.mean.count))}"
        for line in one.rubric
    )
    yield f"Trung bình từng tiêu chí: {means}."


def equal_told(equal: review.Equal, links: Mapping[str, str], own: Mapping[str, str]) -> str:
    """Say how an equal was parted from the entry, or that nothing parted them.

    `links` names the links of the chain, `own` says what the entry has at each.
    """
    if equal.by is None:
        return f"Bằng điểm với bài {equal.code}, không có gì phân định: đồng hạng."
    place = "xếp trên" if equal.outcome == "BEHIND" else "xếp dưới"
    if equal.by not in own:
        return f"Bằng điểm với bài {equal.code}; theo biểu quyết của Hội đồng, bài này {place}."
    other = fraction(next(each.value for each in equal.values if each.link == equal.by))
    compared = f"{links[equal.by]}: bài này {own[equal.by]}, bài kia {other}"
    return f"Bằng điểm với bài {equal.code}; xét {compared}, nên bài này {place}."


def link_told(link: str, one: review.RoundExplained) -> str:
    """Name a link of the chain."""
    round_id, _, what = link.partition(".")
    names = {line.code: f"điểm trung bình tiêu chí “{line.name}”" for line in one.rubric}
    name = LINKS.get(what) or names.get(what, what)
    return name if round_id == one.round_id else f"{name} của vòng {round_id}"


@lru_cache(maxsize=1 << 14)  # entries with the same score name one another's values
def fraction(exact: str) -> str:
    """Write an exact number: as a decimal if it ends, else as a fraction and about how much."""
    value = Fraction(exact)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    about = number(round(Decimal(value.numerator) / Decimal(value.denominator), 4))
    if rest == 1:
        return number(Decimal(value.numerator) / Decimal(value.denominator))
    return f"{value.numerator}/{value.denominator} (khoảng {about})"


def number(value: Decimal) -> str:
    """Write a number with the decimal comma."""
    return f"{value:f}".replace(".", ",").replace("-", "−")


def day(at: datetime, zone: ZoneInfo) -> str:
    """Write a day as it is there."""
    return f"{at.astimezone(zone):%d/%m/%Y}"
