"""What the columns of a sheet of known initiatives are, and what its rows say. Start with `read`.

Every mistake is found, each with its row and column. Headings may be in Vietnamese or as the
columns are called here; capitals, a star and spaces around make no difference.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from kernel.errors import Refused
from services.originality.domain.known import Scope

MOST_ROWS = 5_000
LONGEST_CODE = 100  # characters
LONGEST_TITLE = 1_000

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã sáng kiến", "Mã"),
    "title": ("Tên sáng kiến", "Tên mô hình, sáng kiến, giải pháp", "Tên"),
    "summary": ("Tóm tắt", "Nội dung"),
    "unit": ("Đơn vị áp dụng", "Đơn vị", "Nơi áp dụng"),
    "applied_from": ("Áp dụng từ", "Áp dụng từ ngày", "Ngày áp dụng", "Ngày công bố"),
    "applied_to": ("Áp dụng đến", "Áp dụng đến ngày"),
    "scope": ("Phạm vi",),
    "file": ("Tệp", "Tệp văn bản", "Tên tệp"),
}
NEEDED = ("code", "title", "unit", "scope")
SCOPES: Mapping[str, Scope] = {
    "Đơn vị": Scope.UNIT,
    "Trong tỉnh": Scope.PROVINCE,
    "Tỉnh khác": Scope.OTHER_PROVINCE,
    "Đã công bố": Scope.PUBLICATION,
    "Cuộc thi khác": Scope.OTHER_CONTEST,
}
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
ISO = re.compile(r"\d{4}-\d\d-\d\d$")


class HeadingMissing(Refused):
    """A column of the sheet is missing."""


class UnknownHeading(Refused):
    """The sheet has a column that nobody knows."""


class CellEmpty(Refused):
    """This cell must be filled in."""


class CellTooLong(Refused):
    """This cell is too long."""


class NotAmongScopes(Refused):
    """This is no scope of an initiative."""


class NotADay(Refused):
    """This is no day; write it as 15/08/2022."""


class EndsBeforeItBegins(Refused):
    """The last day is before the first."""


class CodeTwice(Refused):
    """Two rows have the same code."""


class NoText(Refused):
    """The row has no text to compare with: fill in the summary or name a file."""


class FileMissing(Refused):
    """The file that the row names is not there."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell, or with a row as a whole where `column` is empty."""

    row: int
    column: str
    value: str
    refusal: Refused


@dataclass(frozen=True, slots=True)
class Known:
    """What a row says of an initiative. `file` names the document its text is in, if any."""

    row: int
    code: str
    title: str
    summary: str
    unit: str
    scope: Scope
    applied_from: date | None
    applied_to: date | None
    file: str


def places(headings: Sequence[str]) -> tuple[dict[str, int], list[Wrong]]:
    """Return in which place each column stands, from 0, and what is wrong with the headings."""
    known = {_plain(said): key for key, names in HEADINGS.items() for said in (key, *names)}
    found: dict[str, int] = {}
    wrong: list[Wrong] = []
    for place, heading in enumerate(headings):
        key = known.get(_plain(heading))
        if key is not None and key not in found:
            found[key] = place
        elif _plain(heading):
            template = "“{heading}” is no column of this sheet, or stands there twice."
            wrong.append(Wrong(1, "", heading, UnknownHeading(template, heading=heading)))
    for key in NEEDED:
        if key not in found:
            heading = HEADINGS[key][0]
            refusal = HeadingMissing("The column “{heading}” is missing.", heading=heading)
            wrong.append(Wrong(1, "", heading, refusal))
    return found, wrong


def read(
    rows: Sequence[tuple[int, Sequence[str]]],
    place_of: Mapping[str, int],
    files: Sequence[str] = (),
) -> tuple[list[Known], list[Wrong]]:
    """Return what the rows say, and all that is wrong with them; `files` are those sent along."""
    known: list[Known] = []
    wrong: list[Wrong] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        named = {key: cells[place] for key, place in place_of.items() if place < len(cells)}
        reader = Reader(number, named)
        one = _known(reader, files)
        if one.code and first.setdefault(one.code, number) != number:
            template = "Row {other} has the code {code} already."
            reader.refuse("code", CodeTwice(template, other=first[one.code], code=one.code))
        known.append(one)
        wrong += reader.wrong
    return known, wrong


def clean(text: str) -> str:
    """Return the text in NFC, every run of spaces (NBSP too) as a single one."""
    return re.sub(r"\s+", " ", normalize("NFC", text)).strip()


@dataclass
class Reader:
    """Reads the cells of one row, and collects what is wrong with them."""

    row: int
    cells: Mapping[str, str]
    wrong: list[Wrong] = field(default_factory=list)

    def text(self, key: str, longest: int) -> str:
        """Return a cell's text on one line; note if it must not be empty and is."""
        value = clean(self.cells.get(key, ""))
        if not value and key in NEEDED:
            heading = HEADINGS[key][0]
            self.refuse(key, CellEmpty("“{heading}” must be filled in.", heading=heading))
        if len(value) > longest:
            template = "This cell has {length} characters; at most {most} are taken."
            self.refuse(key, CellTooLong(template, length=len(value), most=longest))
        return value

    def scope(self) -> Scope:
        """Return the scope named in Vietnamese or by its code."""
        value = self.text("scope", LONGEST_TITLE)
        named = {clean(name).casefold(): scope for name, scope in SCOPES.items()}
        named |= {scope.value.casefold(): scope for scope in Scope}
        if value and value.casefold() not in named:
            template = "“{value}” is none of: {choices}."
            refusal = NotAmongScopes(template, value=value, choices="; ".join(SCOPES))
            self.refuse("scope", refusal)
        return named.get(value.casefold(), Scope.PROVINCE)

    def day(self, key: str) -> date | None:
        """Return a day, written as 15/08/2022 or 2022-08-15; a lone year is no day."""
        value = self.text(key, LONGEST_TITLE)
        if not value:
            return None
        try:
            return read_day(value)
        except ValueError:
            template = "“{value}” is no day; write it as 15/08/2022."
            self.refuse(key, NotADay(template, value=value))
            return None

    def refuse(self, key: str, refusal: Refused) -> None:
        """Note what is wrong with a cell."""
        self.wrong.append(Wrong(self.row, key, self.cells.get(key, "")[:LONGEST_TITLE], refusal))


def read_day(text: str) -> date:
    """Read `15/08/2022` or `2022-08-15`. Raises `ValueError`."""
    if ISO.match(text):
        return date.fromisoformat(text)
    found = DAY.match(text)
    if found is None:
        raise ValueError(text)
    day, month, year = map(int, found.groups())
    return date(year, month, day)


def _known(reader: Reader, files: Sequence[str]) -> Known:
    """Read one row."""
    one = Known(
        row=reader.row,
        code=reader.text("code", LONGEST_CODE),
        title=reader.text("title", LONGEST_TITLE),
        summary=normalize("NFC", reader.cells.get("summary", "")).strip(),
        unit=reader.text("unit", LONGEST_TITLE),
        scope=reader.scope(),
        applied_from=reader.day("applied_from"),
        applied_to=reader.day("applied_to"),
        file=normalize("NFC", reader.cells.get("file", "")).strip().replace("\\", "/"),
    )
    if one.applied_from and one.applied_to and one.applied_to < one.applied_from:
        reader.refuse("applied_to", EndsBeforeItBegins())
    if one.file and one.file not in files:
        template = "There is no file {file} beside the sheet."
        reader.refuse("file", FileMissing(template, file=one.file))
    if not one.file and not one.summary:
        reader.refuse("summary", NoText())
    return one


def _plain(heading: str) -> str:
    """Return what two spellings of a heading have in common."""
    return clean(heading).removesuffix("*").strip().casefold()
