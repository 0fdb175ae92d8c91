"""Decisions that take prizes back, drawn up and told."""

from contracts import awards
from contracts.rules import Rules
from kernel.database import Work
from services.awards import store
from services.awards.domain import money
from services.awards.domain.paper import full_number, long_date
from services.awards.domain.prizes import Line
from services.awards.domain.revoking import Revoked, granted_by, recalled
from services.awards.service.issuing import Printer
from services.awards.service.ordering import Ordered, issue_paper
from services.awards.service.registry import open_registry

REVISED = "Điều chỉnh kết quả cuộc thi"


def annul(
    printer: Printer, work: Work, rules: Rules, line: Line, asked: awards.RevokeAward
) -> Revoked:
    """Take a prize back by a decision of the authority that gave it."""
    paper, cancels = decide(printer, work, rules, line, asked.reason.strip())
    return Revoked(
        entry_id=line.entry_id,
        prize=line.prize,
        ground=asked.ground,
        reason=asked.reason.strip(),
        authority=paper.authority,
        decision=full_number(paper.number, paper.symbol),
        dated=paper.dated,
        cancels=cancels,
        at=work.now,
        by=work.actor.id,
    )


def annul_lost(
    printer: Printer, work: Work, rules: Rules, lines: tuple[Line, ...]
) -> dict[str, str]:
    """Take back what a revision takes from these; return the decisions' numbers by entry."""
    papers = {line.entry_id: decide(printer, work, rules, line, REVISED)[0] for line in lines}
    return {entry: full_number(paper.number, paper.symbol) for entry, paper in papers.items()}


def decide(
    printer: Printer, work: Work, rules: Rules, line: Line, reason: str
) -> tuple[awards.Paper, str]:
    """Issue the decision, the next number of the authority; return it, and what it cancels."""
    authority = next(one for one in rules.authorities if one.code == granted_by(line, rules))
    given_by = next(
        (
            one.paper
            for one in reversed(store.load_papers(work.session, rules.id))
            if (one.paper.entry_id, one.paper.prize) == (line.entry_id, line.prize)
        ),
        None,
    )
    cancels = full_number(given_by.number, given_by.symbol) if given_by else ""
    # Numbers begin anew each year: without its day a decision is not named.
    cited = f"{cancels} {long_date(given_by.dated)}" if given_by else ""
    entries = store.load_entries(work.session, rules.id)
    registry = open_registry(work, rules, entries, (line,))
    award = registry.winners[line.entry_id]
    (given,) = {prize.commendation for prize in rules.prizes if prize.code == line.prize}
    facts = {
        "object": f"{award.prize} và {registry.profile.commendations[given].name}",
        "recipient": ", ".join(award.authors),
        "revoked": cited,
        "reason": reason,
    }
    concerned = tuple(entries[line.entry_id].author_ids)
    ordered = Ordered(
        "REVOCATION_DECISION", authority, facts, author_ids=concerned, entry_id=line.entry_id
    )
    return issue_paper(printer, work, rules, ordered), cancels


def taken_back(work: Work, rules: Rules) -> tuple[Revoked, ...]:
    """Return what is to come back: prizes that were revoked, and money that revisions recalled."""
    revoked = store.load_revoked(work.session, rules.id)
    entered = store.load_money(work.session, rules.id)
    return (*revoked, *recalled(entered, {one.entry_id for one in revoked}, rules))


def found(work: Work, rules: Rules, entry_id: str) -> Revoked:
    """Return what was taken back from an entry. Raises `NotRevoked`."""
    for one in taken_back(work, rules):
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
