"""The formal check of a dossier."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.checklist import (
    Answer,
    CheckNotMet,
    Findings,
    Line,
    NotAllChecked,
    UnknownCheck,
    check_complete,
    checklist,
    line_of,
)
from services.intake.rules import check

RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
REQUIRED = RULES.dossier.required
CODES = [paper.code for paper in REQUIRED]
NOON = datetime(2022, 7, 1, 5, tzinfo=UTC)
FINE = Findings(
    asked=REQUIRED,
    missing=(),
    pages={"BAN_THUYET_MINH": 15},
    shares=Decimal(100),
    is_unit_known=True,
    is_in_time=True,
    rule="Nhận trước 24:00 15/08/2022.",
    is_excluded=False,
)
MANUAL = [f"CHECK.{item.code}" for item in RULES.dossier.checklist]


def said(item: str, *, ok: bool = True, note: str = "") -> Answer:
    return Answer(item, ok, note, "c-1", NOON)


ALL_SAID = [said(item) for item in MANUAL]


def states(found: Findings, answers=()) -> dict[str, str]:
    return {line.item: line.state for line in checklist(RULES, found, answers)}


def wrong(found: Findings) -> list[tuple[str, str]]:
    lines = checklist(RULES, found, ALL_SAID)
    return [(line.item, line.detail) for line in lines if line.state != "OK"]


def test_what_is_computed_and_fine_needs_no_answer_and_the_rest_does():
    assert states(FINE) == {
        "PAPER.PHIEU_DANG_KY": "OK",
        "PAPER.BAN_THUYET_MINH": "OK",
        "PAPER.BAN_CAM_KET": "OK",
        "PAGES.BAN_THUYET_MINH": "OK",
        "DECLARATIONS": "OK",
        "SHARES": "OK",
        "UNIT": "OK",
        "IN_TIME": "OK",
        "ELIGIBILITY": "OK",
        "CHECK.DUNG_LINH_VUC": "OPEN",
        "CHECK.DU_NOI_DUNG": "OPEN",
    }


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        ({"missing": ("BAN_THUYET_MINH",)}, [("PAPER.BAN_THUYET_MINH", "Còn thiếu.")]),
        (
            {"missing": ("BAN_CAM_KET",)},
            [("PAPER.BAN_CAM_KET", "Còn thiếu."), ("DECLARATIONS", "")],
        ),
        ({"pages": {"BAN_THUYET_MINH": 16}}, [("PAGES.BAN_THUYET_MINH", "16 trang.")]),
        ({"shares": Decimal("99.5")}, [("SHARES", "Cộng lại là 99,5%.")]),
        ({"is_unit_known": False}, [("UNIT", "")]),
        ({"is_in_time": False, "rule": "Hạn nộp là…"}, [("IN_TIME", "Hạn nộp là…")]),
        ({"is_excluded": True}, [("ELIGIBILITY", RULES.entrants.excluded_rule)]),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_what_the_rules_ask_and_the_dossier_lacks_is_said(found, lines):
    assert wrong(replace(FINE, **found)) == lines


def test_length_that_nobody_knows_is_not_on_the_list():
    assert "PAGES.BAN_THUYET_MINH" not in states(replace(FINE, pages={}))


def test_newest_answer_counts():
    first, second = said(MANUAL[0], ok=False, note="Chưa rõ"), said(MANUAL[0])

    assert states(FINE, [first, second])[MANUAL[0]] == "OK"
    assert states(FINE, [second, first])[MANUAL[0]] == "NOT_OK"


def test_clerk_may_contradict_what_was_computed_to_be_there():
    blank = said("PAPER.BAN_THUYET_MINH", ok=False, note="Tệp trắng")

    assert states(FINE, [blank])["PAPER.BAN_THUYET_MINH"] == "NOT_OK"


def test_what_is_missing_is_not_talked_into_being_there():
    line = line_of(checklist(RULES, replace(FINE, missing=("BAN_CAM_KET",)), ()), "DECLARATIONS")

    with pytest.raises(CheckNotMet, match="Đã cam kết đủ"):
        line.check_answer(ok=True)
    line.check_answer(ok=False)


def test_incomplete_check_names_what_is_open():
    with pytest.raises(NotAllChecked, match="Nội dung thuyết minh thuộc lĩnh vực đã đăng ký; Bản"):
        check_complete(checklist(RULES, FINE, ()))

    check_complete(checklist(RULES, FINE, ALL_SAID))


def test_line_that_is_not_on_the_list_is_unknown():
    with pytest.raises(UnknownCheck, match=r"CHECK\.KHAC"):
        line_of(checklist(RULES, FINE, ()), "CHECK.KHAC")


findings = st.builds(
    Findings,
    asked=st.just(REQUIRED),
    missing=st.sets(st.sampled_from(CODES)).map(tuple),
    pages=st.dictionaries(st.sampled_from(CODES), st.integers(1, 40)),
    shares=st.decimals(0, 200, places=2),
    is_unit_known=st.booleans(),
    is_in_time=st.booleans(),
    rule=st.just(""),
    is_excluded=st.booleans(),
)
answers = st.lists(st.builds(said, st.sampled_from([*MANUAL, "UNIT"]), ok=st.booleans()))


@given(findings, answers)
def test_dossier_is_accepted_only_if_every_line_is_right(found, given_answers):
    lines = checklist(RULES, found, given_answers)

    is_right = all(line.state == "OK" for line in lines)
    try:
        check_complete(lines)
    except NotAllChecked:
        assert not is_right
    else:
        assert is_right


@given(findings, answers)
def test_no_answer_makes_right_what_was_computed_to_be_wrong(found, given_answers):
    lines = checklist(RULES, found, given_answers)

    assert all(line.state == "NOT_OK" for line in lines if line.met is False)


@given(findings)
def test_every_line_is_on_the_list_once(found):
    items = [line.item for line in checklist(RULES, found, ())]

    assert len(set(items)) == len(items)
    assert all(isinstance(line, Line) for line in checklist(RULES, found, ()))
