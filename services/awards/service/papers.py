"""From an approved prize list to numbered papers and public results."""

from contracts import awards
from contracts.rules import Rules
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.money import Terms
from services.awards.domain.paper import file_name
from services.awards.domain.revoking import undecided
from services.awards.law import load_law
from services.awards.service.annulling import annul_lost
from services.awards.service.issuing import issue, words_of
from services.awards.service.making_public import make_public
from services.awards.service.prizes import require_office
from services.awards.service.publication import is_public
from services.awards.service.registry import open_registry
from services.awards.settings import AwardsSettings


class Papers:
    """Publication, and what can be read afterwards."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @command
    def publish_results(
        self, asked: awards.PublishResults, work: Work
    ) -> tuple[awards.Paper, ...]:
        """Issue every paper, numbered, printed and stored, and make the results public."""
        require(work.actor.within(asked.contest_id), "organiser", "secretary")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id).publish(work.now, rules)
        entries = store.load_entries(work.session, asked.contest_id)
        registry = open_registry(work, rules, entries, listed.lines or ())
        drafts = registry.draw_up(listed)
        for place, draft in enumerate(drafts):
            at_once = place < self.settings.print_at_once
            issue(self, work, asked.contest_id, draft, at_once=at_once)
        papers = tuple(draft.paper for draft in drafts)
        alone = undecided(listed, {paper.authority for paper in papers}, rules)
        annulled = annul_lost(self, work, rules, alone)
        store.save_list(work.session, asked.contest_id, listed)
        results = registry.results(listed, papers)
        law = load_law(self.settings.law_table)
        terms = Terms(rules, law, registry.dated, work.now)
        make_public(work, listed, results, terms, asked.public_from, annulled)
        return papers

    @query
    def link_paper(self, asked: awards.LinkPaper, work: Work) -> str:
        """Give a link to a decision to anyone, to a certificate to those it concerns.

        Other papers are the office's, unless their form is open: minutes name who said what.
        """
        issued = store.load_paper(work.session, asked.paper_id)
        rules = store.load_rules(work.session, issued.contest_id)
        may_read = work.actor.id in issued.author_ids or is_open(issued.paper, rules, work)
        if not (may_read and is_public(work, issued.contest_id)):
            require_office(work, rules, "organiser", "secretary")
        name = file_name(issued.paper.number, issued.paper.symbol, issued.paper.register)
        return self.files.link(
            issued.file(asked.format).key,
            self.settings.link_minutes,
            f"{name}.{asked.format}",
        )


def is_open(paper: awards.Paper, rules: Rules, work: Work) -> bool:
    """Tell whether anybody may read a paper once the results are public."""
    if paper.kind != "DOCUMENT":
        return paper.kind == "DECISION"
    form = words_of(work.session, rules).documents.get(paper.form)
    return form is not None and form.open
