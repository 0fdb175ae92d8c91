"""Which reminders of a contest are due now. Start with `steps`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.rules import Notice
from services.notify.domain.hours import step_due


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit somebody is reminded of: of which kind, of what, until when.

    `done` are the days before that was already reminded of.
    """

    code: str
    subject: str
    until: datetime
    done: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder that is due: so many days before its limit."""

    limit: Limit
    days: int

    @property
    def event_id(self) -> str:
        """Return what makes a repeat of it the same."""
        return f"remind:{self.limit.code}:{self.limit.subject}:{self.days}"


def steps(
    rules: Mapping[str, Notice], limits: Sequence[Limit], now: datetime, zone: ZoneInfo
) -> Iterator[Step]:
    """Return the reminders due by the rules, each once; none where the limit has passed."""
    for limit in limits:
        rule = rules.get(limit.code)
        if rule is None or not rule.told:
            continue
        clock = time.fromisoformat(rule.at) if rule.at else None
        if now >= limit.until:
            continue
        days = step_due(limit.until, rule.days_before, limit.done, shifted(now, clock, zone))
        if days is not None:
            yield Step(limit, days)


def shifted(now: datetime, clock: time | None, zone: ZoneInfo) -> datetime:
    """Return the end of today where the time of day for reminders has come; else of yesterday.

    So a reminder counts by days and goes out at its time of day, not at that of the limit.
    """
    if clock is None:
        return now
    local = now.astimezone(zone)
    today = local.date() if local.time() >= clock else local.date() - timedelta(days=1)
    return datetime.combine(today + timedelta(days=1), time(), zone).astimezone(now.tzinfo)


def digest_day(clock: str, now: datetime, zone: ZoneInfo) -> date | None:
    """Return the day whose digest is due, once its time of day has come."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= time.fromisoformat(clock) else None
