"""Contests, units and persons, as heard from intake."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.intake import Agency
from contracts.rules import Rules
from kernel.errors import NotFound
from services.review.store.tables import ContestRow, PersonRow, UnitRow


class UnknownContest(NotFound):
    """Review has not heard of this contest."""

    may_pass = True


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest, its newest rules and the secret its codes are drawn with."""

    contest_id: str
    rules: Rules
    secret: str


def keep_contest(
    session: Session, contest_id: str, rules: Rules, number: int, secret: str
) -> None:
    """Keep the rules with the highest number; the first secret stays."""
    query = insert(ContestRow).values(
        contest_id=contest_id, number=number, rules=to_builtins(rules), secret=secret
    )
    newer = query.on_conflict_do_update(
        index_elements=["tenant", "contest_id"],
        set_={"number": query.excluded.number, "rules": query.excluded.rules},
        where=ContestRow.number < query.excluded.number,
    )
    session.execute(newer)


def load_contest(session: Session, contest_id: str, *, lock: bool = False) -> Contest:
    """Read a contest; with `lock`, nobody else opens, closes or reseats it meanwhile."""
    query = select(ContestRow).where(ContestRow.contest_id == contest_id)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise UnknownContest("Review has not heard of the contest {contest}.", contest=contest_id)
    return Contest(row.contest_id, convert(row.rules, Rules, strict=False), row.secret)


def load_contests(session: Session) -> list[Contest]:
    """Read every contest of the tenant."""
    return [
        Contest(row.contest_id, convert(row.rules, Rules, strict=False), row.secret)
        for row in session.scalars(select(ContestRow).order_by(ContestRow.contest_id))
    ]


def keep_units(session: Session, agencies: Iterable[Agency], at: datetime) -> None:
    """Keep every unit and the one above it, as last spoken of."""
    for agency in agencies:
        query = insert(UnitRow).values(
            unit_id=agency.unit_id, parent_id=agency.parent_id, said_at=at
        )
        session.execute(
            query.on_conflict_do_update(
                index_elements=["tenant", "unit_id"],
                set_={"parent_id": query.excluded.parent_id, "said_at": query.excluded.said_at},
                where=UnitRow.said_at <= query.excluded.said_at,
            )
        )


def keep_person(
    session: Session, person_id: str, unit_id: str | None, full_name: str, at: datetime
) -> None:
    """Keep that somebody is registered, with unit and name as last spoken of."""
    said = {"unit_id": unit_id, "full_name": full_name, "said_at": at}
    query = insert(PersonRow).values(person_id=person_id, **said)
    session.execute(
        query.on_conflict_do_update(
            index_elements=["tenant", "person_id"],
            set_={name: query.excluded[name] for name in said},
            where=PersonRow.said_at <= query.excluded.said_at,
        )
    )
