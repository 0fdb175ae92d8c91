"""What intake is asked about the formal check of a dossier."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Query


class AnswerChecklist(Command, frozen=True, kw_only=True):
    """Say whether a line of the checklist is right, for the version handed in last. Reply: None.

    What is not right needs a `note`.
    """

    entry_id: str
    item: str
    ok: bool
    note: str = ""


class ShowChecklist(Query, frozen=True, kw_only=True):
    """Reply: `Checklist`, for staff."""

    entry_id: str


class CheckLine(Struct, frozen=True, kw_only=True):
    """One thing to check, e.g. `PAPER.BAN_CAM_KET`, and what a clerk has said of it.

    `met` is what was computed; it is None where only a person can tell, and the line is then
    `OPEN` until somebody has. `name`, `detail` and `note` are Vietnamese.
    """

    item: str
    name: str
    state: Literal["OK", "NOT_OK", "OPEN"]
    met: bool | None = None
    detail: str = ""
    note: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None


class Checklist(Struct, frozen=True, kw_only=True):
    """The formal check of one version of a dossier; `complete` when it can be accepted."""

    entry_id: str
    version: int
    complete: bool
    lines: tuple[CheckLine, ...]
