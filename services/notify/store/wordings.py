"""What offices changed in the words of notices; older changes stay, to be looked up."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.table import Table

EVERYWHERE = ""  # the contest id of words for all contests of a tenant


class NoticeWordsRow(Row, Table):
    """One row per change of one notice's words, numbered from 1.

    `text` has the subject in its first line; an empty one gives the words below back. `short` is
    for messages of few letters, `form_id` the form that Zalo has approved for them.
    """

    __tablename__ = "notice_words"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    template: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    short: Mapped[str]
    form_id: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


def load_words(
    session: Session, contest_id: str, language: str, template: str
) -> list[NoticeWordsRow]:
    """Read the newest changes of one notice's words: the contest's own, then the tenant's."""
    rows = (
        select(NoticeWordsRow)
        .where(NoticeWordsRow.contest_id.in_((contest_id, EVERYWHERE)))
        .where(NoticeWordsRow.language == language, NoticeWordsRow.template == template)
        .order_by(NoticeWordsRow.contest_id.desc(), NoticeWordsRow.number.desc())
    )
    newest: dict[str, NoticeWordsRow] = {}
    for row in session.scalars(rows):
        newest.setdefault(row.contest_id, row)
    return list(newest.values())


def save_words(session: Session, row: NoticeWordsRow) -> int:
    """Keep words under the next number, and return it."""
    query = select(func.max(NoticeWordsRow.number)).where(
        NoticeWordsRow.contest_id == row.contest_id,
        NoticeWordsRow.language == row.language,
        NoticeWordsRow.template == row.template,
    )
    row.number = (session.scalar(query) or 0) + 1
    session.add(row)
    session.flush()
    return row.number
