"""What people wish of notices, and the key of links in letters."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import LargeBinary, Text, and_, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from services.notify.store.known import PersonRow
from services.notify.store.table import Table, ours


class WishesRow(Row, Table):
    """One row per person who has asked for something; `off` are kinds they do without."""

    __tablename__ = "wishes"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    first: Mapped[str | None]
    off: Mapped[list[str]]
    changed_at: Mapped[datetime]


class LinkKeyRow(Row, Table):
    """One row per tenant: the key that links in letters are signed with."""

    __tablename__ = "link_key"

    secret: Mapped[bytes] = mapped_column(LargeBinary)
    __mapper_args__ = {"primary_key": ["tenant"]}  # noqa: RUF012


def load_wishes(session: Session, person_ids: Collection[str]) -> dict[str, WishesRow]:
    """Read what these people have asked for, of those who have."""
    named = (ours(WishesRow), WishesRow.person_id.in_(person_ids))
    rows = session.scalars(select(WishesRow).where(*named))
    return {row.person_id: row for row in rows}


def load_readers(
    session: Session, person_ids: Collection[str]
) -> tuple[dict[str, PersonRow], dict[str, WishesRow]]:
    """Read those people who are known, and what they have asked for, in one question."""
    ids = select(func.unnest(cast(list(person_ids), ARRAY(Text))).label("id")).subquery()
    query = (
        select(PersonRow, WishesRow)
        .select_from(ids)
        .outerjoin(PersonRow, and_(ours(PersonRow), PersonRow.person_id == ids.c.id))
        .outerjoin(WishesRow, and_(ours(WishesRow), WishesRow.person_id == ids.c.id))
    )
    found = session.execute(query).all()
    people = {person.person_id: person for person, _ in found if person is not None}
    return people, {asked.person_id: asked for _, asked in found if asked is not None}


def save_wishes(session: Session, wishes: WishesRow) -> None:
    """Write somebody's wishes in place of earlier ones."""
    session.merge(wishes)


def turn_off(session: Session, tenant: str, person_id: str, kind: str, now: datetime) -> None:
    """Remember that somebody does without a kind of notice; all else stays."""
    known = load_wishes(session, [person_id]).get(person_id)
    if known is None:
        first = {"tenant": tenant, "person_id": person_id, "language": "vi", "off": [kind]}
        session.execute(
            insert(WishesRow).values({**first, "changed_at": now}).on_conflict_do_nothing()
        )
    elif kind not in known.off:
        known.off, known.changed_at = [*known.off, kind], now


def link_key(session: Session, tenant: str) -> bytes:
    """Return the key of a tenant's links, made when it is first needed."""
    made = {"tenant": tenant, "secret": secrets.token_bytes(32)}
    session.execute(insert(LinkKeyRow).values(made).on_conflict_do_nothing())
    return session.scalars(select(LinkKeyRow.secret)).one()
