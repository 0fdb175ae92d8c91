"""How an entry counts: what is known of its way here, and what a later word on that changes."""

from dataclasses import replace

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from services.intake.domain import deadlines, drafts, post
from services.intake.domain.deadlines import Arrival, Counted, Extension
from services.intake.domain.entries import NEXT, Entry, State
from services.intake.domain.taken import Taken
from services.intake.service import saying
from services.intake.service.dossiers import lacking, papers_handed_in
from services.intake.service.receipts import issue
from services.intake.signing import Keys
from services.intake.store import entries, officers, people
from services.intake.store.contests import Frozen
from services.intake.store.deadlines import extensions_for, transfers_of


def arrival_of(entry: Entry, asked: intake.SubmitEntry, rules: Rules, work: Work) -> Arrival:
    """Return how an entry comes that is handed in now; a paper dossier may have come before.

    Uploads and extensions are read only where they decide: after the window has closed.
    """
    post.check_entered(entry.channel, asked.posted_at, asked.arrived_at, work.now)
    arrival = Arrival(
        at=asked.arrived_at or work.now,
        by_post=entry.channel == "POST",
        posted_on=asked.posted_at,
    )
    if deadlines.is_within(arrival, rules.intake):
        return arrival
    return replace(
        arrival,
        transfers=transfers_of(work.session, entry.entry_id),
        extension=extension_for(entry, work),
    )


def check_may_edit(entry: Entry, rules: Rules, work: Work) -> None:
    """Raise unless its fields and documents may still be changed, all extensions counted."""
    if entry.is_open:  # then no deadline says anything
        return
    arrival = Arrival(work.now, extension=extension_for(entry, work))
    drafts.check_editable(entry, rules, arrival)


def extension_for(entry: Entry, work: Work) -> Extension | None:
    """Return the longest extension granted to the entry, its authors or who filed it for them."""
    concerned = set(people.alike(work.session, entry.author_ids))
    if entry.channel == "ONLINE":
        concerned.add(entry.filed_by)
    granted = extensions_for(work.session, entry.contest_id, entry.entry_id, concerned)
    return deadlines.longest(granted)


def admit_late(frozen: Frozen, keys: Keys, work: Work) -> None:
    """Let in every late entry that is in time by what holds now: new rules, or more time.

    The contest must be held, so that nobody hands in meanwhile.
    """
    for entry in entries.load_late(work.session, frozen.rules.id):
        arrival = Arrival(
            at=entry.received_at or work.now,
            by_post=entry.channel == "POST",
            posted_on=entry.posted_at,
            transfers=transfers_of(work.session, entry.entry_id),
            extension=extension_for(entry, work),
        )
        counted = deadlines.count(arrival, frozen.rules)
        if not counted.is_late:
            admit(entry.admit(counted), counted, frozen, keys, work)


def admit(entry: Entry, counted: Counted, frozen: Frozen, keys: Keys, work: Work) -> None:
    """Take a late entry into the contest as if it had come in time, with a receipt anew."""
    rules = frozen.rules
    papers = papers_handed_in(entry, rules, work)
    missing = lacking(entry, papers, rules, work)
    entries.save_entry(work.session, entry)
    note = f"Hồ sơ nộp muộn được chấp nhận. {entry.counting_rule}"
    entries.add_line(work.session, entry, work.now, note)
    issue(Taken(entry, counted, papers, missing, is_admitted=True), frozen, keys, work)
    work.announce(saying.submitted(entry, papers, missing, counted))
    authors = people.alike(work.session, entry.author_ids)
    if not officers.barred(work.session, entry.contest_id).isdisjoint(authors):
        disqualify(entry, rules.entrants.excluded_rule, work)


def disqualify(entry: Entry, reason: str, work: Work) -> None:
    """Take an entry out of the contest; one that is out already only gets a line."""
    if State.DISQUALIFIED not in NEXT[entry.state]:
        entries.add_line(work.session, entry, work.now, reason)
        return
    entry = entry.moved(State.DISQUALIFIED)
    entries.save_entry(work.session, entry)
    entries.add_line(work.session, entry, work.now, f"Loại khỏi cuộc thi: {reason}")
    work.announce(intake.EntryDisqualified(**saying.about(entry), reason=reason))
