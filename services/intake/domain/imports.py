"""What the columns of a sheet of paper dossiers are, and what its rows say. Start with `read`.

Every mistake is found, each with its row and column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from contracts.rules import Rules
from kernel.errors import Refused
from services.intake.domain.cells import CellEmpty, Column, Reader, Wrong
from services.intake.domain.contents import Enterprise
from services.intake.domain.eligibility import clean
from services.intake.domain.windows import Calendar

MOST_ROWS = 1000
MOST_AUTHORS = 10  # columns for more would make the sheet unreadable
KINDS = {"Cá nhân": "INDIVIDUAL", "Tập thể": "COLLECTIVE"}
WAYS = {"Trực tiếp": "DESK", "Bưu chính": "POST"}
YES_NO = ("Có", "Không")
ENTERPRISE = (
    Column("enterprise.name", "Doanh nghiệp: tên"),
    Column("enterprise.tax_code", "Doanh nghiệp: mã số thuế"),
    Column("enterprise.representative", "Doanh nghiệp: người đại diện"),
)


Row = tuple[int, tuple[str, ...]]  # its number, and its cells as text


class Wanted(Struct, frozen=True):
    """A column to draw: its heading, the choices of its drop-down, whether it is needed."""

    heading: str
    choices: tuple[str, ...] = ()
    is_needed: bool = False


class HeadingMissing(Refused):
    """A column of the sheet is missing; download the sheet again."""


class UnknownHeading(Refused):
    """The sheet has a column that nobody knows."""


class RowTwice(Refused):
    """Two rows say the same."""


class NoRows(Refused):
    """The sheet has no row with a dossier."""


class TooManyRows(Refused):
    """The sheet has too many rows; split it."""


@dataclass(frozen=True, slots=True)
class WrittenAuthor:
    """An author as a row names them; `share` in percent."""

    full_name: str
    email: str | None
    phone: str | None
    unit_id: str | None
    share: Decimal


@dataclass(frozen=True, slots=True)
class PaperDossier:
    """What a row says. It is a draft unless it is to be handed in."""

    row: int
    title: str
    summary: str
    area: str
    group: str
    kind: str
    channel: str
    authors: tuple[WrittenAuthor, ...]
    unit_id: str | None = None
    enterprise: Enterprise | None = None
    applicant: str = ""
    phone: str | None = None
    posted_at: date | None = None
    arrived_at: datetime | None = None
    is_declared: bool = False
    is_handed_in: bool = False


def columns(rules: Rules) -> tuple[Column, ...]:
    """Return the columns of the sheet of a contest, in order."""
    areas = tuple(area.name for area in rules.areas)
    groups = tuple(group.name for group in rules.entrants.groups)
    kinds = tuple(name for name, kind in KINDS.items() if kind in rules.entrants.kinds)
    fixed = (
        Column("title", "Tên mô hình, sáng kiến, giải pháp", is_needed=True),
        Column("summary", "Tóm tắt", is_needed=True),
        Column("area", "Lĩnh vực", is_needed=True, choices=areas),
        Column("group", "Nhóm đối tượng", is_needed=True, choices=groups),
        Column("kind", "Loại hình dự thi", is_needed=True, choices=kinds),
        Column("unit_id", "Mã đơn vị"),
        Column("applicant", "Người nộp hồ sơ"),
        Column("phone", "Điện thoại người nộp"),
        Column("channel", "Hình thức nộp", is_needed=True, choices=tuple(WAYS)),
        Column("posted_at", "Ngày trên dấu bưu điện"),
        Column("arrived_at", "Thời điểm nhận hồ sơ"),
        Column("is_declared", "Có bản cam kết", choices=YES_NO),
        Column("is_handed_in", "Tiếp nhận ngay", choices=YES_NO),
    )
    most = min(rules.entrants.max_authors, MOST_AUTHORS)
    authors = (_author_columns(number) for number in range(1, most + 1))
    named = (column for author in authors for column in author)
    takes_enterprises = any(one.entrant == "ENTERPRISE" for one in rules.entrants.groups)
    return (*fixed, *named, *(ENTERPRISE if takes_enterprises else ()))


def _author_columns(number: int) -> tuple[Column, ...]:
    head = f"Tác giả {number}"
    return (
        Column(f"name_{number}", f"{head}: họ và tên", is_needed=number == 1),
        Column(f"email_{number}", f"{head}: thư điện tử"),
        Column(f"phone_{number}", f"{head}: điện thoại"),
        Column(f"unit_{number}", f"{head}: mã đơn vị"),
        Column(f"share_{number}", f"{head}: tỷ lệ đóng góp (%)"),
    )


def places(
    headings: Sequence[str], wanted: Sequence[Column]
) -> tuple[dict[str, int], list[Wrong]]:
    """Return in which place each column stands, from 0, and what is wrong with the headings."""
    known = {_plain(column.heading): column for column in wanted}
    found: dict[str, int] = {}
    wrong: list[Wrong] = []
    for place, heading in enumerate(headings):
        column = known.get(_plain(heading))
        if column is not None and column.key not in found:
            found[column.key] = place
        elif _plain(heading):
            template = "“{heading}” is no column of this sheet, or stands there twice."
            wrong.append(Wrong(1, "", heading, UnknownHeading(template, heading=heading)))
    for column in wanted:
        if column.is_needed and column.key not in found:
            template = "The column “{heading}” is missing; download the sheet again."
            refusal = HeadingMissing(template, heading=column.heading)
            wrong.append(Wrong(1, "", column.heading, refusal))
    return found, wrong


def read(
    rows: Sequence[tuple[int, Sequence[str]]], place_of: dict[str, int], rules: Rules
) -> tuple[list[PaperDossier], list[Wrong]]:
    """Return what the rows say, and all that is wrong with them."""
    headings = {column.key: column for column in columns(rules)}
    calendar = Calendar.of(rules)
    dossiers: list[PaperDossier] = []
    wrong: list[Wrong] = []
    first: dict[tuple[object, ...], int] = {}
    for number, cells in rows:
        named = {key: cells[place] for key, place in place_of.items() if place < len(cells)}
        reader = Reader(number, named, headings, calendar)
        dossier = _dossier(reader, rules)
        alike = (dossier.title.casefold(), tuple(one.full_name for one in dossier.authors))
        if first.setdefault(alike, number) != number:
            template = "This row says the same as row {other}."
            reader.refuse("title", RowTwice(template, other=first[alike]))
        dossiers.append(dossier)
        wrong += reader.wrong
    return dossiers, wrong


def letter(place: int) -> str:
    """Return the letters of a column as spreadsheets call it, counted from 0: A, B … Z, AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def check_rows(count: int) -> None:
    """Raise unless there are dossiers, and no more than one import takes."""
    if count == 0:
        raise NoRows
    if count > MOST_ROWS:
        raise TooManyRows("The sheet has more than {most} rows; split it.", most=MOST_ROWS)


def _dossier(reader: Reader, rules: Rules) -> PaperDossier:
    areas = {area.name: area.code for area in rules.areas}
    groups = {group.name: group.code for group in rules.entrants.groups}
    posted = reader.instant("posted_at")
    return PaperDossier(
        row=reader.row,
        title=reader.text("title"),
        summary=reader.text("summary"),
        area=reader.choice("area", areas),
        group=reader.choice("group", groups),
        kind=reader.choice("kind", KINDS),
        channel=reader.choice("channel", WAYS),
        authors=_authors(reader),
        unit_id=reader.text("unit_id") or None,
        enterprise=_enterprise(reader),
        applicant=reader.text("applicant"),
        phone=reader.text("phone") or None,
        posted_at=posted and reader.calendar.day_of(posted),
        arrived_at=reader.instant("arrived_at"),
        is_declared=reader.answer("is_declared"),
        is_handed_in=reader.answer("is_handed_in"),
    )


def _enterprise(reader: Reader) -> Enterprise | None:
    said = [reader.text(column.key) for column in ENTERPRISE if column.key in reader.headings]
    return Enterprise(*said) if any(said) else None


def _authors(reader: Reader) -> tuple[WrittenAuthor, ...]:
    numbers = [key.removeprefix("name_") for key in reader.headings if key.startswith("name_")]
    said = [number for number in numbers if number == "1" or _is_said(reader, number)]
    alone = Decimal(100) if len(said) == 1 else Decimal(0)
    return tuple(_author(reader, number, alone) for number in said)


def _author(reader: Reader, number: str, alone: Decimal) -> WrittenAuthor:
    name = reader.text(f"name_{number}")
    if not name and number != "1":
        heading = reader.headings[f"name_{number}"].heading
        refusal = CellEmpty("“{heading}” must be filled in.", heading=heading)
        reader.refuse(f"name_{number}", refusal)
    share = reader.share(f"share_{number}")
    return WrittenAuthor(
        full_name=name,
        email=reader.text(f"email_{number}") or None,
        phone=reader.text(f"phone_{number}") or None,
        unit_id=reader.text(f"unit_{number}") or None,
        share=alone if share is None else share,
    )


def _is_said(reader: Reader, number: str) -> bool:
    parts = ("name", "email", "phone", "unit", "share")
    return any(clean(reader.cells.get(f"{part}_{number}", "")) for part in parts)


def _plain(heading: str) -> str:
    return clean(heading).removesuffix("*").strip().casefold()
