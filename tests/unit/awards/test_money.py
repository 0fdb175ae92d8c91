"""Money due, split, recalled and come back; figures of the law by date."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.awards.domain import money
from services.awards.domain.figures import NoFigure, as_of
from services.awards.domain.money import Entered, MoreThanOwed, Terms
from services.awards.domain.prizes import Line
from services.awards.law import load_law
from tests.unit.awards.builders import a_prize, some_rules

LAW = load_law()
NOW = datetime(2022, 11, 8, 2, tzinfo=UTC)
RULES = some_rules(
    prizes=(
        a_prize("NHAT", 1, 85, money_vnd=30_000_000, group_money_vnd=40_000_000),
        a_prize("KHUYEN_KHICH", 4, 65, ("GD_SNV", "GIAY_KHEN")),
    )
)
FIRST = Line("e-1", "NHAT", Decimal(90), 1)
LAST = Line("e-2", "KHUYEN_KHICH", Decimal(70), 2)


def amounts(line, day, kind="INDIVIDUAL"):
    terms = Terms(RULES, LAW, day, NOW)
    return {one.ledger: one.vnd for one in money.due((line,), terms, {line.entry_id: kind})}


@pytest.mark.parametrize(
    ("day", "line", "kind", "expected"),
    [
        (date(2022, 11, 8), FIRST, "INDIVIDUAL", {"CONTEST": 30_000_000, "BONUS": 1_490_000}),
        (date(2022, 11, 8), FIRST, "COLLECTIVE", {"CONTEST": 40_000_000, "BONUS": 2_980_000}),
        (date(2022, 11, 8), LAST, "INDIVIDUAL", {"BONUS": 447_000}),
        (date(2023, 6, 30), LAST, "INDIVIDUAL", {"BONUS": 447_000}),
        (date(2023, 7, 1), LAST, "INDIVIDUAL", {"BONUS": 540_000}),
        (date(2024, 6, 30), FIRST, "INDIVIDUAL", {"CONTEST": 30_000_000, "BONUS": 2_700_000}),
        (date(2024, 7, 1), FIRST, "COLLECTIVE", {"CONTEST": 40_000_000, "BONUS": 7_020_000}),
    ],
)
def test_the_law_of_the_decisions_day_sets_the_bonus(day, line, kind, expected):
    assert amounts(line, day, kind) == expected


def test_before_the_first_figure_nothing_is_reckoned():
    with pytest.raises(NoFigure, match="01/01/1990"):
        as_of(LAW.base_salaries, date(1990, 1, 1))


def test_tax_is_on_what_is_above_the_free_amount():
    rule = as_of(LAW.taxes, date(2022, 11, 8))

    assert [money.tax_on(vnd, rule) for vnd in (10_000_000, 10_000_009, 30_000_000)] == [
        0, 0, 2_000_000,
    ]  # fmt: skip


@given(st.integers(0, 10**9), st.integers(1, 5), st.integers(2, 9))
def test_shares_of_a_prize_never_add_up_to_more_than_it(vnd, parts, of):
    prize = a_prize("NHAT", 5, 85, money_vnd=vnd)
    line = Line("e", "NHAT", Decimal(90), 1, min(parts, of), of)

    each = money.contest_money(prize, line, is_group=False)

    assert 0 <= vnd * min(parts, of) - each * of < of


@given(st.integers(1, 4), st.integers(1, 4))
def test_a_revision_that_shares_a_prize_otherwise_leaves_the_prize_to_be_paid_once(had, have):
    before, after = shared_by(had), shared_by(have)
    terms, kinds = Terms(RULES, LAW, NOW.date(), NOW), {}
    ledger = list(money.due(before, terms, kinds))
    gone = [line for line in before if line.entry_id not in {one.entry_id for one in after}]
    new = [line for line in after if line.entry_id not in {one.entry_id for one in before}]

    for line in gone:
        ledger += money.recall(ledger, line.entry_id, "05/QĐ-UBND", NOW)
    for line in money.reshared(before, after):
        ledger += money.recall(ledger, line.entry_id, "05/QĐ-UBND", NOW, ("CONTEST",))
    ledger += money.due(new, terms, kinds)
    ledger += money.due_anew(money.reshared(before, after), terms, kinds)

    assert money.outstanding(ledger, "CONTEST") == 30_000_000 // have * have
    assert money.outstanding(ledger, "BONUS") == 1_490_000 * have


def shared_by(number):
    """Return the lines of so many equals who share the first prize."""
    return tuple(Line(f"e-{n}", "NHAT", Decimal(90), 1, 1, number) for n in range(number))


@given(st.lists(st.integers(-5, 15), max_size=8))
def test_no_more_comes_back_than_was_recalled(tries):
    ledger = [Entered("CONTEST", "DUE", "e", "NHAT", 20, "", NOW)]
    ledger += money.recall(ledger, "e", "05/QĐ-UBND", NOW)
    came = 0

    for vnd in tries:
        one = Entered("CONTEST", "RECOVERED", "e", "NHAT", vnd, "PT", NOW)
        if 0 < vnd <= 20 - came:
            ledger.append(money.recover(ledger, one))
            came += vnd
        else:
            with pytest.raises(MoreThanOwed):
                money.recover(ledger, one)

    assert money.left(ledger, "e", "CONTEST") == money.to_recover(ledger) == 20 - came
    assert money.recall(ledger, "e", "06/QĐ-UBND", NOW) == []
