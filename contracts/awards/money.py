"""What awards answers about money: that of the contest and the law's bonus, in two ledgers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contracts.message import Query

Ledger = Literal["CONTEST", "BONUS"]  # the contest's own money; what the law adds (thưởng)
MoneyKind = Literal["DUE", "RECALLED", "RECOVERED"]


class ShowMoney(Query, frozen=True, kw_only=True):
    """What is due to winners and what is to come back. Reply: `MoneyView`, for the office.

    Before publication it is reckoned as if the decision were of today.
    """

    contest_id: str


class MoneyLine(Struct, frozen=True, kw_only=True):
    """An amount in đồng: due to a winner, recalled by a decision, or come back.

    `basis` says in Vietnamese how it was reckoned, or the document it rests on.
    """

    ledger: Ledger
    kind: MoneyKind
    entry_id: str
    title: str
    prize: str
    amount_vnd: int
    basis: str
    at: datetime | None = None


class MoneySource(Struct, frozen=True, kw_only=True):
    """A figure that amounts rest on, since when it holds, and where it is from.

    `is_checked` is False for what nobody has compared with the law's text yet.
    """

    name: str
    value: Decimal
    valid_from: date
    source: str
    is_checked: bool


class TaxNote(Struct, frozen=True, kw_only=True):
    """What a winner owes of the contest's money, in words and in đồng."""

    entry_id: str
    amount_vnd: int
    text: str


class MoneyView(Struct, frozen=True, kw_only=True):
    """The two ledgers. `is_due` is False while nothing is published yet."""

    is_due: bool
    decided_on: date
    lines: tuple[MoneyLine, ...]
    contest_vnd: int
    bonus_vnd: int
    to_recover_vnd: int
    sources: tuple[MoneySource, ...]
    taxes: tuple[TaxNote, ...]
