"""How many entries and prizes there were: by area, agency, kind, group, channel and year.

Start with `tally`. Whatever entries are grouped by, each is counted once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Dimension = Literal["AREA", "UNIT", "KIND", "GROUP", "CHANNEL", "YEAR"]
State = Literal["SUBMITTED", "ACCEPTED", "REFUSED", "WITHDRAWN", "DISQUALIFIED"]

DIMENSIONS: tuple[Dimension, ...] = ("AREA", "UNIT", "KIND", "GROUP", "CHANNEL", "YEAR")
UNKNOWN = ""  # the place of entries of which it is not known, such as people outside every unit


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry that was handed in, where it belongs in every dimension, and its prize's code."""

    entry_id: str
    state: State
    places: dict[Dimension, str]
    prize: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries were received, how they ended, and prizes by their code."""

    received: int = 0
    accepted: int = 0
    refused: int = 0
    withdrawn: int = 0
    disqualified: int = 0
    prizes: dict[str, int] = field(default_factory=dict)

    @property
    def awarded(self) -> int:
        """Count the entries with a prize."""
        return sum(self.prizes.values())


def tally(entries: Iterable[Counted], by: Dimension) -> dict[str, Count]:
    """Count entries by one dimension; the last told of an entry is what counts of it."""
    places: dict[str, list[Counted]] = {}
    for entry in {one.entry_id: one for one in entries}.values():
        places.setdefault(entry.places.get(by, UNKNOWN), []).append(entry)
    return {place: count(places[place]) for place in sorted(places)}


def count(entries: Iterable[Counted]) -> Count:
    """Count entries, each once."""
    each = {one.entry_id: one for one in entries}.values()
    states = [one.state for one in each]
    prizes = [one.prize for one in each if one.prize]
    return Count(
        received=len(states),
        accepted=states.count("ACCEPTED"),
        refused=states.count("REFUSED"),
        withdrawn=states.count("WITHDRAWN"),
        disqualified=states.count("DISQUALIFIED"),
        prizes={code: prizes.count(code) for code in sorted(set(prizes))},
    )
