"""Counts entries and prizes of contests side by side, and puts them into words, rows and bars.

Start with `statistics_of`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import convert, to_builtins
from sqlalchemy.orm import Session

from contracts import awards
from contracts.rules import Rules
from services.awards import store
from services.awards.charts.bars import Bars, Series
from services.awards.domain.statistics import (
    DIMENSIONS,
    UNKNOWN,
    Count,
    Counted,
    Dimension,
    count,
    tally,
)
from services.awards.orders import Sheet

HEADINGS: dict[Dimension, str] = {
    "AREA": "Lĩnh vực",
    "UNIT": "Cơ quan, đơn vị",
    "KIND": "Loại hình dự thi",
    "GROUP": "Nhóm đối tượng",
    "CHANNEL": "Hình thức nộp",
    "YEAR": "Năm nộp",
}
NAMES = {
    "INDIVIDUAL": "Cá nhân",
    "COLLECTIVE": "Tập thể",
    "ONLINE": "Trực tuyến",
    "DESK": "Trực tiếp",
    "POST": "Bưu chính",
    "ONE_STOP": "Một cửa",
}
NOT_KNOWN = "Không xác định"
COUNTED = ("Đã nộp", "Hợp lệ", "Đạt giải")


def statistics_of(
    session: Session, contest_ids: Iterable[str], now: datetime
) -> awards.Statistics:
    """Count the entries of these contests, of all if none is named.

    Units go by the names they have at the instant `now`: one to come may be known already.
    """
    contests = store.load_all_rules(session, contest_ids)
    rows = store.load_counted(session, (rules.id for rules in contests))
    won = {rules.id: prizes_of(session, rules.id) for rules in contests}
    entries = {
        rules.id: [
            counted(row, rules, won[rules.id]) for row in rows if row.contest_id == rules.id
        ]
        for rules in contests
    }
    days = (now.astimezone(ZoneInfo(rules.timezone)).date() for rules in contests)
    units = store.unit_names(session, max(days, default=now.date()))
    return awards.Statistics(
        contests=tuple(
            awards.CountedContest(
                contest_id=rules.id,
                title=rules.title,
                year=rules.intake.opens.astimezone(ZoneInfo(rules.timezone)).year,
                total=told(count(entries[rules.id])),
                prizes={prize.code: prize.name for prize in rules.prizes},
            )
            for rules in contests
        ),
        tables=tuple(
            table(by, contests, [tally(entries[rules.id], by) for rules in contests], units)
            for by in DIMENSIONS
        ),
    )


def prizes_of(session: Session, contest_id: str) -> Mapping[str, str]:
    """Return the prizes that hold by the results in force, by entry; none before there are any."""
    if not store.is_published(session, contest_id):
        return {}
    winners = store.load_published(session, contest_id).winners
    if all(winner.entry_id for winner in winners):
        return {winner.entry_id: winner.prize for winner in winners}
    # Results of before there were revisions do not name entries; their list was never changed.
    listed = store.load_list(session, contest_id)
    return {line.entry_id: line.prize for line in listed.lines or ()}


def counted(row: store.CountedRow, rules: Rules, prizes: Mapping[str, str]) -> Counted:
    """Read a row as an entry to count."""
    year = row.received_at and row.received_at.astimezone(ZoneInfo(rules.timezone)).year
    said = {
        "AREA": row.area,
        "UNIT": row.unit_id,
        "KIND": row.kind,
        "GROUP": row.group,
        "CHANNEL": row.channel,
        "YEAR": year and str(year),
    }
    known = {
        "entry_id": row.entry_id,
        "state": row.state or "SUBMITTED",
        "places": {by: place or UNKNOWN for by, place in said.items()},
        "prize": prizes.get(row.entry_id),
    }
    return convert(known, Counted)


def told(counts: Count) -> awards.EntryCount:
    """Put counts into the words of a message."""
    return convert(to_builtins(counts), awards.EntryCount)


def table(
    by: Dimension, contests: list[Rules], tallies: list[dict[str, Count]], units: dict[str, str]
) -> awards.StatisticsTable:
    """Put what was counted by a dimension side by side, the unknown last."""
    places = {place for found in tallies for place in found}
    names = names_of(by, contests, units)
    lines = (
        awards.StatisticsLine(
            code=place,
            name=names.get(place, place) if place else NOT_KNOWN,
            counts=tuple(told(found.get(place, Count())) for found in tallies),
        )
        for place in sorted(places, key=lambda place: (not place, place))
    )
    return awards.StatisticsTable(by=by, lines=tuple(lines))


def names_of(by: Dimension, contests: list[Rules], units: dict[str, str]) -> dict[str, str]:
    """Return what the places of a dimension are called; of two contests' names the newer."""
    match by:
        case "AREA":
            return {area.code: area.name for rules in contests for area in rules.areas}
        case "GROUP":
            groups = (group for rules in contests for group in rules.entrants.groups)
            return {group.code: group.name for group in groups}
        case "UNIT":
            return units
        case _:
            return NAMES


def awarded(counts: awards.EntryCount) -> int:
    """Count entries with a prize."""
    return sum(counts.prizes.values())


def in_bars(found: awards.Statistics, by: Dimension) -> Bars:
    """Draw one dimension: of one contest received, accepted and awarded; of several accepted."""
    chosen = next(each for each in found.tables if each.by == by)
    labels = tuple(line.name for line in chosen.lines)
    if len(found.contests) == 1:
        counts = [line.counts[0] for line in chosen.lines]
        values = (
            tuple(each.received for each in counts),
            tuple(each.accepted for each in counts),
            tuple(awarded(each) for each in counts),
        )
        series = tuple(map(Series, COUNTED, values))
        subject = found.contests[0].title
    else:
        series = tuple(
            Series(
                f"{contest.year}: {contest.title}",
                tuple(line.counts[place].accepted for line in chosen.lines),
            )
            for place, contest in enumerate(found.contests)
        )
        subject = "hồ sơ hợp lệ của các cuộc thi"
    return Bars(
        title=f"{HEADINGS[by]} – {subject}",
        description=f"Số hồ sơ và giải thưởng theo {HEADINGS[by].lower()}.",
        labels=labels,
        series=series,
    )


def in_sheets(found: awards.Statistics) -> tuple[Sheet, ...]:
    """Write a sheet of totals and one for every dimension, a line for each place and contest."""
    columns = (
        ("Năm", 8),
        ("Cuộc thi", 50),
        ("Đã nộp", 10),
        ("Hợp lệ", 10),
        ("Từ chối", 10),
        ("Đã rút", 10),
        ("Bị loại", 10),
        ("Đạt giải", 10),
        ("Giải thưởng", 40),
    )
    totals = tuple(row_of(contest, contest.total) for contest in found.contests)
    return (
        Sheet(title="Tổng hợp", columns=columns, rows=totals),
        *(
            Sheet(
                title=HEADINGS[each.by],
                columns=((HEADINGS[each.by], 40), *columns),
                rows=tuple(
                    (line.name, *row_of(contest, line.counts[place]))
                    for line in each.lines
                    for place, contest in enumerate(found.contests)
                ),
            )
            for each in found.tables
        ),
    )


def row_of(contest: awards.CountedContest, counts: awards.EntryCount) -> tuple[str | int, ...]:
    """Write one contest's counts in a row."""
    prizes = (
        f"{name}: {counts.prizes[code]}"
        for code, name in contest.prizes.items()
        if code in counts.prizes
    )
    return (
        contest.year,
        contest.title,
        counts.received,
        counts.accepted,
        counts.refused,
        counts.withdrawn,
        counts.disqualified,
        awarded(counts),
        "; ".join(prizes),
    )
