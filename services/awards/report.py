"""What the year-end report (báo cáo tổng kết) says: facts for its form, tables and charts.

The words are data: the form `YEAR_REPORT` of the legal profile. Start with `facts_of`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from contracts import awards
from contracts.rules import Rules
from services.awards.adoption_charts import index_chart, milestone_chart
from services.awards.charts.bars import Bars, Series, draw_bars
from services.awards.charts.svg import written
from services.awards.charts.ways import draw_ways
from services.awards.domain.forms import Facts, Form, Listing, annexed, filled
from services.awards.domain.paper import Exhibit, long_date
from services.awards.statistics import COUNTED, awarded, in_bars

OPEN = "…"  # in a draft, where the office has not said anything yet

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a contest: its numbers, those beside earlier ones, its adopters."""

    rules: Rules
    own: awards.Statistics
    years: awards.Statistics
    plans: tuple[awards.AdoptionPlan, ...]

    @property
    def total(self) -> awards.EntryCount:
        """Return the contest's own counts."""
        return self.own.contests[0].total


def facts_of(recorded: Recorded, assessment: tuple[str, ...], proposals: tuple[str, ...]) -> Facts:
    """Return what the form's sentences are filled with."""
    rules, total = recorded.rules, recorded.total
    begun = [plan for plan in recorded.plans if plan.begun_on]
    stands = [plan.standing for plan in recorded.plans]
    zone = ZoneInfo(rules.timezone)
    units = next(table for table in recorded.own.tables if table.by == "UNIT")
    numbers = {
        "received": total.received,
        "accepted": total.accepted,
        "refused": total.refused,
        "withdrawn": total.withdrawn,
        "disqualified": total.disqualified,
        "awarded": awarded(total),
        "units": sum(bool(line.code) for line in units.lines),
        "adopters": len(recorded.plans),
        "begun": len(begun),
        "milestones": sum(
            each.done + each.done_late + each.open + each.overdue for each in stands
        ),
        "milestones_done": sum(each.done + each.done_late for each in stands),
        "milestones_overdue": sum(each.overdue for each in stands),
        "year": recorded.own.contests[0].year,
    }
    days = {
        "opens": long_date(rules.intake.opens.astimezone(zone).date()),
        "host": rules.organiser.host,
    }
    return Facts(
        texts={name: f"{value}" for name, value in numbers.items()} | days,
        lists={
            "prizes": tuple(
                f"{prize.name}: {total.prizes.get(prize.code, 0)}/{prize.count} giải"
                for prize in rules.prizes
            ),
            "adopted": tuple(
                f"{plan.title}: {plan.adopter}, áp dụng từ {long_date(plan.begun_on)}"
                for plan in begun
                if plan.begun_on
            ),
            "assessment": assessment or (OPEN,),
            "proposals": proposals or (OPEN,),
        },
    )


def exhibits_of(form: Form, recorded: Recorded, texts: dict[str, str]) -> tuple[Exhibit, ...]:
    """Return the tables and charts that the form asks for, in its order; empty ones left out."""
    made = (
        exhibit(replace(listing, title=filled(listing.title, texts | slots)), rows, chart)
        for name, listing in form.exhibits.items()
        for slots, rows, chart in shown(name, recorded)
        if rows
    )
    return tuple(made)


def exhibit(listing: Listing, rows: Rows, chart: tuple[str, str]) -> Exhibit:
    """Set a table and its chart; raises `TableUneven`."""
    numbered = tuple((str(place), *row) for place, row in enumerate(rows, start=1))
    annex = annexed(replace(listing, subject="", goes_with=""), Facts({}, {}, numbered))
    return Exhibit(
        title=annex.title,
        columns=annex.columns,
        widths=annex.widths,
        rows=annex.rows,
        centred=annex.centred,
        chart=chart[0],
        told=chart[1],
    )


def shown(name: str, recorded: Recorded) -> Iterator[tuple[dict[str, str], Rows, tuple[str, str]]]:
    """Yield what is shown under a name of the form: slots, rows, and the chart with its words."""
    for table in recorded.own.tables:
        if table.by != name:
            continue
        bars = in_bars(recorded.own, table.by)
        rows = tuple((line.name, *counts_row(line.counts[0])) for line in table.lines)
        yield {}, rows, (draw_bars(bars), bars.description)
    if name == "PRIZES":
        yield {}, *prizes_shown(recorded)
    elif name == "YEARS" and len(recorded.years.contests) > 1:
        yield {}, *years_shown(recorded.years)
    elif name == "ADOPTIONS":
        rows = tuple(
            (
                plan.title,
                plan.adopter,
                f"{plan.begun_on:%d/%m/%Y}" if plan.begun_on else "",
                f"{plan.standing.done + plan.standing.done_late}/{len(plan.milestones)}",
                str(plan.standing.overdue),
            )
            for plan in recorded.plans
        )
        bars = milestone_chart(recorded.rules, recorded.plans)
        yield {}, rows, (draw_bars(bars), bars.description)
    elif name == "INDEXES":
        for index in recorded.rules.indexes:
            yield {"index": index}, *index_shown(recorded, index)


def counts_row(counts: awards.EntryCount) -> tuple[str, ...]:
    """Write how many were received, accepted, not accepted, and awarded."""
    out = counts.refused + counts.withdrawn + counts.disqualified
    numbers = (counts.received, counts.accepted, out, awarded(counts))
    return tuple(map(str, numbers))


def prizes_shown(recorded: Recorded) -> tuple[Rows, tuple[str, str]]:
    """Show how many prizes the rules have and how many were given."""
    prizes = recorded.rules.prizes
    given = tuple(recorded.total.prizes.get(prize.code, 0) for prize in prizes)
    bars = Bars(
        title="Cơ cấu giải thưởng và số giải đã trao",
        description="Số giải theo Thể lệ và số giải đã trao của từng giải thưởng.",
        labels=tuple(prize.name for prize in prizes),
        series=(
            Series("Theo Thể lệ", tuple(prize.count for prize in prizes)),
            Series("Đã trao", given),
        ),
    )
    rows = tuple(
        (prize.name, str(prize.count), str(number))
        for prize, number in zip(prizes, given, strict=True)
    )
    return rows, (draw_bars(bars), bars.description)


def years_shown(years: awards.Statistics) -> tuple[Rows, tuple[str, str]]:
    """Show contests side by side by year."""
    totals = [contest.total for contest in years.contests]
    bars = Bars(
        title="Hồ sơ và giải thưởng qua các năm",
        description="Số hồ sơ đã nộp, hợp lệ và đạt giải của từng cuộc thi.",
        labels=tuple(f"{contest.year}: {contest.title}" for contest in years.contests),
        series=(
            Series(COUNTED[0], tuple(each.received for each in totals)),
            Series(COUNTED[1], tuple(each.accepted for each in totals)),
            Series(COUNTED[2], tuple(awarded(each) for each in totals)),
        ),
    )
    rows = tuple(
        (str(contest.year), contest.title, *counts_row(contest.total))
        for contest in years.contests
    )
    return rows, (draw_bars(bars), bars.description)


def index_shown(recorded: Recorded, index: str) -> tuple[Rows, tuple[str, str]]:
    """Show every indicator of an index: from where to where, and where it is."""
    ways = index_chart(recorded.rules, recorded.plans, index)
    rows = tuple(
        (
            way.label,
            f"{written(way.baseline)} {way.measure}",
            f"{written(way.target)} {way.measure} ({way.year})",
            "" if way.actual is None else written(way.actual),
            f"{way.progress}%",
        )
        for way in ways.ways
    )
    return rows, (draw_ways(ways), ways.description)
