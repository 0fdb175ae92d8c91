"""Scans of known initiatives: those to be recognised, and what was on those that have been."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.originality.store.tables import ScanRow, Table, write


class PaperRow(Row, Table):
    """A scan of an initiative. It has `content` until it was read, then `text` or a `problem`."""

    __tablename__ = "paper"

    register: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes | None]
    text: Mapped[str | None]
    problem: Mapped[str | None]
    asked_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of pages that are pictures."""

    sha256: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an initiative's scan: its digest, and its text once it was recognised."""

    sha256: str
    text: str | None


def known_papers(session: Session, register: str, codes: Iterable[str]) -> dict[str, Known]:
    """Return what is known of the scans of these initiatives of a register, by code."""
    query = select(PaperRow).where(PaperRow.register == register)
    rows = session.scalars(query.where(PaperRow.code.in_(sorted(codes))))
    return {row.code: Known(row.sha256, row.text) for row in rows}


def save_paper(session: Session, place: tuple[str, str], paper: Paper, at: datetime) -> None:
    """Put the scan of an initiative, given by register and code, into the queue."""
    write(
        session,
        PaperRow,
        ("register", "code"),
        register=place[0],
        code=place[1],
        sha256=paper.sha256,
        media_type=paper.media_type,
        content=paper.content,
        text=None,
        problem=None,
        asked_at=at,
    )


def tenants_reading(session: Session) -> list[str]:
    """Return the tenants whose register has scans to be recognised."""
    waiting = select(PaperRow.tenant).where(PaperRow.content.is_not(None))
    return list(session.scalars(waiting.distinct()))


def next_paper(session: Session) -> tuple[tuple[str, str], Paper] | None:
    """Return the scan that has waited longest; none while one of an entry waits.

    It is not locked: recognising takes minutes, and whoever imports must not wait for it.
    """
    if session.scalar(select(ScanRow.entry_id).limit(1)) is not None:
        return None
    query = select(PaperRow).where(PaperRow.content.is_not(None))
    row = session.scalar(query.order_by(PaperRow.asked_at, PaperRow.code).limit(1))
    if row is None or row.content is None:
        return None
    return (row.register, row.code), Paper(row.sha256, row.media_type, row.content)


def close_paper(
    session: Session, place: tuple[str, str], sha256: str, text: str | None, problem: str | None
) -> bool:
    """Note what came of a scan; say whether it is still the one that the initiative has."""
    waiting = update(PaperRow).where(
        PaperRow.register == place[0],
        PaperRow.code == place[1],
        PaperRow.sha256 == sha256,
        PaperRow.content.is_not(None),
    )
    closed = waiting.values(content=None, text=text, problem=problem).returning(PaperRow.code)
    return session.scalar(closed) is not None


def drop_papers(session: Session, register: str, codes: Collection[str]) -> None:
    """Forget the scans of these initiatives of a register."""
    gone = delete(PaperRow).where(PaperRow.register == register)
    session.execute(gone.where(PaperRow.code.in_(sorted(codes))))
