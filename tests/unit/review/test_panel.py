"""What a panel decides, from one example to every order of sheets."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.aggregation import Mean
from services.review.domain.panel import (
    LookAgain,
    NotYourEntry,
    Panel,
    Settled,
    SheetAlreadyGiven,
    Waiting,
)
from services.review.domain.sheets import (
    MarkOffStep,
    MarkOutOfScale,
    SheetIncomplete,
    UnknownCriterion,
)
from tests.unit.review.builders import FIRST, LAST, marks

halves = st.integers(0, 80).map(lambda steps: Decimal(steps) / 2)
any_sheet = st.fixed_dictionaries(
    {"TINH_MOI": st.integers(0, 120).map(lambda steps: Decimal(steps) / 2), "HIEU_QUA": halves}
)
any_sheets = st.lists(any_sheet, min_size=1, max_size=7)


def a_panel(*judges: str) -> Panel:
    return Panel(FIRST, frozenset(judges), {})


def hearing(panel: Panel, **totals):
    """Let the named judges hand in sheets in turn."""
    verdict = panel.verdict()
    for judge, total in totals.items():
        panel, _, verdict = panel.take(judge, marks(total))
    return panel, verdict


def test_panel_waits_for_all_its_judges():
    _, verdict = hearing(a_panel("an", "bo", "cy"), an=70, bo=72)

    assert verdict == Waiting(frozenset({"cy"}))


def test_agreeing_panel_settles_on_exact_means():
    _, verdict = hearing(a_panel("an", "bo", "cy"), an=70, bo=72, cy=80.5)

    assert verdict == Settled(
        Mean(Decimal("222.5"), 3),
        {"TINH_MOI": Mean(Decimal(180), 3), "HIEU_QUA": Mean(Decimal("42.5"), 3)},
    )
    assert verdict.mean.exact == Fraction(445, 6)


def test_judges_at_both_ends_of_too_wide_a_spread_look_again():
    panel, verdict = hearing(a_panel("an", "bo", "cy"), an=62, bo=84, cy=70)

    assert verdict == LookAgain(frozenset({"an", "bo"}), Decimal(22))
    assert panel.awaited() == {"an", "bo"}


def test_all_who_share_an_end_look_again():
    _, verdict = hearing(a_panel("an", "bo", "cy"), an=62, bo=84, cy=84)

    assert verdict == LookAgain(frozenset({"an", "bo", "cy"}), Decimal(22))


def test_spread_of_exactly_the_threshold_is_no_divergence():
    _, verdict = hearing(a_panel("an", "bo"), an=60, bo=75)

    assert verdict == Settled(
        Mean(Decimal(135), 2),
        {"TINH_MOI": Mean(Decimal(120), 2), "HIEU_QUA": Mean(Decimal(15), 2)},
    )


def test_second_look_stands_however_far_it_strays():
    panel, _ = hearing(a_panel("an", "bo", "cy"), an=62, bo=84, cy=70)

    panel, verdict = hearing(panel, an=50, bo=95)

    assert isinstance(verdict, Settled)
    assert verdict.mean == Mean(Decimal(215), 3)
    assert panel.given() == 5


def test_judge_left_at_an_end_by_others_second_looks_is_asked_too():
    panel, _ = hearing(a_panel("an", "bo", "cy"), an=60, bo=70, cy=80)

    panel, verdict = hearing(panel, an=90, cy=88)

    assert verdict == LookAgain(frozenset({"bo"}), Decimal(20))


def test_second_sheet_without_being_asked_is_refused():
    panel, _ = hearing(a_panel("an", "bo"), an=70)

    with pytest.raises(SheetAlreadyGiven, match="only while a second look is asked for"):
        panel.take("an", marks(71))


def test_third_sheet_is_refused():
    panel, _ = hearing(a_panel("an", "bo"), an=50, bo=90)
    panel, _ = hearing(panel, an=55)

    with pytest.raises(SheetAlreadyGiven):
        panel.take("an", marks(60))


def test_second_sheet_is_a_new_version():
    panel, _ = hearing(a_panel("an", "bo"), an=50, bo=90)

    panel, sheet, _ = panel.take("an", marks(60))

    assert (sheet.version, panel.totals()["an"]) == (2, Decimal(60))


def test_judge_of_another_entry_is_refused():
    with pytest.raises(NotYourEntry):
        a_panel("an").take("di", marks(50))


@pytest.mark.parametrize("value", ["-0.5", "60.5", "NaN", "Infinity", "-Infinity"])
def test_mark_off_the_scale_is_refused(value):
    with pytest.raises(MarkOutOfScale, match="“Tính mới” takes marks from 0 to 60"):
        a_panel("an").take("an", {"TINH_MOI": Decimal(value), "HIEU_QUA": Decimal(1)})


@pytest.mark.parametrize("value", ["0.25", "1.1", "1E-900"])
def test_mark_between_two_steps_is_refused(value):
    with pytest.raises(MarkOffStep, match=r"in steps of 0\.5"):
        a_panel("an").take("an", {"TINH_MOI": Decimal(value), "HIEU_QUA": Decimal(1)})


def test_sheet_with_a_gap_is_refused():
    with pytest.raises(SheetIncomplete, match="HIEU_QUA"):
        a_panel("an").take("an", {"TINH_MOI": Decimal(1)})


def test_sheet_with_a_criterion_of_its_own_is_refused():
    with pytest.raises(UnknownCriterion, match="DEP"):
        a_panel("an").take("an", {**marks(70), "DEP": Decimal(1)})


def test_judge_who_stands_down_takes_the_sheet_along():
    panel, _ = hearing(a_panel("an", "bo", "cy"), an=62, bo=84, cy=70)

    panel = panel.replace_judge("an", None)

    assert panel.weigh()[1] == Waiting(frozenset({"bo"}))
    assert panel.sheets.keys() == {"bo", "cy"}


def test_substitute_is_awaited():
    panel, _ = hearing(a_panel("an", "bo"), an=70, bo=72)

    panel = panel.replace_judge("an", "cy")

    assert panel.verdict() == Waiting(frozenset({"cy"}))


@given(any_sheets, st.randoms())
def test_order_of_sheets_does_not_matter(sheets, random):
    given_sheets = [(f"j-{number}", sheet) for number, sheet in enumerate(sheets)]
    shuffled = random.sample(given_sheets, k=len(given_sheets))

    assert after(given_sheets) == after(shuffled)


def after(given_sheets):
    """Return where a panel ends when these sheets are handed in."""
    panel = a_panel(*(judge for judge, _ in given_sheets))
    verdict = panel.verdict()
    for judge, sheet in given_sheets:
        panel, _, verdict = panel.take(judge, sheet)
    return panel, verdict


@given(any_sheets, st.data())
def test_every_panel_settles_once_the_asked_have_looked_again(sheets, data):
    panel, verdict = after([(f"j-{number}", sheet) for number, sheet in enumerate(sheets)])
    versions = dict.fromkeys(panel.judge_ids, 1)

    while awaited := panel.awaited():
        judge = data.draw(st.sampled_from(sorted(awaited)))
        versions[judge] += 1
        panel, _, verdict = panel.take(judge, data.draw(any_sheet))

    totals = panel.totals().values()
    assert isinstance(verdict, Settled)
    assert set(versions.values()) <= {1, 2}
    assert verdict.mean == Mean(sum(totals), len(totals))
    assert sum(one.total for one in verdict.criteria.values()) == verdict.mean.total


@given(any_sheets)
def test_without_a_divergence_rule_nobody_looks_again(sheets):
    judges = frozenset(f"j-{number}" for number in range(len(sheets)))
    panel = Panel(LAST, judges, {})
    verdict = panel.verdict()

    for number, sheet in enumerate(sheets):
        panel, _, verdict = panel.take(f"j-{number}", sheet)

    assert isinstance(verdict, Settled)
