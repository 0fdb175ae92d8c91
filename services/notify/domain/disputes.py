"""What is written to people about disputes and revocations; see `letters`."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.notify.domain.quoted import NamedEntry


@dataclass(frozen=True, slots=True)
class PetitionNews:
    """A petition or complaint has moved; `note` is the answer, or why it was not taken up."""

    template: ClassVar[str] = "petition_moved"

    entry: NamedEntry
    kind: str
    state: str
    note: str
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class RejudgingAsked:
    """Somebody is to judge an entry again."""

    template: ClassVar[str] = "rejudging_asked"

    round_name: str
    code: str
    decision: str


@dataclass(frozen=True, slots=True)
class ResultsChanged:
    """Published results were revised, and this entry's prize with them."""

    template: ClassVar[str] = "results_changed"

    entry: NamedEntry


@dataclass(frozen=True, slots=True)
class PrizeRevoked:
    """A prize was taken back by a numbered decision."""

    template: ClassVar[str] = "prize_revoked"

    entry: NamedEntry
    prize: str
    decision: str
    reason: str
