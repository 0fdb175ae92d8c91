"""Tables of juries, of who is near whom, and of what was declared and pinned.

Nothing here is deleted: a seat ends, a declaration is withdrawn, a pin is lifted, each with its
trace.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.review.store.tables import Table


class SeatRow(Row, Table):
    """A place on a jury and from when until when somebody holds it."""

    __tablename__ = "seat"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    seat_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[str | None]
    panel_id: Mapped[str | None]
    seated_at: Mapped[datetime]
    seated_by: Mapped[str | None]  # the number of the decision
    seated_by_on: Mapped[date | None]
    left_at: Mapped[datetime | None]
    left_by: Mapped[str | None]
    left_by_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(default="")
    substitute_id: Mapped[str | None]


class SubJuryRow(Row, Table):
    """A panel of a jury, for some fields and rounds."""

    __tablename__ = "sub_jury"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    panel_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    areas: Mapped[list[Any]]
    rounds: Mapped[list[Any]]


class ConflictRow(Row, Table):
    """A conflict somebody declared. Those found from units and authors are computed afresh."""

    __tablename__ = "conflict"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    declaration_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str]
    entry_id: Mapped[str | None]
    person_id: Mapped[str | None]
    named: Mapped[str | None]  # the entry, as whoever declared it called it
    relation: Mapped[str]
    reason: Mapped[str]
    declared_by: Mapped[str]
    declared_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")


class PinRow(Row, Table):
    """What the chair says of a judge and an entry: apart, or that a ground is no obstacle."""

    __tablename__ = "pin"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    pin_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str]
    entry_id: Mapped[str]
    named: Mapped[str]
    side: Mapped[str]
    ground: Mapped[str | None]
    reason: Mapped[str]
    pinned_by: Mapped[str]
    pinned_at: Mapped[datetime]
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]
    lifted_reason: Mapped[str] = mapped_column(default="")


class StayRow(Row, Table):
    """The unit a person was registered with, each time they were."""

    __tablename__ = "stay"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    said_at: Mapped[datetime] = mapped_column(primary_key=True)
    unit_id: Mapped[str | None]


class AliasRow(Row, Table):
    """Two ids of one person."""

    __tablename__ = "alias"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    other_id: Mapped[str] = mapped_column(primary_key=True)


class PostRow(Row, Table):
    """A dated place of a person in a unit, as somebody has said."""

    __tablename__ = "post"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    said_by: Mapped[str]
    said_at: Mapped[datetime]


class SuccessionRow(Row, Table):
    """One unit continues another from a day on."""

    __tablename__ = "succession"

    predecessor_id: Mapped[str] = mapped_column(primary_key=True)
    successor_id: Mapped[str] = mapped_column(primary_key=True)
    happened_on: Mapped[date]


class VacancyRow(Row, Table):
    """The place of a judge on an entry that nobody was free to take."""

    __tablename__ = "vacancy"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    filled_at: Mapped[datetime | None]


class LookRow(Row, Table):
    """The day as of which the timer last looked for conflicts of a contest."""

    __tablename__ = "look"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    looked_on: Mapped[date]


class JuryNoteRow(Row, Table):
    """A line for the minutes; only ever added."""

    __tablename__ = "jury_note"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    words: Mapped[str]
    round_id: Mapped[str | None]
    code: Mapped[str | None]
    judge_id: Mapped[str | None]
