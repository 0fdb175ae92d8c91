"""Reports and rulings: how they are read, printed and decided on."""

from contracts import originality
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.originality import domain, store
from services.originality.reporting import reach


class Reports:
    """Secretary, chair and organiser read every report, judges those of their entries."""

    @command
    def rule_on_report(self, asked: originality.RuleOnReport, work: Work) -> None:
        """Take a person's ruling, once, on the report that counts."""
        require(work.actor, "secretary", "chair")
        row, newest = store.load_report(work.session, asked.entry_id, asked.report_id)
        reason = domain.rule(store.filed(row), store.filed(newest), asked.reason)
        ruling = domain.Ruling(asked.ruling)
        store.save_ruling(row, ruling, reason, by=work.actor.id, at=work.now)
        work.announce(
            originality.OriginalityRuled(
                contest_id=row.contest_id,
                entry_id=row.entry_id,
                report_id=row.report_id,
                ruling=asked.ruling,
                reason=reason,
            )
        )

    @query
    def read_report(self, asked: originality.ReadReport, work: Work) -> originality.Report:
        """Return the report of an entry that counts."""
        return reach.find(work, asked.entry_id)

    @query
    def read_texts(self, asked: originality.ReadTexts, work: Work) -> originality.ReportTexts:
        """Return the texts that a report is about."""
        return reach.texts(work, asked)

    @query
    def list_reports(
        self, asked: originality.ListReports, work: Work
    ) -> tuple[originality.ReportLine, ...]:
        """Return the reports of a contest that count, those that share most first."""
        require(work.actor, *reach.READERS)
        rows = store.all_newest(work.session, asked.contest_id)
        return tuple(store.line_of(row) for row in rows)
