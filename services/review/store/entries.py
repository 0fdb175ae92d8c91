"""What was heard of entries. News may come in any order; every note keeps the newest."""

from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Row, Text, any_, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from contracts.intake import EntryAccepted, EntryBlinded, EntrySubmitted
from kernel.errors import NotFound, NotYet
from services.review.domain.entries import Blinded, Entry, Exit
from services.review.store.tables import EntryRow, PersonRow, ReportRow

# Column by column: of ten thousand entries, objects of the session would take twice as long.
HEARD = (
    EntryRow.entry_id, EntryRow.title, EntryRow.area, EntryRow.summary, EntryRow.unit_id,
    EntryRow.author_ids, EntryRow.submitted, EntryRow.accepted, EntryRow.cleared, EntryRow.out,
    EntryRow.code, EntryRow.kind, EntryRow.blind_version, EntryRow.blind_title,
    EntryRow.blind_summary,
)  # fmt: skip


class UnknownEntry(NotFound):
    """Review has not heard of this entry."""

    may_pass = True


def row_for(session: Session, contest_id: str, entry_id: str) -> EntryRow:
    """Lock an entry's row, making it first where this is the first news."""
    first = insert(EntryRow).values(entry_id=entry_id, contest_id=contest_id)
    session.execute(first.on_conflict_do_nothing())
    query = select(EntryRow).where(EntryRow.entry_id == entry_id).with_for_update()
    return session.scalars(query).one()


def note_submitted(session: Session, heard: EntrySubmitted) -> None:
    """Keep what was handed in, unless a newer version is known."""
    row = row_for(session, heard.contest_id, heard.entry_id)
    if heard.version >= max(row.submitted, row.accepted):
        row.title, row.area, row.unit_id = heard.title, heard.area, heard.unit_id
        row.author_ids = list(heard.author_ids)
        row.kind = heard.kind
    row.submitted = max(row.submitted, heard.version)


def note_accepted(session: Session, heard: EntryAccepted) -> None:
    """Keep what was accepted, unless a newer version is known."""
    row = row_for(session, heard.contest_id, heard.entry_id)
    if heard.version >= max(row.submitted, row.accepted):
        row.title, row.area, row.unit_id = heard.title, heard.area, heard.unit_id
        row.author_ids = list(heard.author_ids)
        row.kind = heard.kind
        row.summary = heard.summary
    row.accepted = max(row.accepted, heard.version)


def note_blinded(session: Session, heard: EntryBlinded) -> None:
    """Keep what judges of a blind round may read, unless a newer word is known."""
    row = row_for(session, heard.contest_id, heard.entry_id)
    known = (row.blind_version, row.blind_number)
    if (heard.version, heard.number) >= known:
        row.blind_version, row.blind_number = heard.version, heard.number
        row.blind_title, row.blind_summary = heard.title, heard.summary


def note_cleared(session: Session, contest_id: str, entry_id: str, version: int) -> None:
    """Keep the newest version found original."""
    row = row_for(session, contest_id, entry_id)
    row.cleared = max(row.cleared, version)


def note_out(session: Session, contest_id: str, entry_id: str, why: Exit) -> None:
    """Keep why an entry left the contest; the first reason stays."""
    row = row_for(session, contest_id, entry_id)
    row.out = row.out or why.value


def keep_report(session: Session, report_id: str, entry_id: str, version: int) -> None:
    """Remember which version a report is about, for the ruling that names the report only."""
    query = insert(ReportRow).values(report_id=report_id, entry_id=entry_id, version=version)
    session.execute(query.on_conflict_do_nothing())


def reported_version(session: Session, report_id: str) -> int:
    """Return the version a report is about."""
    version = session.scalar(select(ReportRow.version).where(ReportRow.report_id == report_id))
    if version is None:
        raise NotYet(f"report {report_id} has not arrived")
    return version


def give_codes(session: Session, codes: Mapping[str, str]) -> None:
    """Write down the blind codes drawn for entries."""
    for row in session.scalars(select(EntryRow).where(EntryRow.entry_id.in_(codes))):
        row.code = codes[row.entry_id]


def load_entries(
    session: Session, contest_id: str, among: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """Read the entries of a contest, all or some, in the order of their ids."""
    query = select(*HEARD).where(EntryRow.contest_id == contest_id)
    if among is not None:
        query = query.where(one_of(EntryRow.entry_id, among))
    rows = session.execute(query.order_by(EntryRow.entry_id)).all()
    units = units_of(session, {author for row in rows for author in row.author_ids})
    return tuple(entry_from(row, units) for row in rows)


def one_of(column: InstrumentedAttribute[str], ids: Collection[str]) -> ColumnElement[bool]:
    """Return the condition to be one of these, which travel as one array."""
    return column == any_(literal(list(ids), ARRAY(Text)))


def load_codes(session: Session, contest_id: str, among: Collection[str]) -> dict[str, str]:
    """Read the codes of those of some entries that have not left the contest, in their order."""
    query = select(EntryRow.entry_id, EntryRow.code).where(
        EntryRow.contest_id == contest_id,
        one_of(EntryRow.entry_id, among),
        EntryRow.out.is_(None),
    )
    found = {entry_id: code or "" for entry_id, code in session.execute(query)}
    return dict(sorted(found.items(), key=itemgetter(1)))


def entry_named(session: Session, contest_id: str, name: str) -> Entry:
    """Find an entry by its id or by its code."""
    query = select(EntryRow).where(EntryRow.contest_id == contest_id)
    row = session.scalar(query.where(EntryRow.entry_id == name))
    row = row or session.scalar(query.where(EntryRow.code == name))
    if row is None:
        raise UnknownEntry("Review has not heard of the entry {entry}.", entry=name)
    return entry_from(row, units_of(session, set(row.author_ids)))


def entry_by_code(session: Session, contest_id: str, code: str) -> Entry | None:
    """Find an entry as judges know it."""
    query = select(EntryRow).where(EntryRow.contest_id == contest_id, EntryRow.code == code)
    row = session.scalar(query)
    return None if row is None else entry_from(row, units_of(session, set(row.author_ids)))


def units_of(session: Session, person_ids: set[str]) -> dict[str, str | None]:
    """Return the units of those persons who are registered."""
    query = select(PersonRow).where(PersonRow.person_id.in_(person_ids))
    return {row.person_id: row.unit_id for row in session.scalars(query)}


def entry_from(row: EntryRow | Row[Any], units: Mapping[str, str | None]) -> Entry:
    """Make the value of a row; `units` are those of its authors, as far as known."""
    authors: Sequence[str] = row.author_ids
    near = {row.unit_id, *(units.get(author) for author in authors)} - {None}
    return Entry(
        entry_id=row.entry_id,
        title=row.title,
        area=row.area,
        summary=row.summary,
        author_ids=frozenset(authors),
        units=frozenset(unit for unit in near if unit is not None),
        strangers=frozenset(authors) - units.keys(),
        submitted=row.submitted,
        accepted=row.accepted,
        cleared=row.cleared,
        out=Exit(row.out) if row.out else None,
        code=row.code,
        kind=row.kind,
        blind=Blinded(row.blind_version, row.blind_title, row.blind_summary),
    )
