"""How dates, times and numbers are written, and read where people type them."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kernel.errors import Refused
from services.gateway.words.sentences import ENGLISH, LANGUAGE

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class BadTime(Refused):
    """Write times as 08:00-11:30, one stretch on a line, and the day with day, month and year."""


class BadMark(Refused):
    """Write every mark as a number, e.g. 7,5."""


def moment(instant: datetime) -> str:
    """Return an instant in Vietnam: `08 giờ 05 phút, ngày 15/08/2022`; `08:05, 15 August 2022`."""
    if LANGUAGE.get() == ENGLISH:
        return f"{clock(instant)}, {day(instant)}"
    local = instant.astimezone(VIETNAM)
    return local.strftime("%H giờ %M phút, ngày %d/%m/%Y")


def day(instant: datetime) -> str:
    """Return the day of an instant in Vietnam: `15/08/2022`, or `15 August 2022`."""
    return written_date(instant.astimezone(VIETNAM).date())


def written_date(day: date) -> str:
    """Return a day: `15/08/2022`, or `15 August 2022`, which nobody reads the other way round."""
    if LANGUAGE.get() == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return day.strftime("%d/%m/%Y")


def clock(instant: datetime) -> str:
    """Return the time of an instant in Vietnam: `08:05`."""
    return instant.astimezone(VIETNAM).strftime("%H:%M")


def field_moment(instant: datetime) -> str:
    """Return an instant in Vietnam as a field for date and time has it: `2022-08-15T08:05`."""
    return instant.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def read_moment(text: str) -> datetime:
    """Read an instant in Vietnam as typed into such a field; raises `BadTime`."""
    try:
        return datetime.strptime(text[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=VIETNAM)
    except ValueError as error:
        raise BadTime from error


def beginning(instant: datetime) -> str:
    """Return an instant that something begins at; midnight is the day itself."""
    if not is_midnight(instant):
        return moment(instant)
    return day(instant) if LANGUAGE.get() == ENGLISH else f"ngày {day(instant)}"


def ending(instant: datetime) -> str:
    """Return the end of a time limit, itself outside; midnight is the end of the day before."""
    english = LANGUAGE.get() == ENGLISH
    if is_midnight(instant):
        last = day(instant - timedelta(days=1))
        return f"the end of {last}" if english else f"hết ngày {last}"
    return f"{'shortly before' if english else 'trước'} {moment(instant)}"


def is_midnight(instant: datetime) -> bool:
    """Tell whether a day begins in Vietnam."""
    return instant.astimezone(VIETNAM).time() == time()


def number(value: Decimal | int) -> str:
    """Return a number with its thousands parted: `1.234,5`, or `1,234.5` in English."""
    parted = f"{Decimal(value):,f}"
    if LANGUAGE.get() == ENGLISH:
        return parted
    return parted.translate(str.maketrans(",.", ".,"))


def percent(share: Decimal) -> str:
    """Return a share, 0..1, in percent with one decimal: `12,3%`."""
    return f"{number((Decimal(share) * 100).quantize(Decimal('0.1')))}%"


def points(text: str) -> Decimal:
    """Read a mark written with a comma or a point, `7,5`; raises `BadMark`, not repeating it."""
    cleaned = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", cleaned):
        raise BadMark
    return Decimal(cleaned)


def figure(text: str) -> Decimal:
    """Read a number written with a decimal comma or point: `1.234,5`; raises `ValueError`.

    Points are thousands only where they part three digits and a comma follows.
    """
    cleaned = text.strip()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", cleaned, re.ASCII):
        cleaned = cleaned.replace(".", "")
    cleaned = cleaned.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", cleaned, re.ASCII):
        raise ValueError(text)
    return Decimal(cleaned)
