"""Counterparties and the steps they are told, kept and found again. Start with `follow`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import convert, to_builtins
from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from contracts.intake import Counterparty
from kernel.errors import NotFound
from kernel.tables import current_tenant
from services.intake.domain import mirror
from services.intake.domain.entries import State
from services.intake.domain.mirror import Step
from services.intake.domain.pushing import Again, Dead, Told, Verdict
from services.intake.store import shares
from services.intake.store.tables import CounterpartyRow, PushRow

NEWEST = 1000  # how many pushes are listed at most
MIRRORS = select(CounterpartyRow.name).where(
    CounterpartyRow.contest_ids.contains(bindparam("contest_ids")), CounterpartyRow.active
)
AT_ONCE = 20  # dossiers of one counterparty that are read together


class UnknownCounterparty(NotFound):
    """There is no such counterparty."""


def save_counterparty(session: Session, setup: Counterparty, password: str | None) -> bool:
    """Write a counterparty's set-up; say whether it has a password now."""
    row = session.get(CounterpartyRow, (current_tenant.get(), setup.name))
    if row is None:
        row = CounterpartyRow(name=setup.name, password="", failures=0)
        session.add(row)
    row.setup = to_builtins(setup)
    row.contest_ids = [one.contest_id for one in setup.procedures]
    row.active, row.paused_until, row.failures = setup.active, None, 0
    row.password = row.password if password is None else password
    return bool(row.password)


def load_counterparty(session: Session, name: str) -> tuple[Counterparty, str]:
    """Read a counterparty and its password. Raises `UnknownCounterparty`."""
    row = _counterparty(session, name)
    return convert(row.setup, Counterparty), row.password


def list_counterparties(session: Session) -> tuple[Counterparty, ...]:
    """Read every counterparty, by name."""
    rows = session.scalars(select(CounterpartyRow).order_by(CounterpartyRow.name))
    return tuple(convert(row.setup, Counterparty) for row in rows)


def follow(
    session: Session, contest_id: str, entries: Mapping[str, tuple[State, str]], at: datetime
) -> None:
    """Queue what the states of entries mean to every counterparty; (state, note) by entry id.

    Called with every line of a history, in its transaction, so that none can be forgotten.
    """
    for name in mirrors_of(session, contest_id):
        lasts = last_steps(session, name, entries)
        for entry_id, (state, note) in entries.items():
            last = lasts.get(entry_id)
            if step := mirror.following(last, mirror.step_of(state, last)):
                queue(session, name, (contest_id, entry_id), (step, note), at)
                if step is Step.WITHDRAWN:
                    shares.revoke(session, entry_id, at, recipient=recipient(name))


def recipient(name: str) -> str:
    """Return whom links are for that a counterparty is told."""
    return f"onegate:{name}"


def conclude(session: Session, contest_id: str, notes: Mapping[str, str], at: datetime) -> None:
    """Queue that entries are decided and their results given out; `notes` are by entry id."""
    for name in mirrors_of(session, contest_id):
        lasts = last_steps(session, name, notes)
        for entry_id, note in notes.items():
            last = lasts.get(entry_id)
            for step in (Step.DECIDED, Step.DELIVERED):
                if mirror.following(last, step):
                    queue(session, name, (contest_id, entry_id), (step, note), at)
                    last = step


def mirrors_of(session: Session, contest_id: str) -> list[str]:
    """Return the names of the counterparties that mirror a contest."""
    return list(session.scalars(MIRRORS, {"contest_ids": [contest_id]}))


def last_steps(session: Session, name: str, entry_ids: Collection[str]) -> dict[str, Step]:
    """Return the last step queued for each of these entries that has one."""
    query = (
        select(PushRow.entry_id, PushRow.step)
        .where(PushRow.counterparty == name, PushRow.entry_id.in_(entry_ids))
        .ext(distinct_on(PushRow.entry_id))
        .order_by(PushRow.entry_id, PushRow.sequence.desc())
    )
    return {entry_id: Step(step) for entry_id, step in session.execute(query)}


def last_told(session: Session, entry_id: str) -> Step | None:
    """Return the furthest step that any counterparty is told of an entry."""
    query = select(PushRow.step).where(PushRow.entry_id == entry_id)
    step = session.scalar(query.order_by(PushRow.sequence.desc()).limit(1))
    return None if step is None else Step(step)


def queue(
    session: Session, name: str, entry: tuple[str, str], said: tuple[Step, str], at: datetime
) -> None:
    """Queue one step; `entry` is its contest and id, `said` the step and its note."""
    row = PushRow(
        counterparty=name,
        contest_id=entry[0],
        entry_id=entry[1],
        step=said[0],
        note=said[1],
        at=at,
        state="QUEUED",
        attempts=0,
        due_at=at,
    )
    session.add(row)
    session.flush()  # the next step of the same entry comes after it


def due_counterparties(session: Session, now: datetime) -> list[str]:
    """Return the counterparties that have something due and are neither busy nor resting."""
    waiting = select(PushRow.counterparty).where(PushRow.state == "QUEUED", PushRow.due_at <= now)
    query = select(CounterpartyRow.name).where(CounterpartyRow.name.in_(waiting))
    return list(session.scalars(query.where(*_free(now)).order_by(CounterpartyRow.name)))


def unreconciled(session: Session, now: datetime, every: timedelta) -> list[str]:
    """Return the counterparties that were last compared longer ago than `every`."""
    last = CounterpartyRow.reconciled_at
    query = select(CounterpartyRow.name).where(or_(last.is_(None), last <= now - every))
    return list(session.scalars(query.where(*_free(now))))


def take(session: Session, name: str, now: datetime, lease: timedelta) -> bool:
    """Begin to speak with a counterparty, unless another does; a dead speaker's lease ends."""
    query = select(CounterpartyRow).where(CounterpartyRow.name == name, *_free(now))
    row = session.scalar(query.with_for_update(skip_locked=True))
    if row is not None:
        row.busy_until = now + lease
    return row is not None


def renew(session: Session, name: str, until: datetime) -> None:
    """Stay with the counterparty for longer."""
    _counterparty(session, name).busy_until = until


def let_go(session: Session, name: str) -> None:
    """Let others speak with the counterparty."""
    _counterparty(session, name).busy_until = None


def due_pushes(session: Session, name: str, now: datetime) -> tuple[PushRow, ...]:
    """Return the first step not yet told of each entry, where it is due, oldest first.

    A dead step holds back those after it: a dossier's story is told in order or not at all.
    """
    first = (
        select(PushRow)
        .where(PushRow.counterparty == name, PushRow.state != "SENT")
        .ext(distinct_on(PushRow.entry_id))
        .order_by(PushRow.entry_id, PushRow.sequence)
        .subquery()
    )
    head = aliased(PushRow, first)
    query = select(head).where(head.state == "QUEUED", head.due_at <= now)
    return tuple(session.scalars(query.order_by(head.due_at, head.sequence).limit(AT_ONCE)))


def record(session: Session, sequence: int, verdict: Verdict, now: datetime) -> None:
    """Write what came of a try."""
    row = session.scalars(select(PushRow).where(PushRow.sequence == sequence)).one()
    row.attempts += 1
    match verdict:
        case Told():
            row.state, row.sent_at, row.last_error = "SENT", now, None
        case Again(at, reason):
            row.due_at, row.last_error = at, reason
        case Dead(reason):
            row.state, row.last_error = "DEAD", reason


def let_rest(session: Session, name: str, until: datetime) -> None:
    """Leave a counterparty alone for a while."""
    row = _counterparty(session, name)
    row.failures, row.paused_until = row.failures + 1, until


def failures(session: Session, name: str) -> int:
    """Return how often in a row the counterparty has not answered."""
    return _counterparty(session, name).failures


def welcome(session: Session, name: str) -> None:
    """Forget that the counterparty was silent."""
    row = _counterparty(session, name)
    row.failures, row.paused_until = 0, None


def retry(session: Session, name: str, entry_id: str | None, now: datetime) -> int:
    """Queue the dead pushes of a counterparty again; return how many."""
    _counterparty(session, name)
    chosen = update(PushRow).where(PushRow.counterparty == name, PushRow.state == "DEAD")
    if entry_id is not None:
        chosen = chosen.where(PushRow.entry_id == entry_id)
    values = {"state": "QUEUED", "attempts": 0, "due_at": now}
    found = session.scalars(chosen.values(values).returning(PushRow.sequence)).all()
    welcome(session, name)
    return len(found)


def list_pushes(
    session: Session, name: str | None, entry_id: str | None, state: str | None
) -> Iterable[PushRow]:
    """Return the newest pushes to a counterparty, of an entry, in a state, newest first."""
    query = select(PushRow).order_by(PushRow.sequence.desc()).limit(NEWEST)
    wanted = {PushRow.counterparty: name, PushRow.entry_id: entry_id, PushRow.state: state}
    for column, value in wanted.items():
        if value is not None:
            query = query.where(column == value)
    return session.scalars(query)


def _free(now: datetime) -> tuple:  # type: ignore[type-arg]
    row = CounterpartyRow
    return (
        row.active,
        func.coalesce(row.paused_until, now) <= now,
        func.coalesce(row.busy_until, now) <= now,
    )


def _counterparty(session: Session, name: str) -> CounterpartyRow:
    row = session.get(CounterpartyRow, (current_tenant.get(), name))
    if row is None:
        raise UnknownCounterparty("There is no counterparty {name}.", name=name)
    return row
