"""Contests, their frozen rules, juries and receipt numbers, kept and found again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from msgspec import convert, to_builtins
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.rules import Rules
from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.domain.outage import watch_from
from services.intake.store.tables import ContestRow, ReceiptRow, RulesRow, SeatRow

KEPT_RULES = 64  # versions of rules that a process keeps in memory


# Asked by every command about an entry: composed once, which costs as much as asking.
NEWEST = (
    select(RulesRow.number, RulesRow.sha256)
    .where(RulesRow.contest_id == bindparam("contest_id"))
    .order_by(RulesRow.number.desc())
    .limit(1)
)


class UnknownContest(NotFound):
    """There is no such contest."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The rules of a contest as they now stand. `number` 0 is the original."""

    rules: Rules
    number: int
    sha256: str
    source: str


# By tenant, contest, number and digest.
_frozen: dict[tuple[str, str, int, str], Frozen] = {}


def find_contest(session: Session, contest_id: str) -> ContestRow | None:
    """Return the contest, locked against every other change until the work is done.

    One that is not there yet is locked too, so that it is opened once.
    """
    name = func.hashtextextended(f"contest:{current_tenant.get()}:{contest_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(name)))
    query = select(ContestRow).where(ContestRow.contest_id == contest_id).with_for_update()
    return session.scalar(query)


def read_contest(session: Session, contest_id: str) -> ContestRow:
    """Read a contest. Raises `UnknownContest`."""
    row = session.get(ContestRow, (current_tenant.get(), contest_id))
    if row is None:
        raise UnknownContest("There is no contest {contest_id}.", contest_id=contest_id)
    return row


def hold_contest(session: Session, contest_id: str) -> None:
    """Keep rules and jury of the contest from changing until the work is done.

    Any number of entries may hold it at once.
    """
    query = select(ContestRow.contest_id).where(ContestRow.contest_id == contest_id)
    if session.scalar(query.with_for_update(read=True)) is None:
        raise UnknownContest("There is no contest {contest_id}.", contest_id=contest_id)


def load_rules(session: Session, contest_id: str) -> Frozen:
    """Return the newest rules of a contest. Raises `UnknownContest`.

    Which are the newest is asked every time; what they say never changes and is read once.
    """
    newest = session.execute(NEWEST, {"contest_id": contest_id}).first()
    if newest is None:
        raise UnknownContest("There is no contest {contest_id}.", contest_id=contest_id)
    known = (current_tenant.get(), contest_id, newest.number, newest.sha256)
    if known not in _frozen:
        if len(_frozen) >= KEPT_RULES:
            _frozen.pop(next(iter(_frozen)))
        row = session.get_one(RulesRow, known[:3])
        _frozen[known] = Frozen(convert(row.rules, Rules), row.number, row.sha256, row.source)
    return _frozen[known]


def load_versions(session: Session, contest_id: str) -> tuple[tuple[RulesRow, Rules], ...]:
    """Read every version of a contest's rules, the original first. Raises `UnknownContest`."""
    query = select(RulesRow).where(RulesRow.contest_id == contest_id).order_by(RulesRow.number)
    found = tuple((row, convert(row.rules, Rules)) for row in session.scalars(query))
    if not found:
        raise UnknownContest("There is no contest {contest_id}.", contest_id=contest_id)
    return found


def freeze(session: Session, frozen: Frozen, at: datetime, reason: str | None = None) -> None:
    """Keep a new version of a contest's rules, and make it the current one."""
    rules = frozen.rules
    contest = session.get(ContestRow, (current_tenant.get(), rules.id))
    if contest is None:
        contest = ContestRow(contest_id=rules.id, opened_at=at)
        session.add(contest)
    contest.title, contest.number = rules.title, frozen.number
    contest.opens, contest.closes = rules.intake.opens, rules.intake.closes
    contest.watched_from = watch_from(rules.intake, contest.watched_from, at)
    session.add(
        RulesRow(
            contest_id=rules.id,
            number=frozen.number,
            source=frozen.source,
            sha256=frozen.sha256,
            rules=to_builtins(rules),
            reason=reason,
            frozen_at=at,
        )
    )


def list_contests(session: Session) -> Iterable[ContestRow]:
    """Return every contest, the one opened last first."""
    return session.scalars(select(ContestRow).order_by(ContestRow.opened_at.desc()))


def seat(session: Session, contest_id: str, jury: Mapping[str, bool]) -> None:
    """Remember who sits on a jury and whether they mark; nobody is ever forgotten."""
    for person_id, marks in jury.items():
        known = insert(SeatRow).values(
            tenant=current_tenant.get(), contest_id=contest_id, person_id=person_id, marks=marks
        )
        session.execute(
            known.on_conflict_do_update(
                index_elements=["tenant", "contest_id", "person_id"],
                set_={"marks": or_(SeatRow.marks, known.excluded.marks)},
            )
        )


def judges(session: Session, contest_id: str) -> frozenset[str]:
    """Return the ids of all who mark, or once marked, entries of the contest."""
    query = select(SeatRow.person_id).where(SeatRow.contest_id == contest_id, SeatRow.marks)
    return frozenset(session.scalars(query))


def next_receipt(session: Session, unit_code: str, day: date) -> int:
    """Give out a unit's next receipt number of a local day.

    The row stays locked until the transaction ends, so a number is only ever followed by one
    that was really given out: no gaps, no doubles. Ask for it as late as possible.
    """
    first = insert(ReceiptRow).values(
        tenant=current_tenant.get(), unit_code=unit_code, day=day, last=1
    )
    counted = first.on_conflict_do_update(
        index_elements=["tenant", "unit_code", "day"], set_={"last": ReceiptRow.last + 1}
    )
    return session.execute(counted.returning(ReceiptRow.last)).scalar_one()
