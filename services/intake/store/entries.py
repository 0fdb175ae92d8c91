"""Entries with their authors and their history, kept and found again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from msgspec import convert, to_builtins
from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, insert, or_, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.domain.contents import Contents, Enterprise, Improvement
from services.intake.domain.coverage import Entered
from services.intake.domain.eligibility import Author
from services.intake.domain.entries import Entry, State
from services.intake.domain.post import HANDED_OVER
from services.intake.store import onegate
from services.intake.store.listing import Wanted, listed
from services.intake.store.tables import AuthorRow, ContestRow, EntryRow, Table, TimelineRow

COMPETING = (State.SUBMITTED, State.RETURNED, State.ACCEPTED)
AS_STORED = (
    *("entry_id", "contest_id", "kind", "group", "title", "summary", "area", "channel"),
    *("filed_by", "unit_id", "external_code", "version", "returns"),
    *("receipt_code", "received_at", "due_at"),
    *("posted_at", "counted_at", "counting_rule", "revision", "handed_at"),
)
# What a transaction knows already, in the `info` of its session, by entry id.
AUTHORS, HELD = "authors", "entry held"
# What every command asks is composed once: composing costs as much as asking.
ENTRY = select(EntryRow).where(EntryRow.entry_id == bindparam("entry_id"))
# Others may have changed what this transaction has read before.
LOCKED = ENTRY.with_for_update().execution_options(populate_existing=True)
AUTHORS_OF = (
    select(AuthorRow).where(AuthorRow.entry_id == bindparam("entry_id")).order_by(AuthorRow.place)
)
HOLDING = (
    select(ContestRow.contest_id)
    .where(ContestRow.contest_id == ENTRY.with_only_columns(EntryRow.contest_id).scalar_subquery())
    .with_for_update(read=True)
)
ADD_LINE = insert(Table.metadata.tables["timeline"]).inline()
AS_WRITTEN = ("person_id", "full_name", "share", "email", "phone", "unit_id", "position")


class UnknownEntry(NotFound):
    """There is no such entry."""


def add_entry(session: Session, entry: Entry, at: datetime) -> None:
    """Keep a new entry and its authors."""
    row = EntryRow(entry_id=entry.entry_id, drafted_at=at)
    session.add(row)
    _write(session, row, entry)
    _write_authors(session, entry)


def load_entry(session: Session, entry_id: str) -> Entry:
    """Read an entry and lock it until the work is done. Raises `UnknownEntry`.

    What also holds its contest must hold that first, lest two wait for each other.
    """
    row = session.info[HELD, entry_id] = _find(session, LOCKED, entry_id)
    return _entry(session, row)


def read_entry(session: Session, entry_id: str) -> Entry:
    """Read an entry. Raises `UnknownEntry`."""
    return _entry(session, _find(session, ENTRY, entry_id))


def hold_contest_of(session: Session, entry_id: str) -> None:
    """Hold the contest of an entry as `contests.hold_contest` does. Raises `UnknownEntry`."""
    if session.scalar(HOLDING, {"entry_id": entry_id}) is None:
        raise UnknownEntry


def save_entry(session: Session, entry: Entry) -> None:
    """Write a loaded entry as it now stands."""
    row = session.get_one(EntryRow, (current_tenant.get(), entry.entry_id))
    _write(session, row, entry)
    if session.info.get((AUTHORS, entry.entry_id)) != entry.authors:
        session.execute(delete(AuthorRow).where(AuthorRow.entry_id == entry.entry_id))
        _write_authors(session, entry)


def add_line(session: Session, entry: Entry, at: datetime, note: str) -> None:
    """Add a step to the entry's history."""
    line = {"entry_id": entry.entry_id, "at": at, "state": entry.state, "note": note}
    session.execute(ADD_LINE, line)
    onegate.follow(session, entry.contest_id, {entry.entry_id: (entry.state, note)}, at)


def load_timeline(session: Session, entry_id: str) -> Iterable[TimelineRow]:
    """Return the entry's history, oldest first."""
    query = select(TimelineRow).where(TimelineRow.entry_id == entry_id)
    return session.scalars(query.order_by(TimelineRow.at, TimelineRow.sequence))


def load_entries_by(
    session: Session, contest_id: str, people: Collection[str]
) -> tuple[Entry, ...]:
    """Read and lock the competing entries that these people are authors of."""
    theirs = select(AuthorRow.entry_id).where(AuthorRow.person_id.in_(people))
    query = _competing(contest_id).where(EntryRow.entry_id.in_(theirs))
    rows = session.scalars(query.order_by(EntryRow.entry_id).with_for_update()).all()
    return tuple(_entry(session, row) for row in rows)


def load_late(session: Session, contest_id: str) -> tuple[Entry, ...]:
    """Read and lock the entries of a contest that came late and wait for the organiser."""
    query = select(EntryRow).where(EntryRow.contest_id == contest_id, EntryRow.state == State.LATE)
    rows = session.scalars(query.order_by(EntryRow.received_at).with_for_update()).all()
    return tuple(_entry(session, row) for row in rows)


def load_all(session: Session, contest_id: str) -> tuple[Entry, ...]:
    """Read every entry of a contest in the order they were received, drafts last."""
    return tuple(_entry(session, row) for row in list_entries(session, Wanted(contest_id)))


def accepted_ids(session: Session, contest_id: str) -> frozenset[str]:
    """Return the ids of the accepted entries of a contest."""
    query = _competing(contest_id).with_only_columns(EntryRow.entry_id)
    return frozenset(session.scalars(query.where(EntryRow.state == State.ACCEPTED)))


def add_lines(session: Session, notes: Mapping[str, str], at: datetime) -> None:
    """Add a step to the history of many entries at once; `notes` is by entry id."""
    query = select(EntryRow).where(EntryRow.entry_id.in_(notes)).order_by(EntryRow.entry_id)
    for row in session.scalars(query).all():
        note = notes[row.entry_id]
        session.add(TimelineRow(entry_id=row.entry_id, at=at, state=row.state, note=note))
        known = {row.entry_id: (State(row.state), note)}
        onegate.follow(session, row.contest_id, known, at)


def list_entries(
    session: Session,
    wanted: Wanted,
    person_id: str | None = None,
    unit_id: str | None = None,
) -> Iterable[EntryRow]:
    """Return the entries of a contest in the order they were received, drafts last.

    With a `person_id` only those this person filed or is an author of; with a `unit_id` also
    those of the unit that have been handed in.
    """
    query = listed(session, wanted)
    if person_id is not None:
        own = of_person(person_id)
        if unit_id is not None:
            own = or_(own, and_(EntryRow.unit_id == unit_id, EntryRow.version > 0))
        query = query.where(own)
    return session.scalars(query)


def list_here(session: Session, wanted: Wanted, person_id: str) -> Iterable[EntryRow]:
    """Return, as `list_entries` does, what was handed in or came over the desk, and their own."""
    is_here = or_(EntryRow.version > 0, EntryRow.channel.in_(HANDED_OVER))
    return session.scalars(listed(session, wanted).where(or_(is_here, of_person(person_id))))


def load_entered(session: Session, contest_id: str, before: datetime) -> tuple[Entered, ...]:
    """Return what competes of the entries received before an instant, for counting units."""
    query = _competing(contest_id).where(EntryRow.received_at < before)
    written: dict[str, list[str]] = {}
    ids = query.with_only_columns(EntryRow.entry_id)
    for author in session.scalars(select(AuthorRow).where(AuthorRow.entry_id.in_(ids))):
        written.setdefault(author.entry_id, []).append(author.person_id)
    return tuple(
        Entered(row.unit_id, row.kind, tuple(written.get(row.entry_id, ())))
        for row in session.scalars(query)
    )


def load_handed_in(session: Session, contest_id: str) -> tuple[Entry, ...]:
    """Read the entries of a contest that were ever handed in, in the order they were received."""
    query = select(EntryRow).where(EntryRow.contest_id == contest_id, EntryRow.version > 0)
    rows = session.scalars(query.order_by(EntryRow.received_at, EntryRow.receipt_code)).all()
    return tuple(_entry(session, row) for row in rows)


def of_person(person_id: str) -> ColumnElement[bool]:
    """Fit what this person filed or is an author of."""
    written = select(AuthorRow.entry_id).where(AuthorRow.person_id == person_id)
    return or_(EntryRow.filed_by == person_id, EntryRow.entry_id.in_(written))


def _competing(contest_id: str) -> Select[EntryRow]:
    return select(EntryRow).where(EntryRow.contest_id == contest_id, EntryRow.state.in_(COMPETING))


def _find(session: Session, query: Select[EntryRow], entry_id: str) -> EntryRow:
    row = session.scalar(query, {"entry_id": entry_id})
    if row is None:
        raise UnknownEntry
    return row


def _write(session: Session, row: EntryRow, entry: Entry) -> None:
    for name in AS_STORED:
        setattr(row, name, getattr(entry, name))
    row.state, row.declarations = entry.state, list(entry.declarations)
    row.enterprise, row.improves = to_builtins(entry.enterprise), to_builtins(entry.improves)
    row.working = to_builtins(entry.working)
    session.flush()


def _write_authors(session: Session, entry: Entry) -> None:
    session.info[AUTHORS, entry.entry_id] = entry.authors
    for place, author in enumerate(entry.authors):
        written = {name: getattr(author, name) for name in AS_WRITTEN}
        session.add(AuthorRow(entry_id=entry.entry_id, place=place, **written))


def _authors(session: Session, entry_id: str) -> tuple[Author, ...]:
    found = tuple(
        Author(**{name: getattr(author, name) for name in AS_WRITTEN})
        for author in session.scalars(AUTHORS_OF, {"entry_id": entry_id})
    )
    session.info[AUTHORS, entry_id] = found
    return found


def _entry(session: Session, row: EntryRow) -> Entry:
    return Entry(
        **{name: getattr(row, name) for name in AS_STORED},
        authors=_authors(session, row.entry_id),
        state=State(row.state),
        declarations=tuple(row.declarations),
        enterprise=convert(row.enterprise, Enterprise | None),
        improves=convert(row.improves, tuple[Improvement, ...]),
        working=convert(row.working, Contents | None),
    )
