"""When a prize may be taken back, and what that does. Start with `revoke`."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.rules import Ground, Rules
from kernel.errors import Refused
from services.awards.domain.prizes import Line, PrizeList, authority_of
from services.awards.domain.prizes.refusals import NotPublishedYet, ReasonMissing


class NoSuchAward(Refused):
    """This entry has no prize that could be taken back."""


class RevisionUnderWay(Refused):
    """The results are being revised already; publish that revision first."""


class GroundNotForeseen(Refused):
    """The rules do not let a prize be taken back on this ground."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A prize taken back. `decision` and `cancels` are numbers as printed."""

    entry_id: str
    prize: str
    ground: Ground
    reason: str
    authority: str
    decision: str
    dated: date
    cancels: str
    at: datetime
    by: str
    certificate_back: bool = False


def line_to_revoke(
    listed: PrizeList, entry_id: str, ground: Ground, reason: str, rules: Rules
) -> Line:
    """Return the line to take back. Raises `NoSuchAward`, `GroundNotForeseen`."""
    if ground not in rules.awarding.grounds:
        raise GroundNotForeseen
    if not reason.strip():
        raise ReasonMissing
    require_published(listed)
    line = next((one for one in listed.lines or () if one.entry_id == entry_id), None)
    if line is None:
        raise NoSuchAward
    return line


def require_published(listed: PrizeList) -> None:
    """Raise unless the list is published and no revision of it is under way."""
    if listed.published_at is None:
        raise RevisionUnderWay if listed.revision > 1 else NotPublishedYet


def granted_by(line: Line, rules: Rules) -> str:
    """Return the authority that gave a prize, which alone takes it back."""
    return authority_of(line.prize, rules)


def after(listed: PrizeList, entry_id: str, rules: Rules) -> PrizeList:
    """Return the list without the entry; where the rules promote, one to be drawn up anew."""
    struck = listed.struck(entry_id)
    return struck.revised() if rules.awarding.promote_next else struck
