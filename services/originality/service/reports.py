"""Reports and rulings: how they are read, printed and decided on."""

from msgspec import json

from contracts import originality
from contracts.sandbox import mark_of
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Forbidden, require
from kernel.messaging import command, query
from services.originality import domain, store
from services.originality.domain.slip import draw_up
from services.originality.orders import Order
from services.originality.reporting import reach, reproducing
from services.originality.settings import OriginalitySettings


class Reports:
    """Secretary, chair and organiser read every report, judges those of their entries."""

    press: Crunch
    engine: Crunch
    settings: OriginalitySettings

    @command
    def rule_on_report(self, asked: originality.RuleOnReport, work: Work) -> None:
        """Take a person's ruling, once, on the report that counts."""
        contest_id = reach.contest_of(work, asked.entry_id)
        require(work.actor.within(contest_id), "secretary", "chair")
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
        return reach.find(work, asked.entry_id, asked.contest_id)

    @query
    def read_texts(self, asked: originality.ReadTexts, work: Work) -> originality.ReportTexts:
        """Return the texts that a report is about."""
        return reach.texts(work, asked)

    @query
    def print_report(self, asked: originality.PrintReport, work: Work) -> bytes:
        """Print a report for the file; the same report comes out the same, byte by byte."""
        report = reach.find(work, asked.entry_id, asked.contest_id)
        policy = store.load_policy(work.session, report.contest_id)
        order = Order(
            slip=draw_up(report, policy.title, policy.host),
            format=asked.format,
            dated=report.ruled_at or report.made_at,
            font_path=self.settings.font_path,
            mark=mark_of(work.tenant),
        )
        return self.press.call("press", json.encode(order))

    @query
    def reproduce_report(
        self, asked: originality.ReproduceReport, work: Work
    ) -> originality.Reproduction:
        """Make a report again, for an appeal; whoever marks the entry blindly may not."""
        require(work.actor, *reach.READERS)
        made = reproducing.reproduce(work, self.engine, asked.named)
        if store.judges_blindly(work.session, work.actor.id, made.entry_id):
            raise Forbidden
        return made

    @query
    def list_reports(
        self, asked: originality.ListReports, work: Work
    ) -> tuple[originality.ReportLine, ...]:
        """Return the reports of a contest that count, those that share most first."""
        require(work.actor.within(asked.contest_id), *reach.READERS)
        rows = store.all_newest(work.session, asked)
        return tuple(store.line_of(row) for row in rows)
