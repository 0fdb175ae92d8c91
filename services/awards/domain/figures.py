"""Figures the law sets, each from a day on, with where it is from. Start with `Law`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from kernel.errors import Refused


class NoFigure(Refused):
    """The table of legal figures says nothing of that day."""


@dataclass(frozen=True, slots=True)
class BaseSalary:
    """The base salary (mức lương cơ sở), in đồng a month."""

    valid_from: date
    vnd: int
    source: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class BonusRate:
    """The bonus of a commendation, in base salaries; a group gets `group_times` as much."""

    valid_from: date
    times: Mapping[str, Decimal]
    group_times: Decimal
    source: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class PrizeTax:
    """The personal income tax on prizes: a share of what is above an amount."""

    valid_from: date
    share: Decimal
    above_vnd: int
    source: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintClocks:
    """The time limits of a first complaint, in days."""

    valid_from: date
    file_days: int
    accept_days: int
    answer_days: int
    complex_answer_days: int
    source: str
    is_checked: bool = False


class Dated(Protocol):
    """What holds from a day on."""

    @property
    def valid_from(self) -> date:
        """Return the first day."""
        ...


F = TypeVar("F", bound=Dated)


@dataclass(frozen=True, slots=True)
class Law:
    """All figures, in any order."""

    base_salaries: tuple[BaseSalary, ...]
    bonuses: tuple[BonusRate, ...]
    taxes: tuple[PrizeTax, ...]
    complaints: tuple[ComplaintClocks, ...]


def as_of(figures: Sequence[F], day: date) -> F:
    """Return the figure that holds on a day. Raises `NoFigure` before the first."""
    holding = [one for one in figures if one.valid_from <= day]
    if not holding:
        raise NoFigure("No figure of the law is known for {day}.", day=f"{day:%d/%m/%Y}")
    return max(holding, key=lambda one: one.valid_from)
