"""Minutes of a round (biên bản): drafted from the record, checked, issued, amended.

Form 1.9 of Nghị định 30/2020/NĐ-CP, Phụ lục III. What happened is read off the record; a person
adds only what the record cannot know, the `Meeting`.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query

MinutesKind = Literal["OPENING", "MISSING", "UNSEALING", "RECONSIDERING", "VOTE", "CLOSING"]
MinutesState = Literal["DRAFT", "CHECKED", "ISSUED"]


class Absence(Struct, frozen=True, kw_only=True):
    """Who was not at a meeting, and why."""

    person_id: str
    reason: str = ""


class Opinion(Struct, frozen=True, kw_only=True):
    """What somebody said at a meeting."""

    person_id: str
    words: str


class Meeting(Struct, frozen=True, kw_only=True):
    """What the record cannot know of a meeting.

    Unless said: the chair presided, the jury's secretary kept the minutes, and all were present
    who had a seat when it began, but for those in `absent`. `names` are of persons whom nobody has
    registered; a registered name comes first. `guests` are lines as they are to be printed.
    """

    place: str
    began_at: datetime
    ended_at: datetime
    presided_by: str | None = None
    kept_by: str | None = None
    present: tuple[str, ...] = ()
    absent: tuple[Absence, ...] = ()
    guests: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    conclusion: str = ""
    names: dict[str, str] = {}


class DraftMinutes(Command, frozen=True, kw_only=True):
    """Draw minutes of a round up from the record. Reply: `MinutesView`.

    With `minutes_id`, of one not yet issued: draw it up anew, from the record as it is now; of
    one that is issued: a new version beside it, for the `reason`.
    """

    contest_id: str
    round_id: str
    kind: MinutesKind
    meeting: Meeting
    minutes_id: str | None = None
    reason: str = ""


class CheckMinutes(Command, frozen=True, kw_only=True):
    """As who kept the minutes, state that the draft is right. Reply: `MinutesView`."""

    contest_id: str
    minutes_id: str


class IssueMinutes(Command, frozen=True, kw_only=True):
    """As who presided, issue what was checked, with its number and day. Reply: `MinutesView`."""

    contest_id: str
    minutes_id: str


class ListMinutes(Query, frozen=True, kw_only=True):
    """Minutes the asker may read, of a round or all. Reply: tuple of `MinutesView`."""

    contest_id: str
    round_id: str | None = None


class LinkMinutes(Query, frozen=True, kw_only=True):
    """Where a version of minutes can be read for a while; the newest unless said. Reply: str."""

    contest_id: str
    minutes_id: str
    format: Literal["pdf", "docx"]
    version: int | None = None


class MinutesView(Struct, frozen=True, kw_only=True):
    """One version of minutes. `number` is whole, `05/BB-BTC`, once issued; `dated` its day.

    `digest` is the SHA-256 of what they say, `pdf_sha256` and `docx_sha256` of the files. A
    version that a later one has replaced stays, `is_replaced`.
    """

    minutes_id: str
    version: int
    round_id: str
    kind: MinutesKind
    state: MinutesState
    kept_by: str
    presided_by: str
    drafted_by: str
    drafted_at: datetime
    digest: str
    pdf_sha256: str
    docx_sha256: str
    number: str = ""
    dated: date | None = None
    reason: str = ""
    is_replaced: bool = False
    meeting: Meeting | None = None


class MinutesChecked(Event, frozen=True, kw_only=True):
    """Who kept the minutes has stated that a draft is right; `digest` is of what it says."""

    contest_id: str
    round_id: str
    minutes_id: str
    version: int
    kind: MinutesKind
    digest: str


class MinutesIssued(Event, frozen=True, kw_only=True):
    """Minutes have their number; the digests prove which files and words were issued."""

    contest_id: str
    round_id: str
    minutes_id: str
    version: int
    kind: MinutesKind
    number: str
    dated: date
    digest: str
    pdf_sha256: str
    docx_sha256: str
