"""Contests' rules and entries, as heard from intake."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kernel.errors import NotYet
from services.originality.domain import Entry, Policy, Reading, Scope, Sign, Standing
from services.originality.store.tables import ContestRow, EntryRow, write


def save_policy(session: Session, policy: Policy, number: int) -> bool:
    """Keep a contest's rules, unless a later amendment is known already.

    Says whether others were in force before.
    """
    known = session.scalar(
        select(ContestRow).where(ContestRow.contest_id == policy.contest_id).with_for_update()
    )
    if known is not None and known.number > number:
        return False
    before = None if known is None else policy_of(known)
    write(
        session,
        ContestRow,
        ("contest_id",),
        contest_id=policy.contest_id,
        number=number,
        title=policy.title,
        descriptions=sorted(policy.descriptions),
        cutoff=policy.cutoff,
        report_above=policy.report_above,
        must_review_above=policy.must_review_above,
        scopes=sorted(policy.scopes),
        host=policy.host,
        own_checks=policy.own_checks,
        blind=sorted(policy.blind),
    )
    return before not in (None, policy)


def load_policy(session: Session, contest_id: str) -> Policy:
    """Read a contest's rules; raise `NotYet` until they have been heard."""
    row = session.scalar(select(ContestRow).where(ContestRow.contest_id == contest_id))
    if row is None:
        raise NotYet(f"Contest {contest_id} has not been heard of yet.")
    return policy_of(row)


def policy_of(row: ContestRow) -> Policy:
    """Read a contest's rules off their row."""
    return Policy(
        contest_id=row.contest_id,
        title=row.title,
        descriptions=frozenset(row.descriptions),
        cutoff=row.cutoff,
        report_above=row.report_above,
        must_review_above=row.must_review_above,
        scopes=frozenset(map(Scope, row.scopes)),
        host=row.host,
        own_checks=row.own_checks,
        blind=frozenset(row.blind),
    )


def load_entry(session: Session, entry_id: str) -> tuple[Entry, Reading] | None:
    """Read an entry and what was read of its text, and lock it until the work is done."""
    query = select(EntryRow).where(EntryRow.entry_id == entry_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        return None
    entry = Entry(
        entry_id=row.entry_id,
        contest_id=row.contest_id,
        title=row.title,
        version=row.version,
        filed_at=row.filed_at,
        digest=row.digest,
        standing=Standing(row.standing),
    )
    signs = tuple(Sign(*sign) for sign in row.signs)
    return entry, Reading(row.words, row.known_share, row.problem, tuple(row.flags), signs)


def save_entry(session: Session, entry: Entry, reading: Reading) -> None:
    """Write an entry as it now stands, and that its report is up to date."""
    write(
        session,
        EntryRow,
        ("entry_id",),
        entry_id=entry.entry_id,
        contest_id=entry.contest_id,
        title=entry.title,
        version=entry.version,
        filed_at=entry.filed_at,
        digest=entry.digest,
        standing=entry.standing,
        words=reading.words,
        known_share=reading.known_share,
        problem=reading.problem,
        flags=list(reading.flags),
        signs=[(sign.kind, sign.start, sign.end, sign.detail) for sign in reading.signs],
        is_stale=False,
    )


def mark_stale(session: Session, entry_ids: Iterable[str]) -> None:
    """Note that the reports of these entries are to be made anew."""
    stale = update(EntryRow).where(EntryRow.entry_id.in_(sorted(entry_ids)))
    session.execute(stale.values(is_stale=True))


def mark_contest_stale(session: Session, contest_id: str) -> None:
    """Note that the reports of all entries of a contest are to be made anew."""
    stale = update(EntryRow).where(EntryRow.contest_id == contest_id)
    session.execute(stale.values(is_stale=True))


def set_fresh(session: Session, entry_id: str) -> None:
    """Note that the report of an entry is up to date."""
    fresh = update(EntryRow).where(EntryRow.entry_id == entry_id)
    session.execute(fresh.values(is_stale=False))


def tenants_stale(session: Session) -> list[str]:
    """Return the tenants that have reports to be made anew."""
    return list(session.scalars(select(EntryRow.tenant).where(EntryRow.is_stale).distinct()))


def take_stale(session: Session, most: int) -> list[tuple[str, str]]:
    """Return contest and entry whose report is to be made anew, the earliest filed first."""
    query = select(EntryRow.contest_id, EntryRow.entry_id).where(EntryRow.is_stale)
    rows = session.execute(query.order_by(EntryRow.filed_at, EntryRow.entry_id).limit(most))
    return [(row.contest_id, row.entry_id) for row in rows]
