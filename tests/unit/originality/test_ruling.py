"""Which report counts, and what a person may rule on it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.domain import (
    AlreadyRuled,
    CodeRepeated,
    Filed,
    InitiativeEmpty,
    Level,
    NothingToRule,
    ReasonMissing,
    ReportSuperseded,
    Ruling,
    check_initiatives,
    rule,
)

REPORT = Filed(
    report_id="r-1",
    version=1,
    level=Level.REVIEW,
    share=Decimal("0.4"),
    sources=frozenset({"e-1"}),
    content="as found first",
)
RULED = replace(REPORT, ruling=Ruling.ORIGINAL)
NEWER = replace(REPORT, report_id="r-2", content="as found later")


def test_reason_is_written_down_without_blanks_around_it():
    assert rule(REPORT, REPORT, " Trùng tên, khác giải pháp.\n") == "Trùng tên, khác giải pháp."


@pytest.mark.parametrize("level", [Level.REVIEW, Level.UNREADABLE])
def test_report_that_needs_a_person_is_ruled_on(level):
    report = replace(REPORT, level=level)

    assert rule(report, report, "Đã đối chiếu bản giấy") == "Đã đối chiếu bản giấy"


def test_older_report_is_not_ruled_on():
    with pytest.raises(ReportSuperseded, match="newer report"):
        rule(REPORT, NEWER, "Trùng")


def test_report_is_ruled_on_once():
    with pytest.raises(AlreadyRuled, match="r-1 is ruled on already: ORIGINAL"):
        rule(RULED, RULED, "Trùng")


def test_clear_report_needs_no_ruling():
    clear = replace(REPORT, level=Level.CLEAR)

    with pytest.raises(NothingToRule):
        rule(clear, clear, "Trùng")


def test_ruling_without_a_reason_is_refused():
    with pytest.raises(ReasonMissing):
        rule(REPORT, REPORT, " \n")


def test_report_that_finds_the_same_does_not_replace_the_old_one():
    assert not REPORT.gives_way_to(replace(NEWER, content=REPORT.content))


def test_report_that_finds_something_else_replaces_one_without_a_ruling():
    assert REPORT.gives_way_to(replace(NEWER, sources=frozenset(), share=Decimal(0)))


@pytest.mark.parametrize("trick", ["HIDDEN_TEXT", "IMAGE_OF_TEXT", "TEXT_LAYER_DIFFERS"])
def test_ruling_falls_before_a_trick_that_came_to_light_afterwards(trick):
    seen = replace(RULED, flags=frozenset({"SCANNED", "NOT_LOOKED_AT"}))

    assert seen.gives_way_to(replace(NEWER, flags=frozenset({trick})))
    assert not replace(seen, flags=frozenset({trick})).gives_way_to(
        replace(NEWER, flags=frozenset({trick, "SCANNED"}))
    )


def test_ruling_falls_before_a_source_it_has_not_seen():
    assert RULED.gives_way_to(replace(NEWER, sources=frozenset({"e-1", "e-0"})))


def test_ruling_stands_when_a_source_goes():
    assert not RULED.gives_way_to(replace(NEWER, sources=frozenset(), share=Decimal(0)))


def test_new_version_of_the_entry_has_a_report_of_its_own():
    assert RULED.gives_way_to(replace(RULED, version=2))


@given(
    st.sampled_from([None, *Ruling]),
    st.frozensets(st.sampled_from(["e-1", "e-2"])),
    st.decimals(0, 1, places=2),
)
def test_no_report_gives_way_to_itself(ruling, sources, share):
    report = replace(REPORT, ruling=ruling, sources=sources, share=share)

    assert not report.gives_way_to(report)


def test_initiative_without_a_text_is_refused():
    with pytest.raises(InitiativeEmpty, match="SK-1"):
        check_initiatives([("SK-1", " ")])


def test_code_may_not_occur_twice_in_an_import():
    with pytest.raises(CodeRepeated, match="SK-1"):
        check_initiatives([("SK-1", "một"), ("SK-1", "hai")])
