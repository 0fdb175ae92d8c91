"""From an approved prize list to numbered papers and public results."""

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.paper import file_name
from services.awards.orders import print_paper
from services.awards.service.prizes import described, require_office
from services.awards.service.registry import Draft, open_registry
from services.awards.settings import AwardsSettings

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
        require(work.actor, "organiser", "secretary")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id).publish(work.now, rules)
        entries = store.load_entries(work.session, asked.contest_id)
        registry = open_registry(work, rules, entries, listed.lines or ())
        drafts = registry.draw_up(listed)
        for draft in drafts:
            store.save_paper(work.session, self.issue(draft, asked.contest_id, work))
        papers = tuple(draft.paper for draft in drafts)
        store.save_list(work.session, asked.contest_id, listed)
        store.save_published(work.session, registry.results(listed, papers))
        lines = described(listed.lines or (), entries)
        work.announce(
            awards.ResultsPublished(contest_id=asked.contest_id, lines=lines, papers=papers)
        )
        return papers

    def issue(self, draft: Draft, contest_id: str, work: Work) -> store.IssuedPaper:
        """Print a paper and put both files into the bucket, under keys that tell nothing.

        Files of a publication that fails afterwards stay there unreferenced; that is harmless.
        """
        printed = print_paper(self.press, draft.model, self.settings.font_path, work.now)
        files = {}
        for form, sheet, media in (("pdf", printed.pdf, PDF), ("docx", printed.docx, DOCX)):
            key = f"papers/{work.new_id()}"
            self.files.put(key, sheet.content, media)
            files[form] = store.StoredFile(key, sheet.sha256)
        return store.IssuedPaper(contest_id, draft.paper, draft.author_ids, files)

    @query
    def show_results(self, asked: awards.ShowResults, work: Work) -> awards.Results:
        """Show the results to anyone, once they are published."""
        return store.load_published(work.session, asked.contest_id)

    @query
    def link_paper(self, asked: awards.LinkPaper, work: Work) -> str:
        """Give a link to a decision to anyone, to a certificate to those it concerns."""
        issued = store.load_paper(work.session, asked.paper_id)
        is_public = issued.paper.kind == "DECISION"
        if not is_public and work.actor.id not in issued.author_ids:
            rules = store.load_rules(work.session, issued.contest_id)
            require_office(work, rules, "organiser", "secretary")
        name = file_name(issued.paper.number, issued.paper.symbol, issued.paper.register)
        return self.files.link(
            issued.files[asked.format].key,
            self.settings.link_minutes,
            f"{name}.{asked.format}",
        )
