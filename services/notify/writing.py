"""Turns a letter's content into a subject and a plain text, by the templates in `templates/vi`.

A template's first line is the subject. What it quotes is a letter of the domain, the reader's
`name` and the `contest`; anything else is an error, and so is a placeholder nobody fills.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from msgspec import convert

from services.notify.domain import Contest

TEMPLATES = Path(__file__).parent / "templates" / "vi"

environment = SandboxedEnvironment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=False,  # plain text: there is no markup to escape into
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is read; `calendars` are files that go with it (RFC 5545)."""

    subject: str
    text: str
    calendars: tuple[str, ...] = ()


def write(template: str, content: Mapping[str, object], name: str, contest: Contest) -> Written:
    """Write a letter to somebody. Raises `jinja2.UndefinedError` for an unknown placeholder."""
    calendars = content.get("calendars", ())
    quoted = {**content, "name": name, "contest": contest}
    in_words = partial(spell_out, zone=ZoneInfo(contest.timezone))
    until = partial(spell_end, zone=ZoneInfo(contest.timezone))
    page = environment.get_template(f"{template}.txt").render(
        quoted, in_words=in_words, until=until, on_day=spell_date
    )
    subject, _, text = page.partition("\n")
    read = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return Written(" ".join(subject.split()), read, convert(calendars, tuple[str, ...]))


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
