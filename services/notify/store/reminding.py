"""What reminders rest on: drafts, sheets, petitions, units that take part, reminders sent."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Update, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.domain.reasons import Reason
from services.notify.store.desks import AssignmentRow, RoundRow
from services.notify.store.expiring import still_open
from services.notify.store.known import ContestRow, EntryRow
from services.notify.store.queue import DeliveryRow
from services.notify.store.table import Table, ours


class DraftRow(Row, Table):
    """One row per entry begun online; `done` once it is handed in or withdrawn."""

    __tablename__ = "draft"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    person_id: Mapped[str]
    done: Mapped[bool]
    until: Mapped[datetime | None]


class MoreTimeRow(Row, Table):
    """One row per entry, or person, that was given more time: it may come before the draft."""

    __tablename__ = "more_time"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    given_to: Mapped[str] = mapped_column(primary_key=True)  # the id of the one or the other
    until: Mapped[datetime]


class SheetRow(Row, Table):
    """One row per sheet a judge has given."""

    __tablename__ = "sheet"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)


class NilReturnRow(Row, Table):
    """One row per unit that has nothing to enter."""

    __tablename__ = "nil_return"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)


class PetitionRow(Row, Table):
    """One row per petition; `answer_by` only while an answer is owed."""

    __tablename__ = "petition"

    petition_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    entry_id: Mapped[str]
    kind: Mapped[str]
    answer_by: Mapped[datetime | None]
    moved_at: Mapped[datetime]


class RemindedRow(Row, Table):
    """One row per reminder sent: of what, and how many days before."""

    __tablename__ = "reminded"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    reminded_at: Mapped[datetime]


def save_draft(session: Session, row: dict[str, object]) -> None:
    """Remember that an entry was begun, unless it is known."""
    session.execute(insert(DraftRow).values(row).on_conflict_do_nothing())


def end_draft(session: Session, tenant: str, contest_id: str, entry_id: str, who: str) -> None:
    """Remember that an entry is handed in or gone, even before its beginning was heard of."""
    row = {"tenant": tenant, "entry_id": entry_id, "contest_id": contest_id, "person_id": who}
    write = insert(DraftRow).values({**row, "done": True})
    keys = [DraftRow.tenant, DraftRow.entry_id]
    session.execute(write.on_conflict_do_update(index_elements=keys, set_={"done": True}))
    others = select(DraftRow.entry_id).where(DraftRow.contest_id == contest_id)
    others = others.where(ours(DraftRow), DraftRow.person_id == who, ~DraftRow.done)
    about_all = and_(
        reminds("draft_unfinished", contest_id),
        DeliveryRow.recipient == who,
        ~others.exists(),
    )
    session.execute(
        expire(or_(reminds("draft_unfinished", f"{contest_id}/{entry_id}"), about_all))
    )


def give_more_time(session: Session, row: dict[str, object]) -> None:
    """Remember until when an entry, or all of a person, may be handed in; the longest counts."""
    write = insert(MoreTimeRow).values(row)
    longest = {"until": func.greatest(MoreTimeRow.until, write.excluded.until)}
    session.execute(write.on_conflict_do_update(constraint="more_time_pkey", set_=longest))


def unfinished(
    session: Session, contest_id: str, now: datetime
) -> dict[str, list[tuple[str, datetime | None]]]:
    """Return the open drafts of each person: their ids and until when, if that is their own."""

    def given_to(whom: InstrumentedAttribute[str]) -> ScalarSelect[datetime]:
        rows = select(MoreTimeRow.until).where(MoreTimeRow.contest_id == contest_id)
        return rows.where(MoreTimeRow.given_to == whom).scalar_subquery()

    own = (DraftRow.until, given_to(DraftRow.entry_id), given_to(DraftRow.person_id))
    until = func.greatest(*own)  # of those that are not null
    rows = select(DraftRow.person_id, DraftRow.entry_id, until)
    rows = rows.where(DraftRow.contest_id == contest_id, ~DraftRow.done)
    rows = rows.where(or_(until.is_(None), until > now))
    found: dict[str, list[tuple[str, datetime | None]]] = {}
    for person_id, entry_id, ends in session.execute(rows.order_by("person_id", "entry_id")):
        found.setdefault(person_id, []).append((entry_id, ends))
    return found


def keep_sheet(session: Session, row: dict[str, str]) -> None:
    """Remember that a judge has given a sheet."""
    session.execute(insert(SheetRow).values(row).on_conflict_do_nothing())


def sheets_owed(session: Session, contest_id: str, round_id: str) -> dict[str, int]:
    """Count the sheets each judge of a round still owes."""
    given = select(SheetRow.entry_id).where(
        SheetRow.contest_id == contest_id,
        SheetRow.round_id == round_id,
        SheetRow.entry_id == AssignmentRow.entry_id,
        SheetRow.judge_id == AssignmentRow.judge_id,
    )
    owed = (
        select(AssignmentRow.judge_id, func.count())
        .where(AssignmentRow.contest_id == contest_id, AssignmentRow.round_id == round_id)
        .where(~given.exists())
        .group_by(AssignmentRow.judge_id)
    )
    return {judge: count for judge, count in session.execute(owed)}  # noqa: C416  # rows


def open_rounds(session: Session, contest_id: str, now: datetime) -> list[RoundRow]:
    """Read the rounds whose sheets are awaited until a time still to come."""
    rows = select(RoundRow).where(RoundRow.contest_id == contest_id, RoundRow.due_at > now)
    return list(session.scalars(rows.where(RoundRow.closed_at.is_(None))))


def taking_part(session: Session, contest_id: str) -> set[str]:
    """Return the units that have an entry, or have said that they have none."""
    entered = select(EntryRow.unit_id).where(
        EntryRow.contest_id == contest_id, EntryRow.unit_id.is_not(None)
    )
    nil = select(NilReturnRow.unit_id).where(NilReturnRow.contest_id == contest_id)
    return {unit for unit in (*session.scalars(entered), *session.scalars(nil)) if unit}


def keep_nil(session: Session, row: dict[str, str]) -> None:
    """Remember that a unit has nothing to enter."""
    session.execute(insert(NilReturnRow).values(row).on_conflict_do_nothing())


def keep_petition(session: Session, row: dict[str, object]) -> None:
    """Remember where a petition stands, unless something newer is known."""
    write = insert(PetitionRow).values(row)
    changed = {name: write.excluded[name] for name in ("answer_by", "moved_at")}
    newer = write.excluded.moved_at >= PetitionRow.moved_at
    keys = [PetitionRow.tenant, PetitionRow.petition_id]
    session.execute(write.on_conflict_do_update(index_elements=keys, set_=changed, where=newer))


def unanswered(session: Session, contest_id: str, now: datetime) -> list[PetitionRow]:
    """Read the petitions that an answer is owed to by a time still to come."""
    rows = select(PetitionRow).where(PetitionRow.contest_id == contest_id)
    return list(session.scalars(rows.where(PetitionRow.answer_by > now)))


def load_petition(session: Session, petition_id: str) -> PetitionRow:
    """Read a petition that is known."""
    return session.scalars(select(PetitionRow).where(PetitionRow.petition_id == petition_id)).one()


def reminded_days(session: Session, contest_id: str, code: str, subject: str) -> list[int]:
    """Return how many days before was reminded of something."""
    query = select(RemindedRow.days).where(RemindedRow.contest_id == contest_id)
    return list(
        session.scalars(query.where(RemindedRow.code == code, RemindedRow.subject == subject))
    )


def keep_reminded(session: Session, row: dict[str, object]) -> None:
    """Remember that was reminded of something."""
    session.execute(insert(RemindedRow).values(row).on_conflict_do_nothing())


def load_contest_ids(session: Session) -> list[str]:
    """Return the ids of the contests known."""
    return list(session.scalars(select(ContestRow.contest_id).order_by(ContestRow.contest_id)))


def tenants_reminding(session: Session) -> list[str]:
    """Return the tenants whose rules have notices of their own."""
    notices = ContestRow.facts["notices"]
    listed = func.jsonb_array_length(notices["kinds"]) > 0
    query = select(ContestRow.tenant).where(or_(listed, notices["digest_at"].astext.is_not(None)))
    return list(session.scalars(query.distinct()))


def make_pointless(
    session: Session, code: str, subject: str, people: Collection[str] | None = None
) -> None:
    """Let unsent reminders of something expire; those of all people unless some are named."""
    which = reminds(code, subject)
    if people is not None:
        which = and_(which, DeliveryRow.recipient.in_(people))
    session.execute(expire(which))


def reminds(code: str, subject: str) -> ColumnElement[bool]:
    """Fit the reminders of something."""
    return DeliveryRow.event_id.startswith(f"remind:{code}:{subject}:", autoescape=True)


def expire(which: ColumnElement[bool]) -> Update:
    """Return what lets unsent deliveries expire; only those that have an end."""
    # A reminder has one, so a small index finds it.
    gone = update(DeliveryRow).where(which, ours(DeliveryRow), still_open())
    return gone.values(state="EXPIRED", last_error=Reason.IS_DONE.say())
