"""How a contest's jury is made up, and what stands between a judge and an entry."""

from typing import Literal

from contracts.rules.part import Part


class Quorum(Part, frozen=True):
    """How many of the judges must be there: `parts` of `of`, rounded up."""

    parts: int = 2
    of: int = 3


class JuryRules(Part, frozen=True):
    """How a jury (Ban Giám khảo) and its panels by field (tiểu ban) are made up.

    `panel_size` is that of one panel; `odd` asks for an odd number of judges wherever they vote
    together. `left_sheets` says whether sheets of a judge who left meanwhile still count. `names`
    that are SECRET are told to those who run the contest and the jury itself; SHOWN ones to
    whoever has signed in, so that authors can declare a conflict with a judge.
    """

    odd: bool = True
    quorum: Quorum = Quorum()
    panel_size: int | None = None
    left_sheets: Literal["COUNT", "WITHDRAW"] = "COUNT"
    names: Literal["SHOWN", "SECRET"] = "SHOWN"


class ConflictRules(Part, frozen=True):
    """What keeps a judge from an entry, beside being its author or having declared it.

    `units` says how far nearness of units reaches: the same one, also the one directly above or
    below, or the whole chain upwards and downwards. A unit somebody left counts for
    `former_years` afterwards. `co_authors`: whoever has written an entry with an author.
    """

    units: Literal["OWN", "ADJACENT", "CHAIN"] = "ADJACENT"
    former_years: int = 0
    co_authors: bool = True
