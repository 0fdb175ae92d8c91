"""Bars say what they count, and no longer than they should."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.portal.charts import HEIGHT, LABEL, MOST_DAYS, NUMBER, WIDTH, columns, rows

COUNTS = st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10_000)), max_size=20)
DAYS = st.dictionaries(st.dates(date(2022, 1, 1), date(2023, 1, 1)), st.integers(1, 500))


@given(COUNTS)
def test_bars_keep_order_and_number_and_stay_in_the_drawing(counts):
    chart = rows(counts)

    assert [(bar.label, bar.count) for bar in chart.bars] == counts
    assert all(0 <= bar.width <= WIDTH - LABEL - NUMBER for bar in chart.bars)
    assert all(bar.y + bar.height <= chart.height for bar in chart.bars)
    assert all(len(bar.short) <= 34 for bar in chart.bars)


@given(DAYS)
def test_days_follow_one_another_without_a_gap(days):
    chart = columns(list(days.items()))

    shown = [bar.label for bar in chart.bars]
    assert len(shown) == len(set(shown)) <= MOST_DAYS
    assert all(0 <= bar.height <= HEIGHT for bar in chart.bars)
    recent = sum(n for day, n in days.items() if not days or (max(days) - day).days < MOST_DAYS)
    assert sum(bar.count for bar in chart.bars) == recent
