"""How entries are shared out among judges."""

from typing import Literal

from contracts.rules.part import Part


class Assigning(Part, frozen=True):
    """Whether judges' areas count, and how many entries one judge takes at most in a round.

    `preferred`: an entry goes to a judge of its area until that one would have more than `lead`
    entries more than another; `required`: to nobody else.
    """

    expertise: Literal["ignored", "preferred", "required"] = "ignored"
    lead: int = 2
    most_per_judge: int | None = None
