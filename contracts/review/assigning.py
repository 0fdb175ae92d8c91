"""Who judges what: dry runs, judges kept apart, and panels mended while a round is open."""

from typing import Literal

from msgspec import Struct

from contracts.message import Command, Event, Query


class KeepApart(Command, frozen=True, kw_only=True):
    """Never assign these two judges to one entry, with the reason. Reply: None.

    Panels that stand are parted when the round is next mended.
    """

    contest_id: str
    judge_id: str
    other_id: str
    reason: str


class LetTogether(Command, frozen=True, kw_only=True):
    """Let two judges who were kept apart be assigned to one entry again. Reply: None."""

    contest_id: str
    judge_id: str
    other_id: str
    reason: str


class ReleaseJudge(Command, frozen=True, kw_only=True):
    """Let a judge leave an open round, with the reason. Reply: `Repaired`.

    Sheets they have given stand. What they have not marked goes to others, with as few changes
    of panels as that takes; where nobody is free the place stays open.
    """

    contest_id: str
    round_id: str
    judge_id: str
    reason: str


class LevelRound(Command, frozen=True, kw_only=True):
    """Even the loads of an open round out, as after a judge came. Reply: `Repaired`.

    Loads become as even as they can be, with as few changes of panels as that takes; an entry
    stays with a judge who has marked it.
    """

    contest_id: str
    round_id: str


class Repaired(Struct, frozen=True, kw_only=True):
    """What mending the panels of a round changed: new judges by entry code, and how many.

    For the places left on `vacant` entries nobody is free.
    """

    changes: int
    moves: tuple["Moved", ...]
    vacant: tuple[str, ...] = ()


class Moved(Struct, frozen=True, kw_only=True):
    """An entry whose panel changed: who left it unmarked and who came."""

    code: str
    left: tuple[str, ...]
    came: tuple[str, ...]


class JudgeReleased(Event, frozen=True, kw_only=True):
    """A judge has left a round; sheets they gave stand."""

    contest_id: str
    round_id: str
    judge_id: str


class PlanRound(Query, frozen=True, kw_only=True):
    """Who would judge what if the round opened now, nothing kept. Reply: `RoundPlan`.

    Of an open round: who judges what. `seed` is the one that `OpenRound` would be given.
    """

    contest_id: str
    round_id: str
    seed: str | None = None


class ExportPlan(Query, frozen=True, kw_only=True):
    """Reply: what `PlanRound` says as an XLSX file, in bytes."""

    contest_id: str
    round_id: str
    seed: str | None = None


class KeptAway(Struct, frozen=True, kw_only=True):
    """A judge who cannot have an entry; the reason is a ground of conflict or OUTSIDE_AREA."""

    judge_id: str
    reason: str


class PlannedEntry(Struct, frozen=True, kw_only=True):
    """An entry and its judges. `kept_away` is empty for somebody who marks in a blind round."""

    code: str
    area: str
    judge_ids: tuple[str, ...]
    kept_away: tuple[KeptAway, ...] = ()


class PlannedLoad(Struct, frozen=True, kw_only=True):
    """How many entries a judge would have, and the most they take; no areas means any."""

    judge_id: str
    entries: int
    areas: tuple[str, ...] = ()
    most: int | None = None


class Shortage(Struct, frozen=True, kw_only=True):
    """Why judges cannot be assigned: these entries need more reviews than can be had.

    `inside` is what the named judges take at most, `outside` what all others can; `sentence` says
    it in Vietnamese. Codes and judges are left out for somebody who marks in a blind round.
    """

    areas: tuple[str, ...]
    entries: int
    needed: int
    judges: int
    inside: int
    outside: int
    sentence: str
    codes: tuple[str, ...] = ()
    judge_ids: tuple[str, ...] = ()


class RoundPlan(Struct, frozen=True, kw_only=True):
    """Who judges what; `entries` is empty where that is impossible, and `shortages` say why.

    `strangers` counts reviews outside a judge's areas. `is_best`: no assignment is better.
    `proof` is JSON that `sangkien review witness verify` checks; empty where there is none, or
    for somebody who marks in a blind round.
    """

    round_id: str
    state: Literal["WAITING", "OPEN", "OPENED", "CLOSED"]
    seed: str
    entries: tuple[PlannedEntry, ...] = ()
    loads: tuple[PlannedLoad, ...] = ()
    strangers: int = 0
    is_best: bool = False
    shortages: tuple[Shortage, ...] = ()
    proof: str = ""
