"""What may be done about judges who have not given their sheets, as the rules declare it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contracts.rules import Round
from kernel.errors import Refused
from services.review.domain.conflicts import Kind

Ground = Kind | Literal["LEFT", "DECLINED", "REPLACED", "COUNTED_WITHOUT"]


class WayNotDeclared(Refused):
    """The rules of this round do not allow this."""


class NoJudgeLeft(Refused):
    """Nobody is left to take this judge's place on the entry; seat another judge first."""


class QuorumNotMet(Refused):
    """Too few judges have given their sheets."""


class NotLater(Refused):
    """A round is extended to an instant that is still to come, and later than the last one."""


class DueIsPast(Refused):
    """A round opens with time for sheets: the last instant for them is still to come."""


class DueStands(Refused):
    """This round is open; the time for sheets is changed by extending it, with minutes."""


class SheetTooLate(Refused):
    """The time for sheets is over; it can be extended with minutes."""


@dataclass(frozen=True, slots=True)
class Why:
    """On which ground a judge is off an entry, in whose words, by which minutes.

    The ground of a conflict is its kind.
    """

    ground: Ground
    reason: str = ""
    minutes: str = ""


def declined(reason: str) -> Why:
    """Say that the judge gave the entry back."""
    return Why("DECLINED", reason)


def replaced(reason: str, minutes: str) -> Why:
    """Say that another stepped in for a judge whose sheet did not come."""
    return Why("REPLACED", reason, minutes)


def counted_without(reason: str, minutes: str) -> Why:
    """Say that the entry counts without the judge's sheet."""
    return Why("COUNTED_WITHOUT", reason, minutes)


def check_allowed(rules: Round, way: str) -> None:
    """Raise unless the rules declare this way."""
    if way not in rules.missing.ways:
        raise WayNotDeclared(
            "The rules of this round allow only: {ways}.",
            ways=", ".join(rules.missing.ways) or "-",
        )


def check_replaced(left: Iterable[str | None]) -> None:
    """Raise unless somebody steps in everywhere; `left` are the codes where nobody does."""
    if codes := ", ".join(sorted(code or "" for code in left)):
        raise NoJudgeLeft(
            "Nobody is left to take this judge's place on {codes}; seat another judge first.",
            codes=codes,
        )


def check_quorum(rules: Round, given: Mapping[str, int]) -> None:
    """Raise unless entries may count with the sheets there are; `given` counts them by code."""
    check_allowed(rules, "quorum")
    least = rules.missing.quorum or 1
    if short := [code for code, count in sorted(given.items()) if count < least]:
        raise QuorumNotMet(
            "These entries have fewer than {least} sheets: {codes}.",
            least=least,
            codes=", ".join(short),
        )


def check_extension(rules: Round, due: datetime | None, until: datetime, now: datetime) -> None:
    """Raise unless a round may be extended to this instant."""
    check_allowed(rules, "extend")
    if until <= now or (due is not None and until <= due):
        raise NotLater


def check_due(asked: datetime | None, due: datetime | None, now: datetime, *, opens: bool) -> None:
    """Raise unless a round may be opened with this last instant for sheets.

    One that is open already, opened again for entries of which word came late, keeps its own.
    """
    if asked is None or (not opens and asked == due):
        return
    if not opens:
        raise DueStands
    if asked <= now:
        raise DueIsPast


def check_in_time(due: datetime | None, now: datetime) -> None:
    """Raise if the time for sheets is over."""
    if due is not None and now > due:
        raise SheetTooLate("Sheets were taken until {due}.", due=due.isoformat())
