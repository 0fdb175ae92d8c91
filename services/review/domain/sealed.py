"""A panel while its sheets are sealed: who has given one is known, what they gave is not.

Read `SealedPanel`; `Keys` says whose keys open the sheets and who has given theirs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

from kernel.errors import Forbidden, Refused
from services.review.domain.panel import NotYourEntry, check_newest


class ReasonNeeded(Refused):
    """You have given your sheet; to give another, say why."""


class OfficersNeeded(Refused):
    """Two officers, who are not the same person, hold the keys of a round."""


class KeyNotConfirmed(Refused):
    """A round is sealed for confirmed keys only."""


class RecoveryNotApart(Refused):
    """The recovery key is held by neither an officer nor a judge."""


class NotAHolder(Forbidden):
    """You hold no key of this round."""


class KeyAlreadyGiven(Refused):
    """You have given your key for this round."""


class NothingLost(Refused):
    """The recovery key stands in for an officer whose key is lost: say whose, and why."""


@dataclass(frozen=True, slots=True)
class SealedPanel:
    """The judges of an entry, and how many versions of a sheet each has given."""

    judge_ids: frozenset[str]
    given: Mapping[str, int]

    def take(self, judge_id: str, reason: str, based_on: int | None = None) -> int:
        """Return the version that the judge's next sheet will be.

        `based_on` is the version they had before them; another one since is not overwritten.
        """
        if judge_id not in self.judge_ids:
            raise NotYourEntry
        version = self.given.get(judge_id, 0) + 1
        check_newest(version - 1, based_on)
        if version > 1 and not reason.strip():
            raise ReasonNeeded
        return version

    def awaited(self) -> frozenset[str]:
        """Name the judges whose sheet is still to come."""
        return frozenset(judge for judge in self.judge_ids if judge not in self.given)


@dataclass(frozen=True, slots=True)
class Keys:
    """Who holds keys of a round. `given` maps who gave theirs to the officer they stood in for."""

    officers: tuple[str, ...]
    recovery: str | None = None
    given: Mapping[str, str | None] | None = None

    @property
    def holders(self) -> tuple[str, ...]:
        """Name everybody who holds a key, the officers first."""
        return self.officers if self.recovery is None else (*self.officers, self.recovery)

    @property
    def givers(self) -> tuple[str, ...]:
        """Name those who have given their key, in the order of holders."""
        return tuple(holder for holder in self.holders if holder in (self.given or {}))

    def give(self, holder: str, lost: str | None, minutes: str, reason: str) -> Self:
        """Return the keys with this one given; raises unless the holder may give it.

        The recovery key needs an officer whose key is lost, the minutes that say so and a reason;
        an officer's own key needs nothing, and cannot stand in for the other's.
        """
        if holder not in self.holders:
            raise NotAHolder
        if holder in self.givers:
            raise KeyAlreadyGiven
        if holder == self.recovery:
            is_stated = minutes.strip() and reason.strip()
            if lost not in self.officers or lost in self.givers or not is_stated:
                raise NothingLost
        elif lost is not None:
            raise NotAHolder
        return replace(self, given={**(self.given or {}), holder: lost})

    @property
    def suffice(self) -> bool:
        """Say whether two keys are given."""
        return len(self.givers) == 2


def name_holders(
    named: tuple[str, ...],
    usual: tuple[str, ...],
    recovery: str | None,
    confirmed: Collection[str],
    judges: Collection[str],
) -> Keys:
    """Choose who holds the keys of a round: those named, or the usual chair and secretary."""
    officers = named or usual
    if len(set(officers)) != 2 or len(officers) != 2:
        raise OfficersNeeded(
            "Name the two officers whose keys together open the sheets; named are: {officers}.",
            officers=", ".join(officers) or "-",
        )
    if recovery is not None and (recovery in officers or recovery in judges):
        raise RecoveryNotApart
    keys = Keys(officers, recovery)
    if missing := [holder for holder in keys.holders if holder not in confirmed]:
        raise KeyNotConfirmed(
            "These have not registered and confirmed a key yet: {persons}.",
            persons=", ".join(missing),
        )
    return keys
