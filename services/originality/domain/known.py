"""Which known initiatives an entry may be held to repeat, by the rules of its contest."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from contracts.rules import Applied, Forbidden, Novelty


class Scope(StrEnum):
    """Where an initiative is known from."""

    UNIT = "UNIT"
    PROVINCE = "PROVINCE"
    OTHER_PROVINCE = "OTHER_PROVINCE"
    PUBLICATION = "PUBLICATION"
    OTHER_CONTEST = "OTHER_CONTEST"


# What was applied in one unit of the province was applied in the province.
NAMED: Mapping[Applied | Forbidden, frozenset[Scope]] = {
    "unit_applied": frozenset({Scope.UNIT}),
    "province_applied": frozenset({Scope.UNIT, Scope.PROVINCE}),
    "other_provinces_public": frozenset({Scope.OTHER_PROVINCE}),
    "published": frozenset({Scope.PUBLICATION}),
    "mass_media": frozenset({Scope.PUBLICATION}),
    "other_contest": frozenset({Scope.OTHER_CONTEST}),
}


def scopes_of(novelty: Novelty) -> frozenset[Scope]:
    """Return the scopes the rules name; a word nobody knows names none."""
    words = {*novelty.scope, *novelty.forbid}
    return frozenset(scope for word, named in NAMED.items() if word in words for scope in named)


def counts(scope: Scope, applied_on: date | None, scopes: Collection[Scope], cutoff: date) -> bool:
    """Say whether an entry may not repeat an initiative of this scope, applied since that day.

    One of an unknown day counts: a person looks at the report anyway. One that is no longer
    applied still counts, as it was known.
    """
    return scope in scopes and (applied_on is None or applied_on <= cutoff)
