"""Copies for judges of blind rounds, and who judges what."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.intake.store.tables.base import Table


class BlindCopyRow(Row, Table):
    """A copy of one paper of a version; made anew it is another row, `number` counts them.

    `content` is the copy as a whole. `leftover` is the key of an object to be removed.
    """

    __tablename__ = "blind_copy"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    state: Mapped[str]
    content: Mapped[dict[str, Any]]
    leftover: Mapped[str | None]


class JudgedEntryRow(Row, Table):
    """Who judges an entry in a round, under which code, as review said last."""

    __tablename__ = "judged_entry"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    judge_ids: Mapped[list[str]]
    said_at: Mapped[datetime]
