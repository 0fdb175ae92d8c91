"""What awards has decided and issued: prize lists, number series, results."""

from dataclasses import asdict

from msgspec import convert, to_builtins
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.awards import Results
from kernel.errors import NotFound
from services.awards.domain.adoption import Adoption
from services.awards.domain.prizes import PrizeList
from services.awards.store.tables import AdoptionRow, PrizeListRow, SeriesRow, upsert


class NotPublished(NotFound):
    """The results of this contest are not published yet."""


def load_list(session: Session, contest_id: str) -> PrizeList:
    """Read a contest's prize list; an empty one if nothing has been proposed.

    Whoever goes on to change it holds the contest's rules locked (`lock_rules`).
    """
    query = select(PrizeListRow).where(PrizeListRow.contest_id == contest_id)
    row = session.scalar(query)
    return convert(row.listed, PrizeList, strict=False) if row else PrizeList()


def save_list(session: Session, contest_id: str, listed: PrizeList) -> None:
    """Write the prize list as it now stands."""
    upsert(session, PrizeListRow, {"contest_id": contest_id}, {"listed": to_builtins(listed)})


def load_published(session: Session, contest_id: str) -> Results:
    """Read the results as published; raise `NotPublished` before."""
    query = select(PrizeListRow).where(PrizeListRow.contest_id == contest_id)
    row = session.scalar(query)
    if row is None or row.results is None:
        raise NotPublished
    return convert(row.results, Results, strict=False)


def draw_number(session: Session, body: str, year: int, *, book: str) -> int:
    """Take the next number of a body's book in a year, from 1.

    The row stays locked until the work commits: nobody gets a later number before this one is
    sure, and a number is not lost when the work is rolled back.
    """
    first = insert(SeriesRow).values(body=body, book=book, year=year, last=1)
    following = first.on_conflict_do_update(
        index_elements=["tenant", "body", "book", "year"], set_={"last": SeriesRow.last + 1}
    )
    return session.execute(following.returning(SeriesRow.last)).scalar_one()


def save_adoption(session: Session, contest_id: str, adoption: Adoption) -> bool:
    """Keep an adoption; say whether that is news. Whoever calls holds the rules locked."""
    key, known = {"entry_id": adoption.entry_id}, {"contest_id": contest_id, **asdict(adoption)}
    if session.scalar(select(AdoptionRow).filter_by(**known)) is not None:
        return False
    del known["entry_id"]
    upsert(session, AdoptionRow, key, known)
    return True
