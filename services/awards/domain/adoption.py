"""When a winner may be recorded as adopted: put to use by a unit or the province (áp dụng)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kernel.errors import Refused
from services.awards.domain.prizes import PrizeList


class NotAWinner(Refused):
    """Only an entry that has won a prize can be adopted, once the results are published."""


class AdoptedLater(Refused):
    """An adoption is recorded once it has begun."""


class BasisMissing(Refused):
    """An adoption needs the unit that adopts and the document it does so by."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """An initiative is put to use from a local day on; `basis` is the document that says so."""

    entry_id: str
    adopted_on: date
    adopted_at: str
    reach: Literal["UNIT", "PROVINCE"]
    basis: str


def adopt(listed: PrizeList, adoption: Adoption, today: date) -> Adoption:
    """Return the adoption as it is written down, if it may be."""
    winners = {line.entry_id for line in listed.lines or ()}
    if listed.published_at is None or adoption.entry_id not in winners:
        raise NotAWinner
    if adoption.adopted_on > today:
        raise AdoptedLater("{day} has not come yet.", day=f"{adoption.adopted_on:%d/%m/%Y}")
    if not adoption.adopted_at.strip() or not adoption.basis.strip():
        raise BasisMissing
    return Adoption(
        entry_id=adoption.entry_id,
        adopted_on=adoption.adopted_on,
        adopted_at=adoption.adopted_at.strip(),
        reach=adoption.reach,
        basis=adoption.basis.strip(),
    )
