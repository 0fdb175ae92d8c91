"""Minutes and their numbers."""

from collections.abc import Sequence

from msgspec import convert
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.review import Meeting, MinutesKind, MinutesState
from services.review.domain.minutes.citing import Kept
from services.review.domain.minutes.stages import UnknownMinutes, Version
from services.review.store.minutes_tables import MinutesRow, MinutesSeriesRow


def minutes_of(contest_id: str, round_id: str | None = None) -> Select[MinutesRow]:
    """Select the minutes of a contest or of one of its rounds, in the order of drafting."""
    query = select(MinutesRow).where(MinutesRow.contest_id == contest_id)
    if round_id is not None:
        query = query.where(MinutesRow.round_id == round_id)
    return query.order_by(MinutesRow.drafted_at, MinutesRow.minutes_id, MinutesRow.version)


def load_minutes(
    session: Session, contest_id: str, round_id: str | None = None
) -> Sequence[MinutesRow]:
    """Read every version of the minutes of a contest or of one of its rounds."""
    return session.scalars(minutes_of(contest_id, round_id)).all()


def lock_minutes(session: Session, contest_id: str, minutes_id: str) -> Sequence[MinutesRow]:
    """Read every version of some minutes, the newest last, and hold them."""
    query = minutes_of(contest_id).where(MinutesRow.minutes_id == minutes_id)
    found = session.scalars(query.with_for_update()).all()
    if not found:
        raise UnknownMinutes
    return sorted(found, key=lambda row: row.version)


def version_of(row: MinutesRow) -> Version:
    """Make the value of a row."""
    return Version(
        minutes_id=row.minutes_id,
        version=row.version,
        round_id=row.round_id,
        kind=convert(row.kind, MinutesKind),
        state=convert(row.state, MinutesState),
        keeper=row.keeper_id,
        presider=row.presider_id,
        digest=row.digest,
    )


def meeting_of(row: MinutesRow) -> Meeting:
    """Read what a person has added to a version."""
    return convert(row.meeting, Meeting)


def kept_minutes(session: Session, contest_id: str, round_id: str) -> list[Kept]:
    """Name the minutes of a round, each with its numbers."""
    found: dict[str, Kept] = {}
    for row in load_minutes(session, contest_id, round_id):
        before = found.get(row.minutes_id)
        numbers = (before.numbers if before else frozenset()) | ({row.number} - {""})
        found[row.minutes_id] = Kept(row.minutes_id, version_of(row).kind, numbers)
    return list(found.values())


def draw_minutes_number(session: Session, issuer: str, symbol: str, year: int) -> int:
    """Take the next number of a body's minutes in a year; who asks meanwhile waits."""
    first = insert(MinutesSeriesRow).values(issuer=issuer, symbol=symbol, year=year, last=1)
    query = first.on_conflict_do_update(
        index_elements=["tenant", "issuer", "symbol", "year"],
        set_={"last": MinutesSeriesRow.last + 1},
    ).returning(MinutesSeriesRow.last)
    return int(session.execute(query).scalar_one())
