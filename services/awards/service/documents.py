"""Papers that an office issues of its own accord: submissions, notices, invitations, minutes."""

from contracts import awards
from contracts.rules import Authority, Rules
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import NotFound, require
from kernel.messaging import command
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.paper import written_score
from services.awards.domain.wording import Award
from services.awards.service.ordering import Ordered, issue_paper, organisers
from services.awards.service.registry import open_registry
from services.awards.settings import AwardsSettings

ORGANISERS = "BTC"


class UnknownBody(NotFound):
    """The rules name no such authority."""


class Documents:
    """Papers of the legal profile's forms."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @command
    def issue_document(self, asked: awards.IssueDocument, work: Work) -> awards.Paper:
        """Give a paper its number and its words, print it and keep it."""
        rules = store.lock_rules(work.session, asked.contest_id)
        entries = store.load_entries(work.session, asked.contest_id)
        body = body_of(asked.body, rules, work)
        concerned = entries[asked.entry_id].author_ids if asked.entry_id in entries else ()
        ordered = Ordered(
            asked.form,
            body,
            asked.texts,
            asked.lists,
            winner_rows(rules, entries, work) if asked.winners else asked.rows,
            tuple(concerned),
            asked.entry_id,
        )
        return issue_paper(self, work, rules, ordered)


def body_of(code: str, rules: Rules, work: Work) -> Authority:
    """Return the body that issues, if the actor may issue for it. Raises `UnknownBody`."""
    if code == ORGANISERS:
        require(work.actor, "organiser", "secretary")
        return organisers(work.session, rules)
    require(work.actor, f"authority:{code}")
    for authority in rules.authorities:
        if authority.code == code:
            return authority
    raise UnknownBody


def winner_rows(
    rules: Rules, entries: dict[str, store.EntryRow], work: Work
) -> tuple[tuple[str, ...], ...]:
    """Write the prizes as they stand as rows of a list: number, title, authors, unit, prize."""
    lines = store.load_list(work.session, rules.id).lines or ()
    registry = open_registry(work, rules, entries, lines)
    return tuple(
        (str(place), *row_of(registry.winners[line.entry_id]))
        for place, line in enumerate(lines, 1)
    )


def row_of(award: Award) -> tuple[str, ...]:
    """Write a winner as the cells of a list."""
    authors, score = ", ".join(award.authors), written_score(award.score)
    return award.title, authors, award.unit or "", award.prize, score
