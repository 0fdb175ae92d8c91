"""Bars of counts: one beside the other, or one on top of the other."""

from dataclasses import dataclass

from services.awards.charts import svg

BAR = 20
GAP = 14
LABEL = 70  # room for the number at a bar's end


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, and a count for every label."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of counts. `stacked` series stand on one bar of a label."""

    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False


def draw_bars(chart: Bars) -> str:
    """Draw the chart as SVG; without labels it says so in its title alone."""
    heading = svg.lines_of(chart.title, 6, font_weight="bold")
    pieces = [heading.drawn]
    y = 10 + heading.height
    for place, series in enumerate(chart.series):  # the legend, a line each
        pieces += [
            svg.box(svg.SIDE, y + 4, 14, 14, colour(place)),
            svg.text(svg.SIDE + 22, y + svg.SIZE, series.name),
        ]
        y += svg.LINE
    longest = most(chart)
    for row, label in enumerate(chart.labels):
        y += GAP
        named = svg.lines_of(label, y)
        pieces.append(named.drawn)
        y += named.height + 4
        draw = stack if chart.stacked else group
        drawn = draw([series.values[row] for series in chart.series], y, longest)
        pieces.append(drawn.drawn)
        y += drawn.height
    return svg.sheet(chart.title, chart.description, pieces, y + GAP)


def group(values: list[int], y: int, longest: int) -> svg.Piece:
    """Draw bars one below the other, each with its number."""
    pieces = []
    for place, value in enumerate(values):
        width = scaled(value, longest)
        pieces += [
            svg.box(svg.SIDE, y + BAR * place, width, BAR - 2, colour(place)),
            svg.text(svg.SIDE + width + 6, y + BAR * place + 15, f"{value:,}".replace(",", ".")),
        ]
    return svg.Piece("".join(pieces), BAR * len(values))


def stack(values: list[int], y: int, longest: int) -> svg.Piece:
    """Draw one bar of parts, and their numbers at its end."""
    x = float(svg.SIDE)
    pieces = []
    for place, value in enumerate(values):
        width = scaled(value, longest)
        pieces.append(svg.box(x, y, width, BAR - 2, colour(place)))
        x += width
    pieces.append(svg.text(x + 6, y + 15, " / ".join(map(str, values))))
    return svg.Piece("".join(pieces), BAR)


def most(chart: Bars) -> int:
    """Return the length of the longest bar, at least 1."""
    rows = range(len(chart.labels))
    sums = [sum(series.values[row] for series in chart.series) for row in rows]
    ones = [value for series in chart.series for value in series.values]
    return max([1, *(sums if chart.stacked else ones)])


def scaled(value: int, longest: int) -> float:
    """Return how long a bar is drawn."""
    return value / longest * (svg.WIDTH - 2 * svg.SIDE - LABEL)


def colour(place: int) -> str:
    """Return the colour of a series."""
    return svg.COLOURS[place % len(svg.COLOURS)]
