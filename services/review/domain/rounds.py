"""When a round may open or close, and which entries it judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.rules import Round, Rules
from kernel.errors import NotFound, Refused
from services.review.domain.entries import Entry, Standing


class UnknownRound(NotFound):
    """The rules of the contest have no such round."""


class RoundAlreadyOpen(Refused):
    """This round has been opened before."""


class RoundNotOpen(Refused):
    """This round is not open for judging."""


class RoundTooEarly(Refused):
    """It is too early to open this round."""

    may_pass = True


class EntriesOverlooked(Refused):
    """Entries became eligible after the round opened; open it again to assign them."""


class NothingToJudge(Refused):
    """No entry has reached this round."""


class SheetsAwaited(Refused):
    """Sheets are opened, and a round is closed, when every one is in."""


class RoundStillSealed(Refused):
    """The sheets of this round are sealed; two officers give their keys first."""


class State(StrEnum):
    """How far a round has come."""

    WAITING = "WAITING"
    OPEN = "OPEN"  # sheets come in sealed
    OPENED = "OPENED"  # two keys were given; second looks are in the open
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Progress:
    """A round of the contest so far: the entries in it, and once it is closed who went on."""

    state: State = State.WAITING
    entered: frozenset[str] = frozenset()
    advanced: frozenset[str] = frozenset()


def round_of(rules: Rules, round_id: str) -> Round:
    """Find a round in the rules."""
    for one in rules.rounds:
        if one.id == round_id:
            return one
    raise UnknownRound("The rules have no round {round}.", round=round_id)


def is_first(rules: Rules, round_id: str) -> bool:
    """Say whether no round comes before."""
    return rules.rounds[0].id == round_id


def is_last(rules: Rules, round_id: str) -> bool:
    """Say whether no round follows."""
    return rules.rounds[-1].id == round_id


def reached(
    rules: Rules, round_id: str, progress: Mapping[str, Progress], entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    """Choose who is in a round: the eligible in the first, in a later one those who went on."""
    place = rules.rounds.index(round_of(rules, round_id))
    if place == 0:
        return tuple(entry for entry in entries if entry.standing is Standing.ELIGIBLE)
    before = progress.get(rules.rounds[place - 1].id, Progress())
    return tuple(
        entry
        for entry in entries
        if entry.entry_id in before.advanced and entry.standing is not Standing.OUT
    )


def newcomers(
    rules: Rules, round_id: str, progress: Mapping[str, Progress], entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    """Choose those who have reached a round and are not in it yet: all, before it opens."""
    entered = progress.get(round_id, Progress()).entered
    return tuple(
        entry
        for entry in reached(rules, round_id, progress, entries)
        if entry.entry_id not in entered
    )


def check_opening(
    rules: Rules,
    round_id: str,
    progress: Mapping[str, Progress],
    entries: Sequence[Entry],
    now: datetime,
) -> None:
    """Raise why a round cannot open now; an open one opens again for newcomers only.

    There are newcomers when word of an entry was still on its way as the round opened.
    """
    place = rules.rounds.index(round_of(rules, round_id))
    state = progress.get(round_id, Progress()).state
    coming = newcomers(rules, round_id, progress, entries)
    if state is State.CLOSED or (state is not State.WAITING and not coming):
        raise RoundAlreadyOpen
    if place == 0:
        check_intake_over(rules, entries, now)
    elif progress.get(rules.rounds[place - 1].id, Progress()).state is not State.CLOSED:
        name = rules.rounds[place - 1].name
        raise RoundTooEarly("Close the round “{round}” first.", round=name)
    if not coming:
        raise NothingToJudge


def check_closing(
    rules: Rules,
    round_id: str,
    progress: Mapping[str, Progress],
    entries: Sequence[Entry],
    now: datetime,
) -> None:
    """Raise while closing the round would leave an entry out that nobody decided to leave out."""
    if is_first(rules, round_id):
        check_intake_over(rules, entries, now)
    if overlooked := newcomers(rules, round_id, progress, entries):
        raise EntriesOverlooked(
            "{count} entries became eligible after the round opened: {titles}. Open the round"
            " again to assign them.",
            count=len(overlooked),
            titles=titles(overlooked),
        )


def check_intake_over(rules: Rules, entries: Sequence[Entry], now: datetime) -> None:
    """Raise while entries may still come in, or one is undecided or of unknown authors."""
    if now < rules.intake.closes:
        raise RoundTooEarly(
            "Entries may come in until {closes}; the first round begins after that.",
            closes=rules.intake.closes.isoformat(),
        )
    undecided = [entry for entry in entries if entry.standing is Standing.UNDECIDED]
    if undecided:
        raise RoundTooEarly(
            "{count} entries still wait for acceptance or an originality ruling: {titles}.",
            count=len(undecided),
            titles=titles(undecided),
        )
    nameless = [
        entry for entry in entries if entry.standing is Standing.ELIGIBLE and entry.strangers
    ]
    if nameless:
        raise RoundTooEarly(
            "The authors of {count} entries are not registered yet, so conflicts cannot be"
            " found: {titles}.",
            count=len(nameless),
            titles=titles(nameless),
        )


def titles(entries: Sequence[Entry]) -> str:
    """Name entries in a sentence."""
    return "; ".join(sorted(f"“{entry.title or entry.entry_id}”" for entry in entries))


def check_complete(awaited: Mapping[str, int]) -> None:
    """Raise unless every sheet is in; `awaited` counts the missing sheets by entry code."""
    missing = {code: count for code, count in sorted(awaited.items()) if count}
    if missing:
        raise SheetsAwaited(
            "Still awaited, by entry: {codes}.",
            codes=", ".join(f"{code} ({count})" for code, count in missing.items()),
        )
