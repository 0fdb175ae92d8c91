"""The rounds of a contest on somebody's own page: what they run there, what they mark."""

import asyncio
from dataclasses import dataclass

from contracts import review
from contracts.rules import Round, Rules
from services.gateway import sealing
from services.gateway.caller import Caller
from services.gateway.portal.asking import unless_refused


@dataclass(frozen=True, slots=True)
class RoundAtHand:
    """A round as its organiser or judge sees it."""

    rules: Round
    view: review.RoundView | None = None
    assignments: tuple[review.Assignment, ...] = ()


async def at_hand(caller: Caller, rules: Rules, shown: frozenset[str]) -> list[RoundAtHand]:
    """Return a contest's rounds as far as the caller may see them."""
    return await asyncio.gather(*(seen(caller, rules, one, shown) for one in rules.rounds))


async def seen(caller: Caller, rules: Rules, round_: Round, shown: frozenset[str]) -> RoundAtHand:
    """Return a round as far as the caller may see it."""
    view = None
    assignments: tuple[review.Assignment, ...] = ()
    if "rounds" in shown:
        query = review.ShowRound(contest_id=rules.id, round_id=round_.id)
        view = await unless_refused(caller.ask(query, review.RoundView), None)
    if "mark" in shown:
        asked = sealing.desk(caller, rules.id, round_.id)
        assignments = await unless_refused(asked, assignments)
    return RoundAtHand((view.rules if view else None) or round_, view, assignments)
