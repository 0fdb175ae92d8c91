"""The way from a baseline to a target, and how far somebody has come on it."""

from dataclasses import dataclass
from decimal import Decimal

from services.awards.charts import svg

BAR = 18
GAP = 14


@dataclass(frozen=True, slots=True)
class Way:
    """One adopter's indicator; `progress` from 0 to 100 percent, `actual` None if not measured."""

    label: str
    measure: str
    year: int
    baseline: Decimal
    target: Decimal
    actual: Decimal | None
    progress: Decimal


@dataclass(frozen=True, slots=True)
class Ways:
    """A chart of ways, each on a scale of its own: from its baseline to its target."""

    title: str
    description: str
    ways: tuple[Way, ...]


def draw_ways(chart: Ways) -> str:
    """Draw the chart as SVG."""
    heading = svg.lines_of(chart.title, 6, font_weight="bold")
    pieces, y = [heading.drawn], 10 + heading.height
    room = svg.WIDTH - 2 * svg.SIDE
    for way in chart.ways:
        y += GAP
        named = svg.lines_of(way.label, y)
        y += named.height + 4
        gone = room * float(way.progress) / 100
        pieces += [
            named.drawn,
            svg.box(svg.SIDE, y, room, BAR, svg.PALE),
            svg.box(svg.SIDE, y, gone, BAR, svg.COLOURS[0]),
            svg.box(svg.SIDE + min(gone, room - 3), y - 3, 3, BAR + 6, svg.INK),
        ]
        y += BAR + svg.LINE
        foot = y - 4
        now = "chưa đo" if way.actual is None else svg.written(way.actual)
        pieces += [
            svg.text(svg.SIDE, foot, f"Trước khi áp dụng: {valued(way, way.baseline)}"),
            svg.text(
                svg.WIDTH / 2,
                foot,
                f"Hiện nay: {now} ({svg.written(way.progress)}%)",
                text_anchor="middle",
                font_weight="bold",
            ),
            svg.text(
                svg.WIDTH - svg.SIDE,
                foot,
                f"Mục tiêu {way.year}: {valued(way, way.target)}",
                text_anchor="end",
            ),
        ]
    return svg.sheet(chart.title, chart.description, pieces, y + GAP)


def valued(way: Way, value: Decimal) -> str:
    """Write a value with its unit of measure."""
    return f"{svg.written(value)} {way.measure}"
