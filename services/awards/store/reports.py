"""Drafts of the year-end report; an earlier one stays."""

from datetime import datetime

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import NotFound
from services.awards.store.papers import StoredFile
from services.awards.store.tables import Json, Table


class UnknownDraft(NotFound):
    """There is no such draft of the report; draw one up first."""


class ReportRow(Row, Table):
    """A draft: what the office says in it, and its files by format."""

    __tablename__ = "report_draft"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str]
    authority: Mapped[str]
    assessment: Mapped[Json]
    proposals: Mapped[Json]
    files: Mapped[Json]

    def file(self, form: str) -> StoredFile:
        """Return one of its files."""
        return convert(self.files, dict[str, StoredFile])[form]


def load_drafts(session: Session, contest_id: str) -> list[ReportRow]:
    """Read a contest's drafts, newest first."""
    query = select(ReportRow).where(ReportRow.contest_id == contest_id)
    return list(session.scalars(query.order_by(ReportRow.version.desc())))


def load_draft(session: Session, contest_id: str, version: int) -> ReportRow:
    """Read a draft; raises `UnknownDraft`."""
    row = session.scalar(
        select(ReportRow).where(ReportRow.contest_id == contest_id, ReportRow.version == version)
    )
    if row is None:
        raise UnknownDraft
    return row


def save_draft(session: Session, row: ReportRow, files: dict[str, StoredFile]) -> None:
    """Keep a draft with its files."""
    row.files = to_builtins(files)
    session.add(row)
