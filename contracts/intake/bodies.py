"""Who stands beside the entrants: the head of a unit confirms, officers may not enter."""

from typing import Literal

from msgspec import Struct

from contracts.intake.events import EntryEvent
from contracts.message import Command, Event, Query

Body = Literal["BAN_TO_CHUC", "TO_THU_KY", "SOFTWARE_OPERATORS"]


class ConfirmByUnit(Command, frozen=True, kw_only=True):
    """As head of the entry's unit, confirm the version handed in, or say no. Reply: None.

    It makes up for the paper XAC_NHAN_DON_VI until another version is handed in. A no has a note.
    """

    entry_id: str
    confirmed: bool
    note: str = ""


class NameOfficers(Command, frozen=True, kw_only=True):
    """Say who belongs to a body whose members may not enter. Reply: ids of the entries put out.

    Nobody is ever struck off: who once belonged to it may not enter.
    """

    contest_id: str
    body: Body
    person_ids: tuple[str, ...]


class ListJudges(Query, frozen=True, kw_only=True):
    """Who marks, or once marked, in a contest, by name. Reply: tuple of `JudgeName`.

    A jury is appointed by a decision that names it: whoever has signed in may ask, so that an
    author can declare a conflict with a judge. Where the rules keep names secret only those who
    run the contest and its judges may.
    """

    contest_id: str


class JudgeName(Struct, frozen=True, kw_only=True):
    """A judge and what they are called; empty where nobody has registered them."""

    person_id: str
    full_name: str


class UnitConfirmed(EntryEvent, frozen=True, kw_only=True):
    """The head of the unit has confirmed a version, or has said no."""

    version: int
    confirmed: bool
    note: str = ""
    unit_id: str | None = None


class OfficersNamed(Event, frozen=True, kw_only=True):
    """These people belong to a body of the contest and may not enter it."""

    contest_id: str
    body: Body
    person_ids: tuple[str, ...]
