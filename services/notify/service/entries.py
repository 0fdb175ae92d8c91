"""What happens to an entry, told to its authors and to whoever filed it."""

from contracts import intake
from kernel.database import Work
from kernel.messaging import subscribe
from services.notify import domain, store
from services.notify.domain import EntryNews
from services.notify.service.queueing import tell


class Entries:
    """Hears of entries."""

    @subscribe
    def confirm_receipt(self, heard: intake.EntrySubmitted, work: Work) -> None:
        """Send the receipt, and say what is missing."""
        contest = store.load_contest(work.session, heard.contest_id)
        entry = keep(heard, work)
        missing = contest.name_papers(heard.missing)
        letter = domain.Receipt(entry.named, heard.received_at, heard.version, missing)
        news = EntryNews(letter, "SUBMITTED", missing=heard.missing, received_at=heard.received_at)
        tell(work, heard, domain.tell_of_entry(entry, news))

    @subscribe
    def tell_lateness(self, heard: intake.EntryCameLate, work: Work) -> None:
        """Say that the entry came after its deadline, and is kept until somebody decides."""
        entry = keep(heard, work)
        letter = domain.CameLate(entry.named, heard.received_at, heard.rule)
        news = EntryNews(letter, "LATE", note=heard.rule, received_at=heard.received_at)
        tell(work, heard, domain.tell_of_entry(entry, news))

    @subscribe
    def ask_for_supplement(self, heard: intake.EntryReturned, work: Work) -> None:
        """Say what has to be completed, and until when."""
        contest = store.load_contest(work.session, heard.contest_id)
        entry = store.load_entry(work.session, heard.entry_id)
        missing = contest.name_papers(heard.missing)
        news = EntryNews(
            domain.SupplementAsked(entry.named, heard.request, missing, heard.due_at),
            "SUPPLEMENT_REQUESTED",
            note=heard.request,
            missing=heard.missing,
            due_at=heard.due_at,
        )
        tell(work, heard, domain.tell_of_entry(entry, news))

    @subscribe
    def tell_acceptance(self, heard: intake.EntryAccepted, work: Work) -> None:
        """Say that the dossier is complete and valid."""
        entry = store.mark_accepted(work.session, heard.entry_id)
        news = EntryNews(domain.Accepted(entry.named), "ACCEPTED")
        tell(work, heard, domain.tell_of_entry(entry, news))

    @subscribe
    def tell_refusal(self, heard: intake.EntryRefused, work: Work) -> None:
        """Say that the dossier was refused, and why."""
        entry = store.mark_out(work.session, heard.entry_id)
        letter = domain.Refusal(entry.named, heard.reason)
        news = EntryNews(letter, "REFUSED", note=heard.reason)
        tell(work, heard, domain.tell_of_entry(entry, news))

    @subscribe
    def confirm_withdrawal(self, heard: intake.EntryWithdrawn, work: Work) -> None:
        """Confirm that the entry was taken back."""
        entry = store.mark_out(work.session, heard.entry_id)
        letter = domain.Withdrawal(entry.named, heard.reason)
        news = EntryNews(letter, "WITHDRAWN", note=heard.reason)
        tell(work, heard, domain.tell_of_entry(entry, news))

    @subscribe
    def tell_disqualification(self, heard: intake.EntryDisqualified, work: Work) -> None:
        """Say that the entry is out of the contest, and why."""
        entry = store.mark_out(work.session, heard.entry_id)
        letter = domain.Disqualified(entry.named, heard.reason)
        news = EntryNews(letter, "DISQUALIFIED", note=heard.reason)
        tell(work, heard, domain.tell_of_entry(entry, news))


def keep(heard: intake.EntrySubmitted | intake.EntryCameLate, work: Work) -> domain.Entry:
    """Remember the entry for all that will be told of it."""
    entry = domain.Entry(
        contest_id=heard.contest_id,
        entry_id=heard.entry_id,
        receipt_code=heard.receipt_code,
        title=heard.title,
        author_ids=heard.author_ids,
        filed_by=heard.filed_by,
        filed_through=heard.channel,
        external_code=heard.external_code,
        version=heard.version,
        unit_id=heard.unit_id,
    )
    store.save_entry(work.session, work.tenant, entry)
    store.end_draft(work.session, work.tenant, heard.contest_id, heard.entry_id, heard.filed_by)
    if heard.unit_id is not None:
        contacts = store.load_contacts(work.session, {heard.unit_id}).get(heard.unit_id, ())
        store.make_pointless(work.session, "unit_silent", heard.contest_id, contacts)
    return entry
