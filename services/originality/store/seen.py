"""What a report went by when it was made, kept beside it so that it can be made again."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.originality.domain import Policy, Reading, UnknownReport
from services.originality.store.index import kept_text
from services.originality.store.kept import KeptText, Kind
from services.originality.store.postings import Extent
from services.originality.store.tables import ReportRow, TextRow

Source = tuple[str, str, str]  # kind, register, id


@dataclass(frozen=True, slots=True)
class Seen:
    """How much the index held, what the rules said, and what was read of the text.

    Of the reading the signs are left out: the report tells them.
    """

    extent: Extent
    policy: Policy
    reading: Reading

    @property
    def written(self) -> Any:  # noqa: ANN401  # JSON
        """Return it as a row keeps it."""
        return msgspec.to_builtins(replace(self, reading=replace(self.reading, signs=())))


def seen_of(row: ReportRow) -> Seen | None:
    """Return what a report went by; None of one made before that was kept."""
    return None if row.seen is None else msgspec.convert(row.seen, Seen)


def named_report(session: Session, named: str) -> ReportRow:
    """Find a report by its id, or the one that counts of an entry; or raise `UnknownReport`."""
    query = select(ReportRow).where(or_(ReportRow.report_id == named, ReportRow.entry_id == named))
    row = session.scalar(query.order_by(ReportRow.number.desc()).limit(1))
    if row is None:
        raise UnknownReport
    return row


def text_of_entry(session: Session, entry_id: str) -> KeptText | None:
    """Return the text an entry has now, if it has one."""
    query = select(TextRow).where(TextRow.kind == Kind.ENTRY, TextRow.source_id == entry_id)
    row = session.scalar(query)
    return None if row is None else kept_text(row)


def numbers_of(session: Session, source_ids: set[str]) -> dict[Source, int]:
    """Return the number that each text of these ids has now, by its source."""
    query = select(TextRow.kind, TextRow.register, TextRow.source_id, TextRow.text_id)
    rows = session.execute(query.where(TextRow.source_id.in_(sorted(source_ids))))
    return {(row.kind, row.register, row.source_id): row.text_id for row in rows}
