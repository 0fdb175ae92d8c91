"""Keys of persons and rounds, and drafts. Everything secret here is ciphertext."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from contracts.review import GiveKey
from kernel.database import Row, Work
from services.review.domain.sealed import Keys
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import Table


class HolderKeyRow(Row, Table):
    """Somebody's newest public key; `challenge` is the digest of the word that confirms it."""

    __tablename__ = "holder_key"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[str]
    challenge: Mapped[str]
    registered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RoundKeyRow(Row, Table):
    """A holder's part of a round's key: `shares` sealed to them, `given` sealed to the service."""

    __tablename__ = "round_key"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    holder_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    is_recovery: Mapped[bool]
    public_key: Mapped[str]
    shares: Mapped[bytes]
    digest: Mapped[str]
    given: Mapped[str | None]
    given_by: Mapped[str | None]
    given_at: Mapped[datetime | None]
    lost: Mapped[str | None]
    minutes: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class DraftRow(Row, Table):
    """What a judge has typed for an entry, sealed to the judge's own key at the door."""

    __tablename__ = "draft"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    judge_id: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    saved_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A holder's part of a round's key; `shares` are sealed to `public_key`."""

    holder_id: str
    public_key: str
    shares: bytes
    digest: str
    given: str | None = None


def register_key(work: Work, person_id: str, public_key: str, challenge: str) -> None:
    """Put a key in the place of the person's last; it counts once it is confirmed."""
    new = {"public_key": public_key, "challenge": challenge, "registered_at": work.now}
    query = insert(HolderKeyRow).values(person_id=person_id, confirmed_at=None, **new)
    work.session.execute(
        query.on_conflict_do_update(
            index_elements=["tenant", "person_id"], set_={**new, "confirmed_at": None}
        )
    )


def challenge_of(session: Session, person_id: str) -> str | None:
    """Return the digest that confirms somebody's newest key."""
    query = select(HolderKeyRow.challenge).where(HolderKeyRow.person_id == person_id)
    return session.scalar(query)


def confirm_key(session: Session, person_id: str, now: datetime) -> None:
    """Write down that the person has shown the private half."""
    query = select(HolderKeyRow).where(HolderKeyRow.person_id == person_id)
    session.scalars(query).one().confirmed_at = now


def load_holders(session: Session) -> list[HolderKeyRow]:
    """Read everybody's newest key, by person."""
    return list(session.scalars(select(HolderKeyRow).order_by(HolderKeyRow.person_id)))


def save_keys(
    session: Session, named: tuple[str, str], keys: Keys, held: Mapping[str, HeldKey]
) -> None:
    """Write down who holds which part of the key of a round, named by contest and round."""
    contest_id, round_id = named
    session.add_all(
        RoundKeyRow(
            contest_id=contest_id,
            round_id=round_id,
            holder_id=holder,
            place=place,
            is_recovery=holder == keys.recovery,
            public_key=held[holder].public_key,
            shares=held[holder].shares,
            digest=held[holder].digest,
        )
        for place, holder in enumerate(keys.holders)
    )


def load_keys(session: Session, named: tuple[str, str]) -> tuple[Keys, dict[str, HeldKey]]:
    """Read who holds the key of a round, who has given theirs, and the sealed parts."""
    contest_id, round_id = named
    query = select(RoundKeyRow).where(
        RoundKeyRow.contest_id == contest_id, RoundKeyRow.round_id == round_id
    )
    rows = list(session.scalars(query.order_by(RoundKeyRow.place)))
    recovery = next((row.holder_id for row in rows if row.is_recovery), None)
    keys = Keys(
        officers=tuple(row.holder_id for row in rows if not row.is_recovery),
        recovery=recovery,
        given={row.holder_id: row.lost for row in rows if row.given is not None},
    )
    held = {
        row.holder_id: HeldKey(row.holder_id, row.public_key, row.shares, row.digest, row.given)
        for row in rows
    }
    return keys, held


def give_key(work: Work, asked: GiveKey, holder_id: str) -> None:
    """Write down a holder's key as given, sealed to the service until another one comes."""
    query = select(RoundKeyRow).where(
        RoundKeyRow.contest_id == asked.contest_id,
        RoundKeyRow.round_id == asked.round_id,
        RoundKeyRow.holder_id == holder_id,
    )
    row = work.session.scalars(query).one()
    row.given, row.given_at = asked.shares, work.now
    row.given_by = work.actor.true_id or work.actor.id
    row.lost, row.minutes, row.reason = asked.lost, asked.minutes, asked.reason


def save_draft(work: Work, key: Mapping[str, str], sealed: str) -> None:
    """Put a draft in the place of the one before; `key` names round, entry and judge."""
    new = {"sealed": sealed, "saved_at": work.now}
    query = insert(DraftRow).values(**key, **new)
    work.session.execute(
        query.on_conflict_do_update(
            index_elements=["tenant", "contest_id", "round_id", "entry_id", "judge_id"], set_=new
        )
    )


def load_drafts(session: Session, played: RoundInPlay, judge_id: str) -> dict[str, str]:
    """Read a judge's drafts of a round, by entry."""
    query = select(DraftRow.entry_id, DraftRow.sealed).where(
        DraftRow.contest_id == played.contest_id,
        DraftRow.round_id == played.round_id,
        DraftRow.judge_id == judge_id,
    )
    return dict(session.execute(query).all())


def drop_draft(session: Session, key: Mapping[str, str]) -> None:
    """Forget a draft; the sheet has taken its place."""
    session.execute(delete(DraftRow).filter_by(**key))
