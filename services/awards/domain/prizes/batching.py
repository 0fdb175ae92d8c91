"""Which decisions a prize list takes: one an authority and form of commendation."""

from dataclasses import dataclass
from unicodedata import normalize

from contracts.rules import Authority, Rules
from services.awards.domain.prizes.allotting import Line
from services.awards.domain.prizes.listing import PrizeList


@dataclass(frozen=True, slots=True)
class Batch:
    """The prizes that one decision covers: one authority, one form of commendation."""

    authority: Authority
    commendation: str
    lines: tuple[Line, ...]

    @property
    def body(self) -> str:
        """Name the issuing body, whose numbers form a series of their own, in one spelling."""
        names = (self.authority.parent, self.authority.issuer)
        return normalize("NFC", " / ".join(name for name in names if name)).upper()

    @property
    def series(self) -> tuple[str, str]:
        """Return what batches are sorted by wherever numbers are drawn."""
        return self.body, self.commendation


def batches(listed: PrizeList, rules: Rules) -> tuple[Batch, ...]:
    """Split the list by the decisions it takes, in the order of the rules."""
    prizes = {prize.code: prize for prize in rules.prizes}
    offices = {authority.code: authority for authority in rules.authorities}
    kinds = dict.fromkeys((prize.authority, prize.commendation) for prize in rules.prizes)
    split = (
        Batch(
            offices[code],
            commendation,
            tuple(
                line
                for line in listed.changed
                if (prizes[line.prize].authority, prizes[line.prize].commendation)
                == (code, commendation)
            ),
        )
        for code, commendation in kinds
    )
    return tuple(batch for batch in split if batch.lines)
