"""Who may do what in one contest, and who looks as whom: written down with the reason."""

from typing import Literal

from contracts.message import Command, Event

__all__ = [
    "ContestRole", "GrantRole", "LookedAs", "RecordLook", "RoleGranted", "RoleWithdrawn",
    "WithdrawRole",
]  # fmt: skip

ContestRole = Literal["secretary", "clerk", "organiser", "coordinator"]


class GrantRole(Command, frozen=True, kw_only=True):
    """Give somebody a role in one contest. Reply: None.

    A `ContestRole`, or by an operator `authority:CODE` of an authority that the rules name.
    """

    contest_id: str
    person_id: str
    role: str
    reason: str


class WithdrawRole(Command, frozen=True, kw_only=True):
    """Take a role in one contest from somebody. Reply: None."""

    contest_id: str
    person_id: str
    role: str
    reason: str


class RecordLook(Command, frozen=True, kw_only=True):
    """Write down that the caller looks at pages as somebody else. Reply: None."""

    person_id: str
    reason: str


class RoleGranted(Event, frozen=True, kw_only=True):
    """Somebody was given a role in one contest."""

    contest_id: str
    person_id: str
    role: str
    reason: str


class RoleWithdrawn(Event, frozen=True, kw_only=True):
    """A role in one contest was taken from somebody."""

    contest_id: str
    person_id: str
    role: str
    reason: str


class LookedAs(Event, frozen=True, kw_only=True):
    """The envelope's actor looks at pages as somebody else from now on, changing nothing."""

    person_id: str
    reason: str
