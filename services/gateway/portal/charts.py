"""Counts as bars: where each bar stands in a drawing, so that a template only writes it down.

Every chart stands beside a table of the same numbers; see `templates/charts.html`. Units are
those of the drawing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ROW, LABEL, WIDTH, NUMBER = 30, 260, 720, 60
HEIGHT, FLOOR = 160, 30
LONGEST_LABEL = 34  # characters; a longer one is cut in the drawing, not in the table
MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it counts, how many, and the rectangle it is drawn as."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def short(self) -> str:
        """Return the label as far as it fits beside the bar."""
        if len(self.label) <= LONGEST_LABEL:
            return self.label
        return f"{self.label[: LONGEST_LABEL - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of bars, `width` by `height`."""

    bars: tuple[Bar, ...]
    width: float
    height: float


def rows(counts: Iterable[tuple[str, int]]) -> Chart:
    """Return a chart of horizontal bars, one below the other, in the order given."""
    lines = list(counts)
    most = max((count for _, count in lines), default=0) or 1
    room = WIDTH - LABEL - NUMBER
    bars = tuple(
        Bar(label, count, LABEL, place * ROW + 4, round(room * count / most, 1), ROW - 8)
        for place, (label, count) in enumerate(lines)
    )
    return Chart(bars, WIDTH, max(len(lines), 1) * ROW)


def columns(counts: Sequence[tuple[date, int]]) -> Chart:
    """Return a chart of a column a day, days without any too; of the last `MOST_DAYS`."""
    if not counts:
        return Chart((), WIDTH, HEIGHT + FLOOR)
    known = dict(counts)
    last = max(known)
    first = max(min(known), last - timedelta(days=MOST_DAYS - 1))
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    most = max(known.values()) or 1
    step = min(WIDTH / len(days), 40)
    bars = []
    for place, day in enumerate(days):
        height = round((HEIGHT - 20) * known.get(day, 0) / most, 1)
        left = round(place * step, 1)
        label = day.strftime("%d/%m/%Y")
        bars.append(Bar(label, known.get(day, 0), left, HEIGHT - height, step * 0.8, height))
    return Chart(tuple(bars), WIDTH, HEIGHT + FLOOR)
