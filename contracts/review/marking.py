"""What judges ask and hand in: their desk, drafts and sheets."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from contracts.message import Command, Event, Query


class SheetText(Struct, frozen=True, kw_only=True):
    """What is inside a sealed sheet: points and comments by rubric code, and a comment on all."""

    marks: dict[str, Decimal]
    comments: dict[str, str] = {}
    comment: str = ""


class DraftText(Struct, frozen=True, kw_only=True):
    """What is inside a sealed draft: whatever the judge has typed so far."""

    marks: dict[str, str] = {}
    comments: dict[str, str] = {}
    comment: str = ""


class GiveMarks(Command, frozen=True, kw_only=True):
    """A judge's sheet for one entry, known by its code. Reply: the sheet's version.

    `sheet` is a `SheetText` sealed to the service's key, `own_key` the public key that only the
    judge's own sign-in opens. `marks` and `comment` in clear are no longer taken. Another sheet
    is a new version: with a `reason` while the round is sealed; once it is opened, where a second
    look is asked for, with the number of the `minutes` it rests on. `based_on` is the version the
    judge had before them, 0 for none: if another came meanwhile, nothing is overwritten; None
    asks for no such check.
    """

    contest_id: str
    round_id: str
    code: str
    marks: dict[str, Decimal] = field(default_factory=dict)
    comment: str = ""
    sheet: str = ""
    own_key: str = ""
    reason: str = ""
    minutes: str = ""
    based_on: int | None = None


class SaveDraft(Command, frozen=True, kw_only=True):
    """Keep what a judge has typed, sealed so that only they read it. Reply: None."""

    contest_id: str
    round_id: str
    code: str
    draft: str


class ListAssignments(Query, frozen=True, kw_only=True):
    """What the asking judge has to mark. Reply: tuple of `Assignment`."""

    contest_id: str
    round_id: str


class Assignment(Struct, frozen=True, kw_only=True):
    """An entry on a judge's desk. In a blind round nothing here tells whose it is.

    While the round is sealed the service sends `sealed_sheet` and `sealed_draft`, which the
    judge's sign-in opens at the door; there they become the fields above. `digest` and `given_at`
    are those of the newest version, as `SheetSealed` says them; without a digest it was given in
    the open.
    """

    code: str
    title: str
    area: str
    summary: str
    state: Literal["OPEN", "GIVEN", "SECOND_LOOK"]
    marks: dict[str, Decimal] = {}
    comments: dict[str, str] = {}
    comment: str = ""
    version: int = 0
    draft: DraftText | None = None
    sealed_sheet: str = ""
    sealed_draft: str = ""
    digest: str = ""
    given_at: datetime | None = None


class SheetSealed(Event, frozen=True, kw_only=True):
    """A judge has given a version of a sheet. `digest` binds it and tells nothing of it.

    It is the SHA-256 of what `MarksGiven` says of the same version once the sheets are opened.
    """

    contest_id: str
    round_id: str
    entry_id: str
    judge_id: str
    version: int
    digest: str
    given_at: datetime


class MarksGiven(Event, frozen=True, kw_only=True):
    """A judge's sheet, one version of it, as it stands for ever; said once it is opened.

    `digest` is that of `SheetSealed`: SHA-256 of the JSON array `[contest_id, round_id, entry_id,
    judge_id, version, {criterion: points}, words, nonce]`, with sorted members and no spaces,
    points without trailing zeros. `words` is the SHA-256 of the nonce and the comments. A sheet
    given in the open has no nonce.
    """

    contest_id: str
    round_id: str
    entry_id: str
    judge_id: str
    version: int
    marks: dict[str, Decimal]
    total: Decimal
    given_at: datetime
    digest: str = ""
    nonce: str = ""
    words: str = ""
    reason: str = ""
    minutes: str = ""
