"""Juries: who sits on them from when until when, in which panels, by which decision."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query

SeatRole = Literal["CHAIR", "DEPUTY", "MEMBER", "SECRETARY"]


class Seat(Struct, frozen=True, kw_only=True):
    """A place on the jury (giám khảo). `unit_id` is None only if truly outside every unit.

    `panel_id` names the panel of the jury it is on; without one it is for every field and round.
    `areas` are those the judge knows; none named means any. `most` is how many entries of a round
    the judge takes at most.
    """

    person_id: str
    role: SeatRole = "MEMBER"
    unit_id: str | None = None
    panel_id: str | None = None
    areas: tuple[str, ...] = ()
    most: int | None = None


class SubJury(Struct, frozen=True, kw_only=True):
    """A panel of the jury (tiểu ban) for some fields and rounds; for all where none is named."""

    panel_id: str
    name: str
    areas: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()


class Decision(Struct, frozen=True, kw_only=True):
    """The document by which somebody is appointed or released (số, ngày quyết định)."""

    number: str
    issued_on: date


class SeatJury(Command, frozen=True, kw_only=True):
    """Appoint the jury (Ban Giám khảo) of a contest, whole or in panels. Reply: None."""

    contest_id: str
    seats: tuple[Seat, ...]
    panels: tuple[SubJury, ...] = ()
    decision: Decision | None = None


class ReplaceJudge(Command, frozen=True, kw_only=True):
    """End a judge's seats, in an open round too, by a decision. Reply: `JudgeReplacement`.

    `substitute` takes the seats, in the same roles and panels; None leaves them empty, as far as
    the quorum of the rules allows. Sheets that were given stay on record; the rules say whether
    they count. Said again of a judge who has left, it hands over what they still owe.
    """

    contest_id: str
    judge_id: str
    decision: Decision
    reason: str
    substitute_id: str | None = None
    substitute_unit_id: str | None = None


class JudgeReplacement(Struct, frozen=True, kw_only=True):
    """What became of the entries on the desk of a judge who left.

    `kept` have the judge's own sheet, which counts; `handed_over` have another judge; for
    `vacant` nobody is free. All are codes.
    """

    kept: tuple[str, ...]
    handed_over: tuple[str, ...]
    vacant: tuple[str, ...]


class ShowJury(Query, frozen=True, kw_only=True):
    """Who sits and who sat on the jury. Reply: `JuryView`."""

    contest_id: str


class SeatView(Struct, frozen=True, kw_only=True):
    """A seat and from when until when somebody holds it; `left_at` None: still.

    Of who sits, `areas` and `most` say what they know and how many entries they take at most.
    """

    person_id: str
    role: SeatRole
    unit_id: str | None
    panel_id: str | None
    seated_at: datetime
    seated_by: Decision | None = None
    left_at: datetime | None = None
    left_by: Decision | None = None
    reason: str = ""
    substitute_id: str | None = None
    areas: tuple[str, ...] = ()
    most: int | None = None


class Vacancy(Struct, frozen=True, kw_only=True):
    """An entry short of a judge since an instant: nobody who is free was left to step in."""

    round_id: str
    code: str
    since: datetime


class JuryView(Struct, frozen=True, kw_only=True):
    """A jury, those who left it too. `quorum` is how many of its judges must be there."""

    panels: tuple[SubJury, ...]
    seats: tuple[SeatView, ...]
    judges: int
    quorum: int
    vacancies: tuple[Vacancy, ...] = ()


class DatedPost(Struct, frozen=True, kw_only=True):
    """A place in a unit, both days included; None where no day is known."""

    unit_id: str
    since: date | None = None
    until: date | None = None


class RecordPosts(Command, frozen=True, kw_only=True):
    """Say where somebody belongs or belonged, and when; said before, it is replaced. Reply: None.

    Anybody may say so of themselves, staff of anybody.
    """

    person_id: str
    posts: tuple[DatedPost, ...]


class JurySeated(Event, frozen=True, kw_only=True):
    """The jury is appointed; its members may not enter."""

    contest_id: str
    seats: tuple[Seat, ...]
    panels: tuple[SubJury, ...] = ()
    decision: Decision | None = None


class JudgeReplaced(Event, frozen=True, kw_only=True):
    """A judge has left the jury; `seats` are held by who took the place, who may not enter."""

    contest_id: str
    judge_id: str
    decision: Decision
    reason: str
    seats: tuple[Seat, ...] = ()
