"""The year-end report: drafted and drafted again, then issued under a number of its own."""

from msgspec import convert, to_builtins

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.paper import Document
from services.awards.orders import print_paper
from services.awards.service.drafting import FORM, ordered_of, shown_in, unnumbered
from services.awards.service.following import OFFICE
from services.awards.service.issuing import Draft, issue, put_files
from services.awards.service.ordering import draw_up
from services.awards.settings import AwardsSettings


class ReportUnfinished(Refused):
    """Write the assessment and the proposals into a draft first; then the report can be issued."""


class Reporting:
    """Drafts of the report, and the report itself."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @command
    def draft_report(self, asked: awards.DraftReport, work: Work) -> awards.ReportDraft:
        """Draw up the report from what is recorded now, without a number."""
        require(work.actor.within(asked.contest_id), *OFFICE)
        rules = store.lock_rules(work.session, asked.contest_id)
        earlier = store.load_drafts(work.session, rules.id)
        row = store.ReportRow(
            contest_id=rules.id,
            version=earlier[0].version + 1 if earlier else 1,
            drafted_at=work.now,
            drafted_by=work.actor.id,
            authority=asked.authority,
            assessment=list(filter(None, map(str.strip, asked.assessment))),
            proposals=list(filter(None, map(str.strip, asked.proposals))),
        )
        model = unnumbered(work, rules, row)
        printed = print_paper(self.press, model, self.settings.font_path, work)
        files = put_files(self, work, printed)
        store.save_draft(work.session, row, files)
        return drafted(row)

    @command
    def issue_report(self, asked: awards.IssueReport, work: Work) -> awards.Paper:
        """Draw up the newest draft from what is recorded now, and issue it."""
        require(work.actor.within(asked.contest_id), *OFFICE)
        rules = store.lock_rules(work.session, asked.contest_id)
        row = next(iter(store.load_drafts(work.session, rules.id)), None)
        if row is None or not row.assessment or not row.proposals:
            raise ReportUnfinished
        ordered = ordered_of(work, rules, row)
        draft = draw_up(work, rules, ordered)
        if isinstance(draft.model, Document):
            draft = Draft(draft.paper, shown_in(work, rules, draft.model, ordered))
        issue(self, work, rules.id, draft)
        return draft.paper

    @query
    def list_reports(self, asked: awards.ListReports, work: Work) -> awards.Reports:
        """Show what there is of a contest's report."""
        require(work.actor.within(asked.contest_id), *OFFICE)
        papers = store.load_papers(work.session)
        return awards.Reports(
            drafts=tuple(map(drafted, store.load_drafts(work.session, asked.contest_id))),
            issued=tuple(
                each.paper
                for each in papers
                if (each.contest_id, each.paper.form) == (asked.contest_id, FORM)
            ),
        )

    @query
    def link_report(self, asked: awards.LinkReport, work: Work) -> str:
        """Give the office a link to a draft."""
        require(work.actor.within(asked.contest_id), *OFFICE)
        row = store.load_draft(work.session, asked.contest_id, asked.version)
        name = f"du-thao-bao-cao-{asked.version}.{asked.format}"
        return self.files.link(row.file(asked.format).key, self.settings.link_minutes, name)


def drafted(row: store.ReportRow) -> awards.ReportDraft:
    """Show a draft."""
    names = awards.ReportDraft.__struct_fields__
    known = {name: getattr(row, name) for name in names}
    return convert(to_builtins(known), awards.ReportDraft, strict=False)
