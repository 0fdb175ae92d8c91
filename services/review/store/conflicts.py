"""What people have declared and the chair has pinned, and all that nearness is judged by."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.database import Work
from services.review.domain.conflicts import Ground, Judge, Said, Ties
from services.review.domain.conflicts.grounds import Pair, People
from services.review.domain.conflicts.saying import UnknownDeclaration
from services.review.store.contests import Contest
from services.review.store.jury_tables import ConflictRow, LookRow, PinRow
from services.review.store.people import load_people, load_units
from services.review.store.tables import RoundRow


def load_ties(work: Work, contest: Contest, judges: Sequence[Judge]) -> Ties:
    """Read what nearness is judged by, as of today where the contest is.

    A message that was long on its way does not take the day back behind one already reached.
    """
    day = today(work, contest)
    people = load_people(work.session, {judge.person_id for judge in judges})
    return Ties(
        load_units(work.session, day),
        contest.rules.conflicts,
        people,
        load_said(work.session, contest.contest_id, people),
    )


def today(work: Work, contest: Contest) -> date:
    """Return the local day, or the latest on which a round was opened or conflicts looked for."""
    opened = select(func.max(RoundRow.opened_at)).where(RoundRow.contest_id == contest.contest_id)
    looked = select(LookRow.looked_on).where(LookRow.contest_id == contest.contest_id)
    latest = max(work.now, work.session.scalar(opened) or work.now)
    day = latest.astimezone(ZoneInfo(contest.rules.timezone)).date()
    return max(day, work.session.scalar(looked) or day)


def load_said(session: Session, contest_id: str, people: People) -> Said:
    """Read what is declared and pinned and still in force."""
    entries: dict[Pair, str] = {}
    authors: dict[Pair, str] = {}
    for one in declarations(session, contest_id):
        if one.withdrawn_at is None and one.entry_id is not None:
            entries.setdefault((one.judge_id, one.entry_id), one.declaration_id)
        elif one.withdrawn_at is None and one.person_id is not None:
            pair = (one.judge_id, people.one(one.person_id))
            authors.setdefault(pair, one.declaration_id)
    apart: dict[Pair, str] = {}
    excused: dict[Pair, dict[Ground, str]] = {}
    for pin in pins(session, contest_id):
        if pin.lifted_at is not None:
            continue
        pair = (pin.judge_id, pin.entry_id)
        if pin.ground is None:
            apart.setdefault(pair, pin.pin_id)
        else:
            excused.setdefault(pair, {}).setdefault(Ground(pin.ground), pin.pin_id)
    return Said(entries=entries, authors=authors, apart=apart, excused=excused)


def declarations(session: Session, contest_id: str) -> Sequence[ConflictRow]:
    """Read every declaration, those taken back too, in the order they were made."""
    query = select(ConflictRow).where(ConflictRow.contest_id == contest_id)
    order = (ConflictRow.declared_at, ConflictRow.declaration_id)
    return session.scalars(query.order_by(*order)).all()


def pins(session: Session, contest_id: str) -> Sequence[PinRow]:
    """Read every pin, the lifted too, in the order they were made."""
    query = select(PinRow).where(PinRow.contest_id == contest_id)
    return session.scalars(query.order_by(PinRow.pinned_at, PinRow.pin_id)).all()


def declaration(session: Session, contest_id: str, declaration_id: str) -> ConflictRow:
    """Return a declaration that is in force."""
    query = select(ConflictRow).where(
        ConflictRow.contest_id == contest_id,
        ConflictRow.declaration_id == declaration_id,
        ConflictRow.withdrawn_at.is_(None),
    )
    row = session.scalar(query.with_for_update())
    if row is None:
        raise UnknownDeclaration
    return row


def pin(session: Session, contest_id: str, pin_id: str) -> PinRow:
    """Return a pin that is in force."""
    query = select(PinRow).where(
        PinRow.contest_id == contest_id, PinRow.pin_id == pin_id, PinRow.lifted_at.is_(None)
    )
    row = session.scalar(query.with_for_update())
    if row is None:
        raise UnknownDeclaration
    return row


def add_conflict(work: Work, row: ConflictRow) -> bool:
    """Write down a declaration, by whom and when; say whether it is news.

    One that the same person made before of the same things, and not taken back, stays.
    """
    by = work.actor.true_id or work.actor.id
    for known in declarations(work.session, row.contest_id):
        same = (known.judge_id, known.entry_id, known.person_id, known.declared_by)
        if known.withdrawn_at is None and same == (row.judge_id, row.entry_id, row.person_id, by):
            return False
    row.declared_by, row.declared_at = by, work.now
    work.session.add(row)
    work.session.flush()
    return True
