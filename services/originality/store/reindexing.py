"""Postings made anew from the texts that are kept, some at a time, going on where it ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.store import postings
from services.originality.store.index import index_texts, kept_text, lock_register
from services.originality.store.kept import Prints
from services.originality.store.tables import ContestRow, ReindexingRow, TextRow, write

_WITH_CONTESTS = select(TextRow, ContestRow.title).outerjoin(
    ContestRow,
    (ContestRow.tenant == TextRow.tenant) & (ContestRow.contest_id == TextRow.contest_id),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which texts: all, or those of one contest, one register or one source."""

    contest_id: str | None = None
    register: str | None = None
    source_id: str | None = None

    @property
    def name(self) -> str:
        """Return what this rebuilding is known by."""
        return f"{self.contest_id or '*'} {self.register or '*'} {self.source_id or '*'}"

    @property
    def condition(self) -> tuple[ColumnElement[bool], ...]:
        """Return what the rows of the texts have in common."""
        wanted = {
            TextRow.contest_id: self.contest_id,
            TextRow.register: self.register,
            TextRow.source_id: self.source_id,
        }
        named = (column == value for column, value in wanted.items() if value is not None)
        return TextRow.tenant == current_tenant.get(), *named


@dataclass(frozen=True, slots=True)
class Kept:
    """A text to be made findable anew; `phrases` count for nothing in it."""

    text_id: int
    title: str
    body: str
    phrases: tuple[str, ...]


def begin_reindexing(session: Session, scope: Scope) -> int:
    """Begin, or go on with what was begun under this scope; return how many texts are left."""
    row = _row(session, scope)
    if row is None:
        last = session.scalar(select(func.max(TextRow.text_id)).where(*scope.condition)) or 0
        write(session, ReindexingRow, ("scope",), scope=scope.name, reached=0, last=last)
        row = _row(session, scope)
    left = select(func.count()).select_from(TextRow).where(*scope.condition)
    if row is None:  # never: it was just written
        return 0
    return session.scalar(left.where(_due(row))) or 0


def next_texts(session: Session, scope: Scope, most: int) -> list[Kept]:
    """Return the next texts to make findable; none once all are."""
    row = _row(session, scope)
    if row is None:
        return []
    query = _WITH_CONTESTS.where(*scope.condition, _due(row)).order_by(TextRow.text_id).limit(most)
    return [_kept(*found) for found in session.execute(query)]


def text_of(session: Session, text_id: int) -> Kept | None:
    """Return one text as `next_texts` does, or nothing if it has gone."""
    query = _WITH_CONTESTS.where(*Scope().condition, TextRow.text_id == text_id)
    found = session.execute(query).one_or_none()
    return _kept(*found) if found else None


def _kept(text: TextRow, title: str | None) -> Kept:
    return Kept(text.text_id, text.title, kept_text(text).compared, (title,) if title else ())


def reindex(session: Session, scope: Scope, texts: Sequence[tuple[int, Prints]]) -> None:
    """Put the new postings of texts in place of the old ones; nobody compares meanwhile.

    A text that has gone since it was read stays gone.
    """
    lock_register(session)
    text_ids = [text_id for text_id, _ in texts]
    there = set(
        session.scalars(
            select(TextRow.text_id).where(
                TextRow.tenant == current_tenant.get(), TextRow.text_id.in_(text_ids)
            )
        )
    )
    postings.remove(session, *there)
    kept = [each for each in texts if each[0] in there]
    index_texts(session, kept)
    for text_id, prints in kept:
        row_of = update(TextRow).where(
            TextRow.tenant == current_tenant.get(), TextRow.text_id == text_id
        )
        session.execute(row_of.values(left_out=prints.left_out))
    row = _row(session, scope)
    if row is not None:
        row.reached = max(text_ids)


def end_reindexing(session: Session, scope: Scope) -> None:
    """Forget how far it came, because it is done."""
    session.execute(
        delete(ReindexingRow).where(
            ReindexingRow.tenant == current_tenant.get(), ReindexingRow.scope == scope.name
        )
    )


def _row(session: Session, scope: Scope) -> ReindexingRow | None:
    query = select(ReindexingRow).where(
        ReindexingRow.tenant == current_tenant.get(), ReindexingRow.scope == scope.name
    )
    return session.scalar(query.execution_options(populate_existing=True))


def _due(row: ReindexingRow) -> ColumnElement[bool]:
    return (TextRow.text_id > row.reached) & (TextRow.text_id <= row.last)
