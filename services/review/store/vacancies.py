"""Entries of a round that are short of a judge."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kernel.database import Work
from services.review.store.jury_tables import VacancyRow
from services.review.store.rounds import RoundInPlay


def add_vacancy(work: Work, played: RoundInPlay, entry_id: str, judge_id: str) -> None:
    """Write down that nobody was free to take a judge's place."""
    work.session.add(
        VacancyRow(
            contest_id=played.contest_id,
            round_id=played.round_id,
            entry_id=entry_id,
            judge_id=judge_id,
            since=work.now,
        )
    )
    work.session.flush()


def open_vacancies(session: Session, played: RoundInPlay) -> Sequence[VacancyRow]:
    """Read the places of a round that nobody has taken yet, the oldest first."""
    query = unfilled(played.contest_id).where(VacancyRow.round_id == played.round_id)
    order = (VacancyRow.since, VacancyRow.entry_id, VacancyRow.judge_id)
    return session.scalars(query.order_by(*order)).all()


def vacancies_of(session: Session, contest_id: str) -> Sequence[VacancyRow]:
    """Read the places of a contest that nobody has taken yet."""
    order = (VacancyRow.since, VacancyRow.entry_id, VacancyRow.judge_id)
    return session.scalars(unfilled(contest_id).order_by(*order)).all()


def unfilled(contest_id: str) -> Select[VacancyRow]:
    """Select the vacancies of a contest."""
    return select(VacancyRow).where(
        VacancyRow.contest_id == contest_id, VacancyRow.filled_at.is_(None)
    )


def count_vacancies(session: Session, played: RoundInPlay) -> Counter[str]:
    """Count the judges that entries of a round are short of."""
    return Counter(row.entry_id for row in open_vacancies(session, played))
