"""What is said of a defence day: its slots, as a plan, as recorded, to everybody, as news."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.message import Event
from contracts.review.defence import DefenceAvailability, DefenceHours, DefenceRoom

__all__ = [
    "DefenceDay",
    "DefencePlan",
    "DefenceRecorded",
    "DefenceSlot",
    "DefenceVersion",
    "JudgeNews",
    "Programme",
    "ProgrammeLine",
    "SlotNews",
]

SlotState = Literal["CONFIRMED", "CANCELLED"]


class DefenceSlot(Struct, frozen=True, kw_only=True):
    """An entry's time: presenting from `starts_at`, answering from `answers_at` to `ends_at`.

    `uid` stays whatever changes, `sequence` grows by one with each change (RFC 5545). `judge_ids`
    hear it, `away` have a conflict and leave the room. `title` is empty where the reader marks
    blind.
    """

    code: str
    title: str
    room: str
    starts_at: datetime
    answers_at: datetime
    ends_at: datetime
    state: SlotState = "CONFIRMED"
    uid: str = ""
    sequence: int = 0
    judge_ids: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


class DefencePlan(Struct, frozen=True, kw_only=True):
    """A day as it would be. `leavings` counts how often a judge leaves a room for conflicts.

    Entries defended one after the other while a judge is out are one leaving. No order has fewer
    than `at_least`; `is_best` says that this one has as few.
    """

    slots: tuple[DefenceSlot, ...]
    leavings: int
    at_least: int
    is_best: bool
    seed: str
    present_minutes: int
    question_minutes: int


class DefenceVersion(Struct, frozen=True, kw_only=True):
    """When, by whom and why a version was made, and the codes of the slots it changed."""

    version: int
    recorded_at: datetime
    recorded_by: str
    reason: str
    changed: tuple[str, ...]


class DefenceDay(Struct, frozen=True, kw_only=True):
    """A recorded day as its reader may see it, in the order of time and rooms.

    `is_whole` is False for somebody who sees only what concerns them; they see no versions.
    """

    round_id: str
    version: int
    newest: int
    is_whole: bool
    slots: tuple[DefenceSlot, ...]
    leavings: int
    present_minutes: int
    question_minutes: int
    warn_minutes: int
    hours: tuple[DefenceHours, ...] = ()
    rooms: tuple[DefenceRoom, ...] = ()
    availability: tuple[DefenceAvailability, ...] = ()
    versions: tuple[DefenceVersion, ...] = ()


class ProgrammeLine(Struct, frozen=True, kw_only=True):
    """What everybody may know of a slot: `entry` is its title, or its code in a blind round."""

    entry: str
    room: str
    starts_at: datetime
    ends_at: datetime


class Programme(Struct, frozen=True, kw_only=True):
    """The programme of a defence day; entries that were taken out are not in it."""

    round_id: str
    round_name: str
    version: int
    lines: tuple[ProgrammeLine, ...]


class SlotNews(Struct, frozen=True, kw_only=True):
    """An entry's slot; `calendar` is it as an iCalendar file, empty where nothing has changed."""

    entry_id: str
    code: str
    room: str
    starts_at: datetime
    ends_at: datetime
    state: SlotState
    calendar: str = ""


class JudgeNews(Struct, frozen=True, kw_only=True):
    """A judge whose slots have changed: the entries they hear, and those they leave for.

    `calendar` is all of it as an iCalendar file.
    """

    judge_id: str
    entry_ids: tuple[str, ...]
    away: tuple[str, ...]
    calendar: str


class DefenceRecorded(Event, frozen=True, kw_only=True):
    """A version of a defence day stands; `judges` are those it changed something for."""

    contest_id: str
    round_id: str
    version: int
    reason: str
    slots: tuple[SlotNews, ...]
    judges: tuple[JudgeNews, ...]
