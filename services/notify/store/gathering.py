"""What waits to be told together: digests of units' contacts, certificates before the results."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.known import ContestRow
from services.notify.store.table import Table


class PrintedPaperRow(Row, Table):
    """One row per certificate that has come off the press; `told` once its authors know."""

    __tablename__ = "printed_paper"

    paper_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    entry_id: Mapped[str]
    number: Mapped[str]
    told: Mapped[bool]


class GatheredRow(Row, Table):
    """One row per event that a unit's contact reads of in a digest, `line` being its subject."""

    __tablename__ = "gathered"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str]
    entry_ids: Mapped[list[str]]
    heard_at: Mapped[datetime]
    digest_id: Mapped[str | None]


def keep_printed(session: Session, row: dict[str, object]) -> None:
    """Remember that a certificate is printed."""
    session.execute(insert(PrintedPaperRow).values(row).on_conflict_do_nothing())


def open_results(session: Session, contest_id: str, now: datetime) -> None:
    """Remember that the results of a contest are public."""
    rows = update(ContestRow).where(ContestRow.contest_id == contest_id)
    session.execute(rows.where(ContestRow.results_at.is_(None)).values(results_at=now))


def take_ready(session: Session, contest_id: str) -> list[PrintedPaperRow]:
    """Take the printed certificates nobody was told of, once the results are public."""
    public = select(ContestRow.results_at).where(ContestRow.contest_id == contest_id)
    # Locked: of a result and a certificate that come together, the second sees the first.
    if session.scalar(public.with_for_update()) is None:
        return []
    rows = select(PrintedPaperRow).where(PrintedPaperRow.contest_id == contest_id)
    found = list(session.scalars(rows.where(~PrintedPaperRow.told).with_for_update()))
    for row in found:
        row.told = True
    return found


def gather(session: Session, row: dict[str, object]) -> None:
    """Keep something for the next digest, once."""
    session.execute(insert(GatheredRow).values(row).on_conflict_do_nothing())


def take_gathered(
    session: Session, contest_id: str, digest_id: str
) -> dict[str, list[GatheredRow]]:
    """Take what waits for a digest of a contest, by person, oldest first."""
    rows = select(GatheredRow).where(GatheredRow.contest_id == contest_id)
    rows = rows.where(GatheredRow.digest_id.is_(None)).with_for_update(skip_locked=True)
    found: dict[str, list[GatheredRow]] = {}
    for row in session.scalars(rows.order_by(GatheredRow.heard_at, GatheredRow.event_id)):
        row.digest_id = digest_id
        found.setdefault(row.person_id, []).append(row)
    return found
