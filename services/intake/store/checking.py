"""Answers to checklists, kept and found again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.domain.checklist import Answer
from services.intake.store.tables import AnswerRow


def add_answer(session: Session, entry_id: str, version: int, answer: Answer) -> None:
    """Keep what somebody has found."""
    session.add(
        AnswerRow(
            entry_id=entry_id,
            version=version,
            item=answer.item,
            ok=answer.ok,
            note=answer.note,
            answered_by=answer.by,
            answered_at=answer.at,
        )
    )


def load_answers(session: Session, entry_id: str, version: int) -> tuple[Answer, ...]:
    """Read the answers for one version of an entry, oldest first."""
    query = select(AnswerRow).where(AnswerRow.entry_id == entry_id, AnswerRow.version == version)
    rows = session.scalars(query.order_by(AnswerRow.sequence))
    return tuple(
        Answer(row.item, row.ok, row.note, row.answered_by, row.answered_at) for row in rows
    )
