"""What is said of prize lines: whose they are, and what money the rules give for them."""

from decimal import Decimal

from services.awards import store
from services.awards.domain.prizes import Line
from services.awards.service.saying import described
from tests.unit.awards.builders import a_prize, some_rules

RULES = some_rules(
    prizes=(
        a_prize("NHAT", 1, 85, money_vnd=20_000_000, group_money_vnd=30_000_000),
        a_prize("BA", 2, 75, money_vnd=5_000_000, shared="split"),
    )
)


def entry(entry_id, kind):
    return store.EntryRow(
        entry_id=entry_id, title=f"Sáng kiến {entry_id}", author_ids=["p-1"], kind=kind
    )


def money_of(line, kind):
    (said,) = described((line,), {line.entry_id: entry(line.entry_id, kind)}, RULES)
    return said.money_vnd


def test_a_line_says_the_money_of_its_prize_for_one_or_for_a_group():
    first = Line("e-1", "NHAT", Decimal(90), 1)
    third = Line("e-1", "BA", Decimal(76), 3)

    found = [
        money_of(line, kind) for line in (first, third) for kind in ("INDIVIDUAL", "COLLECTIVE")
    ]

    assert found == [20_000_000, 30_000_000, 5_000_000, 5_000_000]


def test_a_prize_that_is_shared_is_rounded_down():
    assert money_of(Line("e-1", "BA", Decimal(76), 3, 2, 3), "INDIVIDUAL") == 3_333_333
