"""How minutes go from draft to checked to issued, and who may read them.

Who kept them checks, who presided issues: the two who sign. Start with `Version`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.review import MinutesKind, MinutesState
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from services.review.domain.minutes.drawing import Drawn
from services.review.domain.minutes.meeting import Attendance

JURYS = frozenset({"VOTE", "RECONSIDERING", "CLOSING"})  # what the jury meets for itself


class UnknownMinutes(NotFound):
    """There are no such minutes, or they are not for you to read."""


class NotTheKeeper(Forbidden):
    """Minutes are checked by who kept them."""


class NotThePresider(Forbidden):
    """Minutes are issued by who presided."""


class NotADraft(Refused):
    """These minutes are checked already; draw them up anew to change them."""


class NotChecked(Refused):
    """Minutes are issued once who kept them has checked them."""


class RecordMovedOn(Conflict):
    """More has happened since these minutes were drafted; draw them up anew."""


class NamesMissing(Refused):
    """Nobody has registered some persons these minutes name."""


class MeetingNotOver(Refused):
    """The meeting is not over yet."""


class TooFewPresent(Refused):
    """Too few judges were there for what the jury decides together."""


class NoReasonForVersion(Refused):
    """Say why issued minutes are replaced by a new version."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of minutes as far as rules go; `digest` is of what it says, without number."""

    minutes_id: str
    version: int
    round_id: str
    kind: MinutesKind
    state: MinutesState
    keeper: str
    presider: str
    digest: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks to read. `runs` are the secretariat and the chair, `judges` all other judges."""

    person_id: str
    runs: bool
    judges: bool
    holds_key: bool


def next_version(
    versions: Sequence[Version], round_id: str, kind: str, reason: str
) -> tuple[int, bool]:
    """Say which version a draft becomes, and whether it is a new one beside an issued one."""
    if any(one.round_id != round_id or one.kind != kind for one in versions):
        raise UnknownMinutes
    if not versions:
        return 1, False
    newest = max(versions, key=lambda one: one.version)
    replaces = newest.version if newest.state == "ISSUED" else newest.version - 1
    if replaces and not reason.strip():
        raise NoReasonForVersion
    return replaces + 1, bool(replaces)


def check(one: Version, by: str, drawn: Drawn, attendance: Attendance, now: datetime) -> None:
    """Raise unless this person may state that a draft is right, and it still is.

    `drawn` is what the minutes would say if they were drafted now.
    """
    if by != one.keeper:
        raise NotTheKeeper
    if one.state != "DRAFT":
        raise NotADraft
    if drawn.digest != one.digest:
        raise RecordMovedOn
    if drawn.unnamed:
        raise NamesMissing(
            "Nobody has registered {persons}; give their names.", persons=", ".join(drawn.unnamed)
        )
    check_held(one, attendance, now)


def check_held(one: Version, attendance: Attendance, now: datetime) -> None:
    """Raise unless the meeting is over, and enough were there for what it decides."""
    if attendance.meeting.ended_at > now:
        raise MeetingNotOver
    if one.kind in JURYS and not attendance.is_quorate:
        raise TooFewPresent(
            "{present} judges were there of {judges}; the rules ask for {quorum}.",
            present=attendance.present_judges,
            judges=attendance.judges,
            quorum=attendance.quorum,
        )


def issue(one: Version, by: str, drawn: Drawn) -> None:
    """Raise unless this person may issue what was checked, and it still is what happened."""
    if by != one.presider:
        raise NotThePresider
    if one.state != "CHECKED":
        raise NotChecked
    if drawn.digest != one.digest:
        raise RecordMovedOn


def may_read(one: Version, reader: Reader, *, is_closed: bool) -> bool:
    """Say whether somebody may read a version.

    Until the round is closed only the secretariat, the chair and the two who sign; key holders
    read how sheets were opened. Afterwards every judge of the jury reads what is issued.
    """
    if reader.runs or reader.person_id in (one.keeper, one.presider):
        return True
    if one.state != "ISSUED":
        return False
    if reader.holds_key and one.kind == "UNSEALING":
        return True
    return reader.judges and is_closed
