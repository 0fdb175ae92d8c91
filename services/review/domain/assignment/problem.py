"""A question of who judges what, and its answer. Start with `Problem`.

Both travel to the child process that answers, and into files that a stranger may check.
"""

from typing import Literal

from msgspec import Struct

Expertise = Literal["ignored", "preferred", "required"]
Priority = Literal["evenness", "fewest_changes"]


class Desk(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A judge: their areas (none: any), entries they carry besides, and the most they take."""

    judge_id: str
    areas: tuple[str, ...] = ()
    carried: int = 0
    most: int | None = None


class Demand(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry that needs judges, and who is kept `away` from it.

    `has` are its judges so far; `fixed` are those who stay whatever happens, as they have given
    their sheet, whether they still sit on the jury or not. The fixed count among the needed.
    """

    entry_id: str
    needs: int
    area: str = ""
    away: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Judges, entries, pairs of judges kept apart, and what makes one answer better.

    An expert is `preferred` until they would have more than `lead` entries more than somebody
    without the area; `required` keeps everybody else away. `first` says what comes before what:
    even loads or few changes. The seed decides among equally good answers.
    """

    judges: tuple[Desk, ...]
    entries: tuple[Demand, ...]
    apart: tuple[tuple[str, str], ...] = ()
    expertise: Expertise = "ignored"
    lead: int = 2
    first: Priority = "evenness"
    seed: str = ""


class Split(Struct, frozen=True, kw_only=True):
    """Of two judges kept apart at most one marks the entry: a proof for either being left out."""

    entry_id: str
    apart: tuple[str, str]
    without_first: "Witness"
    without_second: "Witness"


class Witness(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why no answer exists: `entries` need more reviews than can be had.

    `needed` reviews are asked for; the named `judges` can take `inside` of them at most, all
    others `outside`. With `split` there is no such count for all at once, but one for each case.
    """

    entries: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    needed: int = 0
    inside: int = 0
    outside: int = 0
    split: Split | None = None


class Answer(Struct, frozen=True, kw_only=True):
    """Judges by entry, in the order of their ids; or, where there are none, witnesses.

    `changes` counts judges newly put on entries that had some, `strangers` reviews outside a
    judge's areas, `squares` sums the squared loads. `is_best` says that no answer is better in
    what the problem asks for, `is_only` that none is equally good even by the seed's order.
    Without panels and witnesses the work allowed did not do to decide.
    """

    panels: dict[str, tuple[str, ...]] = {}
    witnesses: tuple[Witness, ...] = ()
    changes: int = 0
    strangers: int = 0
    squares: int = 0
    is_best: bool = False
    is_only: bool = False


class Proof(Struct, frozen=True, kw_only=True):
    """What a file says: a problem, and why it has no answer."""

    problem: Problem
    witnesses: tuple[Witness, ...]
