"""The tables of what follows publication: revisions, money, petitions, revocations."""

from datetime import datetime

from sqlalchemy import BigInteger, Identity, false
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.awards.store.tables import Json, Table


class PastListRow(Row, Table):
    """A published revision of a prize list that has ended, with its results, word for word."""

    __tablename__ = "past_list"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    listed: Mapped[Json]
    results: Mapped[Json | None]
    ended_at: Mapped[datetime]
    reason: Mapped[str]


class MoneyRow(Row, Table):
    """A line of a ledger, only ever added."""

    __tablename__ = "money"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ledger: Mapped[str]
    kind: Mapped[str]
    entry_id: Mapped[str]
    prize: Mapped[str]
    vnd: Mapped[int] = mapped_column(BigInteger)
    basis: Mapped[str]
    at: Mapped[datetime]


class PetitionRow(Row, Table):
    """A petition with all its steps."""

    __tablename__ = "petition"

    petition_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    petition: Mapped[Json]


class RejudgedRow(Row, Table):
    """An entry's line of a round as others marked it; `counts` once the petition is upheld."""

    __tablename__ = "rejudged"

    petition_id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(primary_key=True)
    contest_id: Mapped[str]
    entry_id: Mapped[str]
    line: Mapped[Json]
    counts: Mapped[bool] = mapped_column(server_default=false())
    at: Mapped[datetime]


class RevocationRow(Row, Table):
    """A prize that was taken back."""

    __tablename__ = "revocation"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    revoked: Mapped[Json]
