"""How letters write instants and days, in Vietnamese as offices do and in English beside it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def spell_out(instant: str, zone: ZoneInfo) -> str:
    """Write an instant as offices do: "08 giờ 00 phút, ngày 15 tháng 8 năm 2022".

    A zero stands before days under 10 and before the months 1 and 2 (NĐ 30/2020/NĐ-CP).
    """
    local = datetime.fromisoformat(instant).astimezone(zone)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {spell_day(local)}"


def spell_end(instant: str, zone: ZoneInfo) -> str:
    """Write the end of a time limit, itself outside; midnight is the end of the day before."""
    local = datetime.fromisoformat(instant).astimezone(zone)
    if local.time() == time():
        return f"hết {spell_day(local - timedelta(days=1))}"
    return f"trước {spell_out(instant, zone)}"


def spell_day(local: date) -> str:
    """Write a day: "ngày 15 tháng 8 năm 2022"."""
    month = f"{local.month:02d}" if local.month <= 2 else f"{local.month}"
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def spell_date(day: str) -> str:
    """Write a date that was kept as text."""
    return spell_day(date.fromisoformat(day))


def tell_instant(instant: str, zone: ZoneInfo) -> str:
    """Write an instant in English: "15 August 2022, 08:00"."""
    local = datetime.fromisoformat(instant).astimezone(zone)
    return f"{tell_day(local)}, {local:%H:%M}"


def tell_end(instant: str, zone: ZoneInfo) -> str:
    """Write the end of a time limit in English; midnight is the end of the day before."""
    local = datetime.fromisoformat(instant).astimezone(zone)
    if local.time() == time():
        return f"the end of {tell_day(local - timedelta(days=1))}"
    return tell_instant(instant, zone)


def tell_day(local: date) -> str:
    """Write a day in English: "15 August 2022"."""
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def tell_date(day: str) -> str:
    """Write a date that was kept as text in English."""
    return tell_day(date.fromisoformat(day))


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
