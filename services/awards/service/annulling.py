"""Decisions that take prizes back, drawn up and told."""

from contracts import awards
from contracts.rules import Rules
from kernel.database import Work
from services.awards import store
from services.awards.domain import money
from services.awards.domain.paper import full_number
from services.awards.domain.prizes import Line
from services.awards.domain.revoking import Revoked, granted_by
from services.awards.service.issuing import Printer
from services.awards.service.ordering import Ordered, issue_paper
from services.awards.service.registry import open_registry


def annul(
    printer: Printer, work: Work, rules: Rules, line: Line, asked: awards.RevokeAward
) -> Revoked:
    """Issue the decision: the next number of the authority, and what it cancels."""
    authority = next(one for one in rules.authorities if one.code == granted_by(line, rules))
    cancels = next(
        (
            full_number(one.paper.number, one.paper.symbol)
            for one in reversed(store.load_papers(work.session, rules.id))
            if (one.paper.entry_id, one.paper.prize) == (line.entry_id, line.prize)
        ),
        "",
    )
    entries = store.load_entries(work.session, rules.id)
    registry = open_registry(work, rules, entries, (line,))
    award = registry.winners[line.entry_id]
    (given,) = {prize.commendation for prize in rules.prizes if prize.code == line.prize}
    facts = {
        "object": f"{award.prize} và {registry.profile.commendations[given].name}",
        "recipient": ", ".join(award.authors),
        "revoked": cancels,
        "reason": asked.reason.strip(),
    }
    concerned = tuple(entries[line.entry_id].author_ids)
    ordered = Ordered(
        "REVOCATION_DECISION", authority, facts, author_ids=concerned, entry_id=line.entry_id
    )
    paper = issue_paper(printer, work, rules, ordered)
    return Revoked(
        entry_id=line.entry_id,
        prize=line.prize,
        ground=asked.ground,
        reason=asked.reason.strip(),
        authority=authority.code,
        decision=full_number(paper.number, paper.symbol),
        dated=paper.dated,
        cancels=cancels,
        at=work.now,
        by=work.actor.id,
    )


def found(work: Work, contest_id: str, entry_id: str) -> Revoked:
    """Return an entry's revocation. Raises `NotRevoked`."""
    for one in store.load_revoked(work.session, contest_id):
        if one.entry_id == entry_id:
            return one
    raise store.NotRevoked


def told(work: Work, rules: Rules, revoked: Revoked) -> awards.Revocation:
    """Tell a revocation, and what is still to come back."""
    entered = store.load_money(work.session, rules.id)
    entries = store.load_entries(work.session, rules.id)
    return awards.Revocation(
        contest_id=rules.id,
        entry_id=revoked.entry_id,
        title=entries[revoked.entry_id].title,
        prize=revoked.prize,
        ground=revoked.ground,
        reason=revoked.reason,
        authority=revoked.authority,
        decision=revoked.decision,
        dated=revoked.dated,
        cancels=revoked.cancels,
        certificate_back=revoked.certificate_back,
        contest_left_vnd=money.left(entered, revoked.entry_id, "CONTEST"),
        bonus_left_vnd=money.left(entered, revoked.entry_id, "BONUS"),
    )
