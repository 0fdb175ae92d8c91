"""What is done about judges who stand far apart: measured two ways, answered four ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.rules import Divergence
from services.review.domain.panel import (
    CallOthers,
    LookAgain,
    Panel,
    Settled,
    Sheet,
    Waiting,
    furthest,
)
from tests.unit.review.builders import FIRST, marks

spreads = st.lists(st.integers(0, 100).map(Decimal), min_size=1, max_size=7)


def a_panel(rule: Divergence, *totals: object) -> Panel:
    sheets = {f"j-{n}": Sheet(f"j-{n}", 1, marks(total)) for n, total in enumerate(totals)}
    return Panel(replace(FIRST, divergence=rule), frozenset(sheets), sheets)


@pytest.mark.parametrize(
    ("measure", "apart", "spread"), [("range", {"j-0", "j-2"}, 40), ("median", {"j-2"}, 35)]
)
def test_who_stands_apart_depends_on_the_measure(measure, apart, spread):
    rule = Divergence(threshold=Decimal(20), measure=measure)

    _, verdict = a_panel(rule, 40, 45, 80).weigh()

    assert verdict == LookAgain(frozenset(apart), Decimal(spread))


def test_a_panel_that_discusses_is_asked_as_a_whole_and_may_keep_its_sheets():
    rule = Divergence(threshold=Decimal(20), then="discuss")

    panel, verdict = a_panel(rule, 40, 60, 80).weigh()
    kept, settled = panel.confirm()

    assert verdict == LookAgain(panel.judge_ids, Decimal(40))
    assert isinstance(settled, Settled)
    assert kept.awaited() == frozenset()
    assert settled.mean.total == Decimal(180)


def test_amendments_after_a_discussion_count_and_are_final():
    rule = Divergence(threshold=Decimal(20), then="discuss")
    panel, _ = a_panel(rule, 40, 60, 80).weigh()

    panel, sheet, verdict = panel.take("j-0", marks(45))
    panel, settled = panel.confirm()

    assert (sheet.version, verdict) == (2, Waiting(frozenset({"j-1", "j-2"})))
    assert settled.mean.total == Decimal(185)


@pytest.mark.parametrize("then", ["third_judge", "whole_panel"])
def test_others_are_called_once_and_every_sheet_counts(then):
    rule = Divergence(threshold=Decimal(20), then=then)

    panel, verdict = a_panel(rule, 40, 80).weigh()
    called = panel.call(["j-9"])
    _, _, settled = called.take("j-9", marks(70))

    assert verdict == CallOthers(everybody=then == "whole_panel", spread=Decimal(40))
    assert called.weigh()[1] == Waiting(frozenset({"j-9"}))
    assert settled.mean.total == Decimal(190)


def test_with_nobody_to_call_those_furthest_apart_look_again():
    rule = Divergence(threshold=Decimal(20), then="third_judge")

    panel = a_panel(rule, 40, 80).call([])
    panel, _, _ = panel.take("j-0", marks(41))
    _, _, verdict = panel.take("j-1", marks(90))

    assert panel.asked == {"j-0", "j-1"}
    assert isinstance(verdict, Settled)


@given(spreads, st.sampled_from(["range", "median"]))
def test_those_furthest_apart_are_never_nobody_and_order_does_not_matter(totals, measure):
    named = {f"j-{n}": total for n, total in enumerate(totals)}

    apart, spread = furthest(named, measure)

    assert apart
    assert spread >= 0
    assert furthest(dict(reversed(named.items())), measure) == (apart, spread)
    assert spread <= max(totals) - min(totals)


@given(
    spreads,
    st.sampled_from(["range", "median"]),
    st.sampled_from(["look_again", "discuss", "third_judge", "whole_panel"]),
    st.lists(st.integers(0, 100).map(Decimal), min_size=20, max_size=20),
)
def test_every_rule_comes_to_an_end_with_everybodys_newest_sheet(totals, measure, then, later):
    rule = Divergence(threshold=Decimal(10), measure=measure, then=then)
    panel, verdict = a_panel(rule, *totals).weigh()
    steps = iter(later)

    while not isinstance(verdict, Settled):
        if isinstance(verdict, CallOthers):
            panel = panel.call(["j-8", "j-9"])
        judge = min(panel.awaited())
        panel, _, verdict = panel.take(judge, marks(next(steps)))

    newest = panel.totals().values()
    assert verdict.mean.total == sum(newest)
    assert verdict.mean.count == len(newest) == len(panel.judge_ids)
