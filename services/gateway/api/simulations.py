"""A past contest under other rules: who would have got what, and who falls out why."""

from decimal import Decimal

from litestar.params import RawBody
from msgspec import Struct

from contracts import awards, intake, review
from services.gateway import words
from services.gateway.api.contests import written
from services.gateway.api.routes import Name, act
from services.gateway.caller import Calling


class Place(Struct, frozen=True, kw_only=True):
    """Where an entry came out: its rank, final score and prize, if it got one."""

    rank: int
    score: Decimal
    prize: str | None = None


class SimulatedEntry(Struct, frozen=True, kw_only=True):
    """An entry then and under the new rules; `reason` says why it would not have been placed."""

    entry_id: str
    title: str
    was_in: bool
    then: Place | None
    now: Place | None
    reason: str = ""


class Simulation(Struct, frozen=True, kw_only=True):
    """What would have become of every entry that was handed in, those placed first.

    `ties` are groups of entries that nothing in the new rules would part.
    """

    contest_id: str
    entries: tuple[SimulatedEntry, ...]
    ties: tuple[tuple[str, ...], ...] = ()


@act("/contests/{contest_id:str}/simulations")
async def simulate_contest(caller: Calling, contest_id: Name, body: RawBody) -> Simulation:
    """Replay a contest's entries and marks under another rules file (text/yaml)."""
    replayed = await caller.ask(
        intake.ReplayEntries(contest_id=contest_id, source=written(body)), intake.EntriesReplayed
    )
    field = tuple(one.entry_id for one in replayed.entries if one.would_be_in)
    rounds = await caller.ask(
        review.ReplayRounds(contest_id=contest_id, rules=replayed.rules, entry_ids=field),
        tuple[review.ReplayedRound, ...],
    )
    prizes = await caller.ask(
        awards.ReplayPrizes(
            contest_id=contest_id,
            rules=replayed.rules,
            rounds=rounds,
            kinds={one.entry_id: one.kind for one in replayed.entries},
        ),
        awards.PrizesReplayed,
    )
    given = await caller.ask(awards.ShowPrizes(contest_id=contest_id), awards.PrizeList)
    then = {
        line.entry_id: Place(rank=line.rank, score=line.score, prize=line.prize)
        for line in given.lines
    }
    now = {
        line.entry_id: Place(rank=line.rank, score=line.score, prize=line.prize)
        for line in prizes.lines
    }
    told = [
        SimulatedEntry(
            entry_id=one.entry_id,
            title=one.title,
            was_in=one.was_in,
            then=then.get(one.entry_id),
            now=now.get(one.entry_id),
            reason="" if one.entry_id in now else reason(one, rounds),
        )
        for one in replayed.entries
    ]
    told.sort(key=lambda one: (one.now is None, one.now.rank if one.now else 0))
    return Simulation(contest_id=contest_id, entries=tuple(told), ties=prizes.ties)


def reason(entry: intake.ReplayedEntry, rounds: tuple[review.ReplayedRound, ...]) -> str:
    """Say in Vietnamese why an entry would not have been placed."""
    if not entry.would_be_in:
        return words.say(entry.template, entry.params)
    for one in rounds:
        if entry.entry_id in one.unjudged:
            return words.say("There are no marks of the round {round}.", {"round": one.round_id})
        if not any(line.entry_id == entry.entry_id and line.advances for line in one.table):
            return words.say(
                "It would not have passed the round {round}.", {"round": one.round_id}
            )
    return ""


ROUTES = (simulate_contest,)
