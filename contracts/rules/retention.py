"""How long a contest keeps what it knows of its entrants."""

from contracts.rules.part import Part


class Retention(Part, frozen=True):
    """When entrants may be forgotten: how long that is, the authority's archivist decides.

    `personal_months` counts whole months from the end of intake; without it nobody is forgotten.
    """

    personal_months: int | None = None
