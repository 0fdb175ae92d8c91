"""What winners are due: the contest's money and the law's bonus, in two ledgers, and tax.

All in whole đồng. What does not divide is not paid out twice: shares are rounded down. Start
with `due`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from contracts.rules import Prize, Rules
from kernel.errors import Refused
from services.awards.domain.figures import BaseSalary, BonusRate, Law, PrizeTax, as_of
from services.awards.domain.prizes import Line, prize_of

Ledger = Literal["CONTEST", "BONUS"]
Kind = Literal["DUE", "RECALLED", "RECOVERED"]
LEDGERS: tuple[Ledger, ...] = ("CONTEST", "BONUS")


class MoreThanOwed(Refused):
    """More cannot come back than was recalled."""


class NoReceipt(Refused):
    """Name the document that shows what came back."""


class NothingCame(Refused):
    """Say what came back: an amount of a ledger, the certificate, or both."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of a ledger. Amounts are positive; `kind` says which way they go."""

    ledger: Ledger
    kind: Kind
    entry_id: str
    prize: str
    vnd: int
    basis: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Terms:
    """What amounts rest on: rules, law, the day of the decision; and when they are entered."""

    rules: Rules
    law: Law
    decided_on: date
    now: datetime


def due(
    lines: Sequence[Line], terms: Terms, kinds: Mapping[str, str | None]
) -> tuple[Entered, ...]:
    """Reckon what each line is due; `kinds` are the kinds of entries by their id."""
    return tuple(
        entered
        for line in lines
        for entered in due_to(line, terms, is_group=kinds.get(line.entry_id) == "COLLECTIVE")
    )


def due_to(line: Line, terms: Terms, *, is_group: bool) -> Iterator[Entered]:
    """Reckon both ledgers for one line; a ledger without money is left out."""
    prize = prize_of(line.prize, terms.rules)
    won = (line.entry_id, line.prize)
    if (vnd := contest_money(prize, line, is_group=is_group)) > 0:
        basis = "Theo Thể lệ cuộc thi"
        if line.parts != line.of:
            basis += f", đồng giải: {line.parts}/{line.of} mức giải"
        yield Entered("CONTEST", "DUE", *won, vnd, basis, terms.now)
    salary = as_of(terms.law.base_salaries, terms.decided_on)
    rate = as_of(terms.law.bonuses, terms.decided_on)
    vnd, basis = bonus(prize.commendation, salary, rate, is_group=is_group)
    if vnd > 0:
        yield Entered("BONUS", "DUE", *won, vnd, basis, terms.now)


def contest_money(prize: Prize, line: Line, *, is_group: bool) -> int:
    """Return the contest's money for a line; of a split prize its part, rounded down."""
    of_group = prize.group_money_vnd if is_group else None
    whole = prize.money_vnd if of_group is None else of_group
    return (whole or 0) * line.parts // line.of


def bonus(
    commendation: str, salary: BaseSalary, rate: BonusRate, *, is_group: bool
) -> tuple[int, str]:
    """Return the law's bonus and how it was reckoned."""
    times = rate.times.get(commendation, Decimal(0))
    if is_group:
        times *= rate.group_times
    vnd = int((times * salary.vnd).to_integral_value(ROUND_HALF_UP))
    written = f"{times.normalize():f}".replace(".", ",")
    figure = f"{salary.vnd:,}".replace(",", ".")
    return vnd, f"{written} × {figure} đồng (lương cơ sở)"


def tax_on(vnd: int, rule: PrizeTax) -> int:
    """Return the tax on a prize of so much, for one person, rounded down to whole đồng."""
    return int(max(vnd - rule.above_vnd, 0) * rule.share)


def tax_words(rule: PrizeTax) -> str:
    """Say how the tax is reckoned; whether it applies is for the tax office."""
    percent = f"{(rule.share * 100).normalize():f}".replace(".", ",")
    above = f"{rule.above_vnd:,}".replace(",", ".")
    return f"{percent}% phần vượt {above} đồng của tiền giải; {rule.source}"


def reshared(before: Sequence[Line], lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that keep their prize, but not the part of its money they had before."""
    parts = {(one.entry_id, one.prize): Fraction(one.parts, one.of) for one in before}
    return tuple(
        line
        for line in lines
        if parts.get((line.entry_id, line.prize)) not in {None, Fraction(line.parts, line.of)}
    )


def due_anew(
    lines: Sequence[Line], terms: Terms, kinds: Mapping[str, str | None]
) -> tuple[Entered, ...]:
    """Reckon the contest's money of reshared lines; their bonus is as it was."""
    return tuple(one for one in due(lines, terms, kinds) if one.ledger == "CONTEST")


def recall(
    entered: Sequence[Entered],
    entry_id: str,
    basis: str,
    now: datetime,
    ledgers: Sequence[Ledger] = LEDGERS,
) -> list[Entered]:
    """Recall what an entry was due and has not been recalled yet."""
    recalled = []
    for ledger in ledgers:
        due_vnd = total(entered, entry_id, ledger, "DUE") - total(
            entered, entry_id, ledger, "RECALLED"
        )
        if due_vnd > 0:
            prize = next(one.prize for one in reversed(entered) if one.entry_id == entry_id)
            recalled.append(Entered(ledger, "RECALLED", entry_id, prize, due_vnd, basis, now))
    return recalled


def left(entered: Sequence[Entered], entry_id: str, ledger: Ledger) -> int:
    """Return what of a recalled amount has not come back."""
    return total(entered, entry_id, ledger, "RECALLED") - total(
        entered, entry_id, ledger, "RECOVERED"
    )


def recover(entered: Sequence[Entered], came: Entered) -> Entered:
    """Take what came back. Raises `MoreThanOwed`."""
    owed = left(entered, came.entry_id, came.ledger)
    if not 0 < came.vnd <= owed:
        raise MoreThanOwed("{owed} đồng are still to come back.", owed=owed)
    return came


def total(entered: Sequence[Entered], entry_id: str, ledger: Ledger, kind: Kind) -> int:
    """Add up one kind of line of an entry."""
    return sum(
        one.vnd
        for one in entered
        if (one.entry_id, one.ledger, one.kind) == (entry_id, ledger, kind)
    )


def outstanding(entered: Sequence[Entered], ledger: Ledger) -> int:
    """Return what winners are due of a ledger, recalled amounts left out."""
    signs = {"DUE": 1, "RECALLED": -1, "RECOVERED": 0}
    return sum(signs[one.kind] * one.vnd for one in entered if one.ledger == ledger)


def to_recover(entered: Sequence[Entered]) -> int:
    """Return what was recalled and has not come back, of both ledgers."""
    signs = {"DUE": 0, "RECALLED": 1, "RECOVERED": -1}
    return sum(signs[one.kind] * one.vnd for one in entered)
