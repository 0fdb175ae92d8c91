"""Rules on results that contradict one another are told by their place, in a sentence."""

from pathlib import Path

import pytest

from services.intake.rules import check

SOURCE = Path("contests/hau-giang-2022.yaml").read_text()
ADVANCE = 'advance: {min_score: "70", max_count: 16, at_cutoff: include_ties}'
ROUNDING = "    rounding: {places: 2, mode: half_up}  # [D] làm tròn một lần"
FIRST = "rounds.SO_KHAO"


def wrong(old: str, new: str) -> list[tuple[str, str]]:
    assert old in SOURCE
    return [(one.path, one.sentence) for one in check(SOURCE.replace(old, new)).mistakes]


def with_key(line: str) -> str:
    """Return the shipped file with one more key in its first round."""
    return SOURCE.replace(ROUNDING, f"    {line}\n{ROUNDING}")


@pytest.mark.parametrize(
    ("line", "path", "says"),
    [
        ("aggregate: {method: mean, drop: 1}", "aggregate.method", "trimmed_mean"),
        ("aggregate: {method: trimmed_mean, from_sheets: 3}", "aggregate", "Ghi drop"),
        (
            'aggregate: {method: trimmed_mean, drop: 1, drop_share: "0.1", from_sheets: 3}',
            "aggregate.drop_share",
            "một trong hai",
        ),
        (
            'aggregate: {method: trimmed_mean, drop_share: "0.5", from_sheets: 3}',
            "aggregate.drop_share",
            "nhỏ hơn",
        ),
        (
            "aggregate: {method: trimmed_mean, drop: 2, from_sheets: 3}",
            "aggregate.drop",
            "không còn phiếu nào",
        ),
        (
            "aggregate: {method: trimmed_mean, drop: 1, from_sheets: 5}",
            "aggregate.from_sheets",
            "không bao giờ bỏ",
        ),
        (
            "aggregate: {method: trimmed_mean, drop: 1, from_sheets: 0}",
            "aggregate.from_sheets",
            "từ 1 phiếu",
        ),
        ("tie_break: [SO_KHAO.DEP]", "tie_break.0", "Không có “SO_KHAO.DEP”"),
        ("tie_break: [BAO_VE.total]", "tie_break.0", "Không có “BAO_VE.total”"),
        ("tie_break: [SO_KHAO.total, SO_KHAO.total]", "tie_break.1", "đã ghi ở trên"),
        ("tie_break: [council_vote]", "tie_break", "at_cutoff là council_vote"),
        ("calibration: {min_sheets_per_judge: 1}", "calibration.min_sheets_per_judge", "từ 2"),
        ("calibration: {min_sheets_per_entry: 1}", "calibration.min_sheets_per_entry", "từ 2"),
        (
            "calibration: {counts: true, min_sheets_per_entry: 4}",
            "calibration.min_sheets_per_entry",
            "không bao giờ hiệu chỉnh",
        ),
        ("calibration: {places: 7}", "calibration.places", "từ 0 đến 6"),
        (
            "slot: {present_minutes: 0, question_minutes: 5, warn_minutes: 0}",
            "slot.present_minutes",
            "từ 1 đến 240",
        ),
        (
            "slot: {present_minutes: 10, question_minutes: 241}",
            "slot.question_minutes",
            "từ 0 đến 240",
        ),
        (
            "slot: {present_minutes: 10, question_minutes: 5, changeover_minutes: -1}",
            "slot.changeover_minutes",
            "từ 0 đến 240",
        ),
        (
            "slot: {present_minutes: 10, question_minutes: 5, warn_minutes: 11}",
            "slot.warn_minutes",
            "đến số phút trình bày",
        ),
        ('calibration: {confidence: "1"}', "calibration.confidence", "nhỏ hơn 1"),
    ],
)
def test_what_cannot_be_meant_is_told_where_it_stands(line, path, says):
    text = with_key(line)

    (found,) = check(text).mistakes

    assert (found.path, says in found.sentence) == (f"{FIRST}.{path}", True), found.sentence
    assert found.line == 1 + text.splitlines().index(f"    {line}")


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        ("max_count: 16", "max_count: 7", f"{FIRST}.advance.max_count", "có 8 giải"),
        ("max_count: 16", 'max_share: "0"', f"{FIRST}.advance.max_share", "lớn hơn 0"),
        ("max_count: 16", "max_count: 16, per: class", f"{FIRST}.advance.per", "bảng thi"),
        (
            "slot: {present_minutes",
            "advance: {max_count: 9}\n    slot: {present_minutes",
            "rounds.BAO_VE.advance",
            "Vòng cuối",
        ),
        (
            'name: Khả năng áp dụng trong thực tiễn, max: "20"',
            'name: Khả năng áp dụng trong thực tiễn, max: "20", weight: "2"',
            f"{FIRST}.rubric",
            "cộng lại được 120",
        ),
        ("weights: {SO", 'final_scale: "0"\nweights: {SO', "final_scale", "lớn hơn 0"),
    ],
)
def test_contradictions_are_told(old, new, path, says):
    (found,) = wrong(old, new)

    assert (found[0], says in found[1]) == (path, True), found[1]


def test_rounds_of_different_scales_need_a_final_scale():
    doubled = SOURCE.replace('max: "40"}', 'max: "40", weight: "3.5"}')
    doubled = doubled.replace(
        '# Không ghi judges_per_entry: toàn bộ Ban Giám khảo chấm. [D]\n    scale: "100"',
        'scale: "200"',
    )

    (found,) = check(doubled).mistakes

    assert (found.path, "100, 200" in found.sentence) == ("weights", True)
    assert check(doubled.replace("\nweights:", '\nfinal_scale: "100"\nweights:')).mistakes == ()


@pytest.mark.parametrize(
    "line",
    [
        'aggregate: {method: trimmed_mean, drop_share: "0.34", from_sheets: 3}',
        "aggregate: {method: trimmed_mean, drop: 1, from_sheets: 3}",
        "tie_break: [SO_KHAO.TINH_MOI, SO_KHAO.highest, SO_KHAO.firsts]",
        "calibration: {counts: true, min_sheets_per_judge: 10}",
    ],
)
def test_what_can_be_meant_is_taken(line):
    assert check(with_key(line)).mistakes == ()


@pytest.mark.parametrize(
    "rule",
    [
        'advance: {max_share: "0.3"}',
        'advance: {min_score: "75"}',
        "advance: {max_count: 3, per: area, at_cutoff: exclude_ties}",
        "advance: {max_count: 16, at_cutoff: council_vote}",
    ],
)
def test_every_way_to_cut_off_is_taken(rule):
    assert check(SOURCE.replace(ADVANCE, rule)).mistakes == ()


PRIZE = 'commendation: BANG_KHEN, authority: CT_UBND, min_score: "85"}'


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        (PRIZE, PRIZE[:-1] + ", side_by: SO_KHAO.DEP}", "prizes.NHAT.side_by", "council"),
        (PRIZE, PRIZE[:-1] + ", money_vnd: -1}", "prizes.NHAT.money_vnd", "số âm"),
        (
            "  per_author: every",
            "  after_share: fewer",
            "awarding.after_share",
            "không có tác dụng",
        ),
        ("{days: 5, unit", "{days: 0, unit", "petitions.days", "từ 1 ngày"),
        ("{days: 5, unit", "{days: 5, judges: 0, unit", "petitions.judges", "từ 1"),
        ("[code, title, authors", "[code, authors", "publishing.fields", "phải có: title"),
        ("[code, title, authors", "[code, title, title", "publishing.fields", "một lần"),
    ],
)
def test_awarding_that_cannot_be_is_told_by_its_place(old, new, path, says):
    first = wrong(old, new)[0]

    assert first[0] == path
    assert says in first[1]


def test_nothing_but_the_known_fields_can_be_published():
    (mistake,) = wrong("[code, title, authors", "[phone, title, authors")

    assert mistake[0].startswith("publishing.fields")
