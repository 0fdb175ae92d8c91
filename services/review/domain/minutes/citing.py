"""Which steps must name minutes that are kept here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from contracts.review import MinutesKind
from contracts.rules import MinutedStep, MinutesRules
from kernel.errors import Refused

KINDS: Mapping[MinutedStep, MinutesKind] = {
    "second_look": "RECONSIDERING",
    "discussion": "RECONSIDERING",
    "replace": "MISSING",
    "quorum": "MISSING",
    "extend": "MISSING",
    "vote": "VOTE",
    "lost_key": "UNSEALING",
}


class MinutesNotKept(Refused):
    """Name minutes that are drafted or issued here for this round."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Minutes of a round: their id and, once issued, their numbers."""

    minutes_id: str
    kind: MinutesKind
    numbers: frozenset[str] = frozenset()


def check_cited(
    step: MinutedStep, named: str, rules: MinutesRules, kept: Collection[Kept]
) -> None:
    """Raise where the rules demand minutes kept here and these, by id or number, are not.

    They must be of the round, and of the kind that tells of such a step.
    """
    if step not in rules.required:
        return
    fitting = (one for one in kept if one.kind == KINDS[step])
    if not any(named.strip() in {one.minutes_id, *one.numbers} for one in fitting):
        raise MinutesNotKept(
            "The rules ask for minutes kept here; {minutes} are none of this round about such a"
            " step. Draft them first and name them by id or number.",
            minutes=named or "-",
        )
