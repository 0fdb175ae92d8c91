"""One row of a sheet, cell by cell, with everything that is wrong with it. Start with `Reader`.

Cells are text; dates are read in the contest's time zone, day first, and numbers with a comma or
a point.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from kernel.errors import Refused
from services.intake.domain.eligibility import clean
from services.intake.domain.windows import Calendar

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,]+(\d{1,2})[:h](\d{2}))?$")
FIRST_YEAR = 1900
ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?$")


class CellEmpty(Refused):
    """This cell must be filled in."""


class NotAmongChoices(Refused):
    """This value is none of those to choose from."""


class NotADay(Refused):
    """This is no day; write it as 15/08/2022."""


class NotAPercentage(Refused):
    """This is no percentage; write it as 33,5."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, by the name it has here and its heading; `choices` are what may stand in it."""

    key: str
    heading: str
    is_needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell, or with a row as a whole where `key` is empty."""

    row: int
    key: str
    value: str
    refusal: Refused


@dataclass
class Reader:
    """Reads the cells of one row, and collects what is wrong with them."""

    row: int
    cells: dict[str, str]
    headings: dict[str, Column]
    calendar: Calendar
    wrong: list[Wrong] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return a cell's text; note if it must not be empty and is."""
        value = clean(self.cells.get(key, ""))
        column = self.headings[key]
        if column.is_needed and not value:
            self.refuse(key, CellEmpty("“{heading}” must be filled in.", heading=column.heading))
        return value

    def choice(self, key: str, meanings: dict[str, str]) -> str:
        """Return what a chosen name means; a code stands for itself."""
        value = self.text(key)
        named = {clean(name).casefold(): meaning for name, meaning in meanings.items()}
        named |= {meaning.casefold(): meaning for meaning in meanings.values()}
        if value and value.casefold() not in named:
            choices = "; ".join(meanings)
            template = "“{value}” is none of: {choices}."
            self.refuse(key, NotAmongChoices(template, value=value, choices=choices))
        return named.get(value.casefold(), "")

    def answer(self, key: str) -> bool:
        """Return whether Có stands in the cell; nothing is Không."""
        return self.choice(key, {"Có": "Có", "Không": "Không"}) == "Có"

    def instant(self, key: str) -> datetime | None:
        """Return a local day, with an hour or without, as an instant."""
        value = self.text(key)
        if not value:
            return None
        try:
            return read_instant(value, self.calendar)
        except ValueError:
            template = "“{value}” is no day; write it as 15/08/2022 or 15/08/2022 16:30."
            self.refuse(key, NotADay(template, value=value))
            return None

    def share(self, key: str) -> Decimal | None:
        """Return a percentage, if one stands there."""
        value = self.text(key).removesuffix("%").strip()
        if not value:
            return None
        try:
            return Decimal(value.replace(",", "."))
        except InvalidOperation:
            template = "“{value}” is no percentage; write it as 33,5."
            self.refuse(key, NotAPercentage(template, value=value))
            return None

    def refuse(self, key: str, refusal: Refused) -> None:
        """Note what is wrong with a cell."""
        self.wrong.append(Wrong(self.row, key, self.cells.get(key, ""), refusal))


def read_instant(text: str, calendar: Calendar) -> datetime:
    """Read `15/08/2022`, `15/08/2022 16:30` or ISO 8601, local time. Raises `ValueError`."""
    if ISO.match(text):
        local = datetime.fromisoformat(text).replace(tzinfo=calendar.zone)
    elif found := DAY.match(text):
        day, month, year, hour, minute = (int(part or 0) for part in found.groups())
        local = datetime(year, month, day, hour, minute, tzinfo=calendar.zone)
    else:
        raise ValueError(text)
    if local.year < FIRST_YEAR:  # 0022 is a slip for 2022
        raise ValueError(text)
    return local.astimezone(UTC)
