"""What follows publication, as it is kept: revisions, money, petitions, revocations.

Whoever changes any of it holds the contest's rules locked (`lock_rules`).
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from msgspec import convert, to_builtins
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contracts.awards import Results, ResultsPublished
from contracts.review import RoundLine
from kernel.database import Work
from kernel.errors import NotFound
from services.awards.domain.money import Entered
from services.awards.domain.petitions import Petition
from services.awards.domain.revoking import Revoked
from services.awards.store.after_tables import (
    MoneyRow,
    PastListRow,
    PetitionRow,
    RejudgedRow,
    RevocationRow,
)
from services.awards.store.tables import PrizeListRow, upsert


class UnknownPetition(NotFound):
    """There is no such petition."""


class NotRevoked(NotFound):
    """This entry's prize has not been taken back."""


def end_revision(work: Work, contest_id: str, revision: int, reason: str) -> None:
    """Keep the published list and results as they were until now."""
    query = select(PrizeListRow).where(PrizeListRow.contest_id == contest_id)
    row = work.session.scalars(query).one()
    work.session.add(
        PastListRow(
            contest_id=contest_id,
            revision=revision,
            listed=row.listed,
            results=row.results,
            ended_at=work.now,
            reason=reason,
        )
    )


def hold_results(
    session: Session, results: Results, public_from: datetime, held: ResultsPublished | None
) -> None:
    """Keep results with the instant they are public from, and what is to be said then."""
    query = select(PrizeListRow).where(PrizeListRow.contest_id == results.contest_id)
    row = session.scalars(query).one()
    row.results = to_builtins(results)
    row.public_from = public_from
    row.held = to_builtins(held) if held else None


def tenants_held(session: Session, now: datetime) -> list[str]:
    """Return the tenants that have results whose instant has come."""
    held = select(PrizeListRow.tenant).where(PrizeListRow.held.is_not(None))
    return list(session.scalars(held.where(PrizeListRow.public_from <= now).distinct()))


def take_due(session: Session, now: datetime) -> list[ResultsPublished]:
    """Take what is to be said of results whose instant has come."""
    query = select(PrizeListRow).where(PrizeListRow.held.is_not(None))
    query = query.where(PrizeListRow.public_from <= now).with_for_update(skip_locked=True)
    due = []
    for row in session.scalars(query):
        due.append(convert(row.held, ResultsPublished, strict=False))
        row.held = None
    return due


def is_published(session: Session, contest_id: str) -> bool:
    """Say whether there are results, public already or held until their instant."""
    return load_row(session, contest_id) is not None


def is_public(session: Session, contest_id: str, now: datetime) -> bool:
    """Say whether there are results that anybody may see at this instant."""
    row = load_row(session, contest_id)
    if row is None:
        return False
    # Results that were never held are public at once, whatever clock a question came by.
    return row.held is None or (row.public_from is not None and row.public_from <= now)


def load_row(session: Session, contest_id: str) -> PrizeListRow | None:
    """Read the row of a contest with results, if there are any."""
    query = select(PrizeListRow).where(PrizeListRow.contest_id == contest_id)
    return session.scalar(query.where(PrizeListRow.results.is_not(None)))


def enter_money(session: Session, contest_id: str, entered: Iterable[Entered]) -> None:
    """Add lines to the ledgers."""
    session.add_all(MoneyRow(contest_id=contest_id, **asdict(one)) for one in entered)
    session.flush()


def load_money(session: Session, contest_id: str) -> tuple[Entered, ...]:
    """Read both ledgers in the order of entering."""
    query = select(MoneyRow).where(MoneyRow.contest_id == contest_id).order_by(MoneyRow.number)
    return tuple(
        convert(
            {name: getattr(row, name) for name in Entered.__dataclass_fields__},
            Entered,
            strict=False,
        )
        for row in session.scalars(query)
    )


def save_petition(session: Session, petition: Petition) -> None:
    """Keep a petition as it now stands; its steps were only added to."""
    known = {"contest_id": petition.contest_id, "petition": to_builtins(petition)}
    upsert(session, PetitionRow, {"petition_id": petition.petition_id}, known)


def contest_of(session: Session, petition_id: str) -> str:
    """Read whose contest a petition is about."""
    query = select(PetitionRow.contest_id).where(PetitionRow.petition_id == petition_id)
    contest_id = session.scalar(query)
    if contest_id is None:
        raise UnknownPetition
    return contest_id


def load_petition(session: Session, petition_id: str) -> Petition:
    """Read a petition and lock it."""
    query = select(PetitionRow).where(PetitionRow.petition_id == petition_id)
    row = session.scalar(query.with_for_update())
    if row is None:
        raise UnknownPetition
    return convert(row.petition, Petition, strict=False)


def load_petitions(session: Session, contest_id: str) -> tuple[Petition, ...]:
    """Read a contest's petitions, in the order of filing."""
    query = select(PetitionRow).where(PetitionRow.contest_id == contest_id)
    found = [convert(row.petition, Petition, strict=False) for row in session.scalars(query)]
    return tuple(sorted(found, key=lambda one: (one.steps[0].at, one.petition_id)))


def save_rejudged(work: Work, petition: Petition, round_id: str, line: RoundLine) -> None:
    """Keep an entry's new line of a round; it counts once the petition is upheld."""
    key = {"petition_id": petition.petition_id, "round_id": round_id}
    known = {
        "contest_id": petition.contest_id,
        "entry_id": petition.entry_id,
        "line": to_builtins(line),
        "at": work.now,
    }
    upsert(work.session, RejudgedRow, key, known)


def count_rejudged(session: Session, petition_id: str) -> bool:
    """Let the new marks of a petition count; say whether there are any."""
    query = select(RejudgedRow).where(RejudgedRow.petition_id == petition_id)
    rows = session.scalars(query).all()
    for row in rows:
        row.counts = True
    session.flush()
    return bool(rows)


def load_rejudged(
    session: Session, contest_id: str, petition_id: str | None = None
) -> list[tuple[str, RoundLine]]:
    """Read new lines with their rounds, oldest first: those that count, and a petition's own."""
    query = select(RejudgedRow).where(RejudgedRow.contest_id == contest_id)
    wanted = or_(RejudgedRow.counts, RejudgedRow.petition_id == petition_id)
    rows = session.scalars(query.where(wanted).order_by(RejudgedRow.at, RejudgedRow.petition_id))
    return [(row.round_id, convert(row.line, RoundLine, strict=False)) for row in rows]


def save_revoked(session: Session, contest_id: str, revoked: Revoked) -> None:
    """Keep a revocation."""
    key = {"contest_id": contest_id, "entry_id": revoked.entry_id}
    upsert(session, RevocationRow, key, {"revoked": to_builtins(revoked)})


def load_revoked(session: Session, contest_id: str) -> tuple[Revoked, ...]:
    """Read a contest's revocations, oldest first."""
    query = select(RevocationRow).where(RevocationRow.contest_id == contest_id)
    found = [convert(row.revoked, Revoked, strict=False) for row in session.scalars(query)]
    return tuple(sorted(found, key=lambda one: (one.at, one.entry_id)))


def load_public(session: Session, now: datetime, contest_id: str | None = None) -> list[Results]:
    """Read the results that anybody may see at this instant, the newest first."""
    query = select(PrizeListRow).where(PrizeListRow.results.is_not(None))
    query = query.where(or_(PrizeListRow.held.is_(None), PrizeListRow.public_from <= now))
    if contest_id is not None:
        query = query.where(PrizeListRow.contest_id == contest_id)
    found = [convert(row.results, Results, strict=False) for row in session.scalars(query)]
    return sorted(found, key=lambda one: one.published_at, reverse=True)
