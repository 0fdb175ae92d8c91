"""The originality service: compares descriptions, reports what they share, takes rulings.

A text is read outside of any lock; indexing and comparing happen one entry at a time within a
contest, so that of two entries handed in together the later one always meets the earlier.
"""

from contracts import intake
from kernel.crunch import Crunch
from kernel.database import Database, Work
from kernel.messaging import every, subscribe
from kernel.objects import Bucket
from kernel.settings import Settings
from services.originality import checking, matching, reporting, store
from services.originality.domain import Standing
from services.originality.service.checks import Checks
from services.originality.service.exchange import Exchange
from services.originality.service.hearing import Hearing
from services.originality.service.register import Register
from services.originality.service.reports import Reports
from services.originality.service.tending import Tending
from services.originality.settings import OriginalitySettings
from services.originality.store.postings import Channel, merge
from telemetry.provider import Telemetry

RENEWALS = 10  # reports made anew in one go


class OriginalityService(Hearing, Checks, Register, Exchange, Reports, Tending):
    """Owns texts, the register, reports and rulings. Hears intake; is heard by review."""

    name = "originality"
    database = Database()
    telemetry = Telemetry()
    files = Bucket("intake")
    extractor = Crunch("services.originality.extraction", nice=10)
    # Pictures have children of their own: a scan never keeps a text waiting.
    recogniser = Crunch("services.originality.extraction", seconds=300, nice=15)
    engine = Crunch("services.originality.engine", nice=10)
    sheets = Crunch("services.originality.sheets", nice=10)
    press = Crunch("services.originality.press")
    settings = Settings(OriginalitySettings)

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
        people = {heard.filed_by, *heard.author_ids}
        store.keep_filing(work.session, entry.entry_id, heard.unit_id, people)
        checking.check(work, self.engine, entry, descriptions, (extracted, prepared))

    @every(seconds=1, due=lambda work: store.tenants_scanning(work.session))
    def look_at_pictures(self, work: Work) -> None:
        """Read one entry's scanned pages, or see whether pages show what their text says."""
        scan = store.take_scan(work.session)
        if scan is None:
            return
        policy = store.load_policy(work.session, scan.contest_id)
        papers = scan.documents
        seen = matching.read_pictures(self.files, self.recogniser, papers)
        (prepared,) = matching.prepare(self.engine, [seen.blanked], (policy.title,))
        store.lock_contest(work.session, scan.contest_id)
        checking.look(work, self.engine, scan, seen, prepared)

    @subscribe
    def drop_entry(self, heard: intake.EntryWithdrawn, work: Work) -> None:
        """Compare nobody with an entry that was taken back."""
        store.lock_contest(work.session, heard.contest_id)
        checking.leave(work, heard, Standing.WITHDRAWN)
        store.drop_entry_text(work.session, heard.entry_id)
        store.drop_scans(work.session, heard.entry_id)
        citing = store.entries_citing(work.session, heard.entry_id)
        store.mark_stale(work.session, citing)

    @subscribe
    def stop_entry(self, heard: intake.EntryDisqualified, work: Work) -> None:
        """Report no more on an entry that is out; whoever copied from it still did."""
        store.lock_contest(work.session, heard.contest_id)
        checking.leave(work, heard, Standing.DISQUALIFIED)

    @every(seconds=1, due=lambda work: store.tenants_stale(work.session))
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
