"""Who is told of a defence day: authors of slots that changed, judges whose day did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.contest import Contest, Round
from services.notify.domain.letters import (
    DefenceHeard,
    DefenceSet,
)
from services.notify.domain.quoted import CodedEntry, DefenceTime
from services.notify.domain.telling import Entry, Telling


@dataclass(frozen=True, slots=True)
class DefenceSlot:
    """An entry's slot as announced; `calendar` is empty where nothing has changed."""

    entry: Entry
    code: str
    room: str
    starts_at: datetime
    cancelled: bool
    calendar: str

    def told(self) -> DefenceTime:
        """Say it as its authors know it."""
        return DefenceTime(self.entry.named, self.room, self.starts_at, self.cancelled)

    def heard(self, *, blind: bool, leaves: bool) -> DefenceTime:
        """Say it as a judge knows it."""
        entry = CodedEntry(self.code, None if blind else self.entry.title)
        return DefenceTime(entry, self.room, self.starts_at, leaves=leaves)


@dataclass(frozen=True, slots=True)
class HeardDefence:
    """The entries a judge hears and those they leave for, by id, with the calendar of both."""

    judge_id: str
    entry_ids: tuple[str, ...]
    away: tuple[str, ...]
    calendar: str


def tell_defence(
    contest: Contest,
    round_id: str,
    slots: Sequence[DefenceSlot],
    judges: Iterable[HeardDefence],
    why: tuple[int, str],
) -> tuple[Telling, ...]:
    """Tell authors of their new slots and judges of their day; `why` is version and reason."""
    round_ = contest.round(round_id)
    by_id = {slot.entry.entry_id: slot for slot in slots}
    return (
        *tell_authors(round_, [slot for slot in slots if slot.calendar], why),
        *(tell_judge(round_, one, by_id, why) for one in judges),
    )


def tell_authors(
    round_: Round, slots: Iterable[DefenceSlot], why: tuple[int, str]
) -> Iterator[Telling]:
    """Write one letter to each author, however many entries they defend."""
    mine: dict[str, list[DefenceSlot]] = {}
    for slot in slots:
        for reader in slot.entry.readers():
            mine.setdefault(reader, []).append(slot)
    for reader, theirs in mine.items():
        letter = DefenceSet(
            round_name=round_.name,
            slots=tuple(slot.told() for slot in theirs),
            version=why[0],
            reason=why[1],
            present_minutes=round_.present_minutes,
            question_minutes=round_.question_minutes,
            calendars=tuple(slot.calendar for slot in theirs),
        )
        yield Telling(reader, "EMAIL", letter, tuple(slot.entry.entry_id for slot in theirs))


def tell_judge(
    round_: Round, heard: HeardDefence, slots: Mapping[str, DefenceSlot], why: tuple[int, str]
) -> Telling:
    """Write to a judge what they hear and when they leave the room, in the order of time."""
    named = [(entry_id, False) for entry_id in heard.entry_ids]
    named += [(entry_id, True) for entry_id in heard.away]
    shown = [slots[one].heard(blind=round_.blind, leaves=leaves) for one, leaves in named]
    letter = DefenceHeard(
        round_name=round_.name,
        slots=tuple(sorted(shown, key=lambda slot: (slot.starts_at, slot.room))),
        version=why[0],
        reason=why[1],
        calendars=(heard.calendar,),
    )
    return Telling(heard.judge_id, "EMAIL", letter)
