"""The originality service: compares descriptions, reports what they share, takes rulings.

A text is read outside of any lock; indexing and comparing happen one entry at a time within a
contest, so that of two entries handed in together the later one always meets the earlier.
"""

from contracts import intake, originality
from kernel.crunch import Crunch
from kernel.database import Database, Work
from kernel.errors import require
from kernel.messaging import command, every, query, subscribe
from kernel.objects import Bucket
from services.originality import checking, domain, matching, reporting, store
from services.originality.domain import Standing
from services.originality.service.register import Register
from services.originality.store.postings import Channel, merge

READERS = ("secretary", "chair", "organiser")
RENEWALS = 10  # reports made anew in one go


class OriginalityService(Register):
    """Owns texts, the register, reports and rulings. Hears intake; is heard by review."""

    name = "originality"
    database = Database()
    files = Bucket("intake")
    extractor = Crunch("services.originality.extraction", nice=10)
    # Pictures have children of their own: a scan never keeps a text waiting.
    recogniser = Crunch("services.originality.extraction", seconds=300, nice=15)
    engine = Crunch("services.originality.engine", nice=10)
    sheets = Crunch("services.originality.sheets", nice=10)

    @subscribe
    def keep_rules(self, heard: intake.ContestOpened, work: Work) -> None:
        """Note what the contest says about novelty."""
        store.save_policy(work.session, domain.Policy.of(heard.rules), heard.number)

    @subscribe
    def change_rules(self, heard: intake.ContestAmended, work: Work) -> None:
        """Go by the amended rules from now on."""
        store.save_policy(work.session, domain.Policy.of(heard.rules), heard.number)

    @subscribe
    def check_entry(self, heard: intake.EntrySubmitted, work: Work) -> None:
        """Read the description, index it, report on it; later entries may owe it something."""
        policy = store.load_policy(work.session, heard.contest_id)
        descriptions = [paper for paper in heard.documents if paper.code in policy.descriptions]
        if not descriptions:
            return
        extracted = matching.read_documents(self.files, self.extractor, descriptions)
        (prepared,) = matching.prepare(self.engine, [extracted.blanked], (policy.title,))
        store.lock_contest(work.session, heard.contest_id)
        known = store.load_entry(work.session, heard.entry_id)
        submitted = reporting.entry_of(heard, descriptions)
        entry = known[0].take(submitted) if known else submitted
        if entry is None:
            return
        checking.check(work, self.engine, entry, descriptions, (extracted, prepared))

    @every(seconds=1)
    def look_at_pictures(self, work: Work) -> None:
        """Read one entry's scanned pages, or see whether pages show what their text says."""
        scan = store.take_scan(work.session)
        if scan is None:
            return
        policy = store.load_policy(work.session, scan.contest_id)
        papers = scan.documents
        seen = matching.read_documents(self.files, self.recogniser, papers, "recognise")
        (prepared,) = matching.prepare(self.engine, [seen.blanked], (policy.title,))
        store.lock_contest(work.session, scan.contest_id)
        checking.look(work, self.engine, scan, seen, prepared)

    @subscribe
    def drop_entry(self, heard: intake.EntryWithdrawn, work: Work) -> None:
        """Compare nobody with an entry that was taken back."""
        store.lock_contest(work.session, heard.contest_id)
        checking.leave(work, heard, Standing.WITHDRAWN)
        store.drop_entry_text(work.session, heard.entry_id)
        citing = store.entries_citing(work.session, heard.entry_id)
        store.mark_stale(work.session, citing)

    @subscribe
    def stop_entry(self, heard: intake.EntryDisqualified, work: Work) -> None:
        """Report no more on an entry that is out; whoever copied from it still did."""
        store.lock_contest(work.session, heard.contest_id)
        checking.leave(work, heard, Standing.DISQUALIFIED)

    @every(seconds=1)
    def renew_reports(self, work: Work) -> None:
        """Make reports anew whose sources have changed since."""
        for contest_id, entry_id in store.take_stale(work.session, RENEWALS):
            store.lock_contest(work.session, contest_id)
            known = store.load_entry(work.session, entry_id)
            if known and known[0].standing is Standing.PRESENT and not known[1].is_waiting:
                reporting.renew(work, self.engine, *known)
            store.set_fresh(work.session, entry_id)

    @every(seconds=1)
    def merge_postings(self, work: Work) -> None:
        """Keep the index in a few large parts, a step at a time."""
        for channel in Channel:
            merge(work.session, channel)

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
        require(work.actor, *READERS)
        row = store.newest(work.session, asked.entry_id)
        if row is None:
            raise domain.UnknownReport
        return store.report_of(row)

    @query
    def list_reports(
        self, asked: originality.ListReports, work: Work
    ) -> tuple[originality.ReportLine, ...]:
        """Return the reports of a contest that count, those that share most first."""
        require(work.actor, *READERS)
        rows = store.all_newest(work.session, asked.contest_id)
        return tuple(store.line_of(row) for row in rows)
