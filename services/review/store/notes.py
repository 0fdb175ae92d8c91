"""What is noted of juries and conflicts, for the minutes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.database import Work
from services.review.store.jury_tables import JuryNoteRow
from services.review.store.rounds import RoundInPlay


def note(
    work: Work,
    words: str,
    where: RoundInPlay | str,
    code: str | None = None,
    judge_id: str | None = None,
) -> None:
    """Add a line for the minutes of a round, or of a contest by its id."""
    contest_id, round_id = (
        (where, None) if isinstance(where, str) else (where.contest_id, where.round_id)
    )
    work.session.add(
        JuryNoteRow(
            contest_id=contest_id,
            at=work.now,
            by=work.actor.true_id or work.actor.id,
            words=words,
            round_id=round_id,
            code=code,
            judge_id=judge_id,
        )
    )
    work.session.flush()


def load_notes(session: Session, contest_id: str) -> Sequence[JuryNoteRow]:
    """Read the lines for the minutes, in the order they were written."""
    query = select(JuryNoteRow).where(JuryNoteRow.contest_id == contest_id)
    return session.scalars(query.order_by(JuryNoteRow.number)).all()
