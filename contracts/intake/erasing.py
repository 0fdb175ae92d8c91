"""Forgetting the entrants of a contest whose time is over."""

from datetime import datetime

from contracts.message import Command, Event


class EraseEntrants(Command, frozen=True, kw_only=True):
    """Forget who entered a contest, by minutes that say so. Reply: `EntrantsErased`.

    `minutes` is the number of the minutes or the decision. Refused before the rules' time is over.
    """

    contest_id: str
    minutes: str


class EntrantsErased(Event, frozen=True, kw_only=True):
    """Names, addresses and documents of a contest's entrants are gone from intake.

    `person_ids` are opaque, of those who are to be forgotten everywhere: who has another contest,
    judges or sits on a body stays known, and is counted in `kept`. `rows` counts rows that lost
    something, `objects` files that are removed.
    """

    contest_id: str
    person_ids: tuple[str, ...]
    entry_ids: tuple[str, ...]
    minutes: str
    retained_until: datetime
    rules_number: int
    rows: int
    objects: int
    kept: int = 0
