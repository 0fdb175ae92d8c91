"""Words on sheets of closed rounds, and since when a contest's results are public."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.tables import Row
from services.review.domain.feedback import Words
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import AssignmentRow, SheetRow, Table


class PublicationRow(Row, Table):
    """A contest whose results are public."""

    __tablename__ = "publication"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def keep_publication(session: Session, contest_id: str, at: datetime) -> None:
    """Write down that results are public; the first instant stays."""
    row = insert(PublicationRow).values(contest_id=contest_id, at=at)
    session.execute(row.on_conflict_do_nothing())


def is_public(session: Session, contest_id: str) -> bool:
    """Say whether a contest's results are public."""
    query = select(PublicationRow).where(PublicationRow.contest_id == contest_id)
    return session.scalar(query) is not None


def load_words(session: Session, played: RoundInPlay, entry_id: str) -> list[Words]:
    """Read what the judges of an entry wrote on their newest sheets; not who has stood down."""
    seated = and_(
        AssignmentRow.contest_id == SheetRow.contest_id,
        AssignmentRow.round_id == SheetRow.round_id,
        AssignmentRow.entry_id == SheetRow.entry_id,
        AssignmentRow.judge_id == SheetRow.judge_id,
        ~AssignmentRow.stood_down,
    )
    query = (
        select(SheetRow.comment, SheetRow.comments)
        .join(AssignmentRow, seated)
        .where(
            SheetRow.contest_id == played.contest_id,
            SheetRow.round_id == played.round_id,
            SheetRow.entry_id == entry_id,
        )
        .order_by(SheetRow.judge_id, SheetRow.version.desc())
        .ext(distinct_on(SheetRow.judge_id))
    )
    return [Words(comment, comments) for comment, comments in session.execute(query)]
