"""When a prize may be taken back, and what that does. Start with `revoke`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.awards import TakenBack
from contracts.rules import Ground, Rules
from kernel.errors import Refused
from services.awards.domain.money import Entered
from services.awards.domain.prizes import Line, PrizeList, authority_of
from services.awards.domain.prizes.refusals import NotPublishedYet, ReasonMissing

DECISION = "Quyết định số "  # what the basis of a recall begins with


class NoSuchAward(Refused):
    """This entry has no prize that could be taken back."""


class RevisionUnderWay(Refused):
    """The results are being revised already; publish that revision first."""


class NoCertificateOwed(Refused):
    """A revision recalls money only; the certificates it ends are on the list of papers."""


class GroundNotForeseen(Refused):
    """The rules do not let a prize be taken back on this ground."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A prize taken back. `decision` and `cancels` are numbers as printed."""

    entry_id: str
    prize: str
    ground: TakenBack
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


def taken_back_by(line: Line, decisions: Mapping[str, str], rules: Rules) -> str:
    """Return the decision of a revision that takes a line back, of those by authority.

    It is that of the authority that gave the prize; where it decides nothing else, the first one.
    """
    first = next(iter(decisions.values()), "")
    return decisions.get(granted_by(line, rules), first)


def undecided(listed: PrizeList, deciding: Collection[str], rules: Rules) -> tuple[Line, ...]:
    """Return the lines a revision takes from prizes of authorities that grant nothing in it.

    Each takes a decision of its own: only who gave a prize takes it back.
    """
    return tuple(line for line in listed.lost if granted_by(line, rules) not in deciding)


def after(listed: PrizeList, entry_id: str, rules: Rules) -> PrizeList:
    """Return the list without the entry; where the rules promote, one to be drawn up anew."""
    struck = listed.struck(entry_id)
    return struck.revised() if rules.awarding.promote_next else struck


def recalled(
    entered: Sequence[Entered], revoked: Collection[str], rules: Rules
) -> Iterator[Revoked]:
    """Yield what revisions of the results recalled from entries whose prize was not revoked."""
    last = {one.entry_id: one for one in entered if one.kind == "RECALLED"}
    for entry_id, line in last.items():
        if entry_id not in revoked:
            yield Revoked(
                entry_id=entry_id,
                prize=line.prize,
                ground="REVISION",
                reason=line.basis,
                authority=authority_of(line.prize, rules),
                decision=line.basis.removeprefix(DECISION),
                dated=line.at.astimezone(ZoneInfo(rules.timezone)).date(),
                cancels="",
                at=line.at,
                by="",
            )
