"""Uploaded documents are looked into, and kept or refused."""

from contracts import intake
from contracts.rules import Rules
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import command
from kernel.objects import Bucket
from services.intake import uploads
from services.intake.domain.documents import PART_BYTES, Document, paper_of, type_of
from services.intake.domain.entries import Entry
from services.intake.domain.faults import BadContent, Fault, Found, Infected
from services.intake.inspection.orders import Order, look_into
from services.intake.service.access import check_may_change, check_scope
from services.intake.service.counting import check_may_edit
from services.intake.settings import IntakeSettings
from services.intake.store import contests, documents, entries


class Confirming:
    """What becomes of an upload once all of it is said to be there."""

    files: Bucket
    inspectors: Crunch
    settings: IntakeSettings

    @command
    def confirm_document(self, asked: intake.ConfirmDocument, work: Work) -> None:
        """Make the parts one file, look into it, and keep it or say for good why not.

        Only the document is held while it is looked into, which takes a while: others save the
        entry and confirm its other documents meanwhile.
        """
        check_scope(asked, work)
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_change(entry, work)
        document = documents.load_document(
            work.session, asked.entry_id, asked.document_id, lock=True
        )
        document.check_not_given_up()
        if document.is_stored:
            return
        check_takes(entry, work)
        uploads.finish(self.files, document)
        looked = self.look(document)
        entry = entries.load_entry(work.session, asked.entry_id)
        rules = check_takes(entry, work)  # it may have been decided on meanwhile
        try:
            found = allowed(looked, document, rules)
        except BadContent as refused:
            self.refuse(document, entry, Fault.of(refused), work)
            raise
        documents.mark_stored(work.session, document.document_id, found, work.now)

    def look(self, document: Document) -> Found | Fault:
        """Return what the file is, or what is wrong with it."""
        announced = document.announced
        order = Order(
            url=uploads.reading_url(self.files, document),
            name=announced.file_name,
            size=announced.size,
            part_bytes=PART_BYTES,
            sha256=announced.sha256,
            parts=announced.parts,
            clamd_url=self.settings.clamd_url,
        )
        return look_into(self.inspectors, order)

    def refuse(self, document: Document, entry: Entry, fault: Fault, work: Work) -> None:
        """Write down why; the object goes with the next sweep, once this is committed."""
        name = document.announced.file_name
        if fault.code == Infected.__name__:
            aside = uploads.quarantine(self.files, document.key)
            documents.refuse(work.session, document, fault, aside)
            signature = fault.params["signature"]
            note = f"Đã cách ly tệp “{name}” vì phát hiện mã độc {signature}."
        else:
            documents.refuse(work.session, document, fault)
            note = f"Không nhận tệp “{name}”."
        entries.add_line(work.session, entry, work.now, note)


def check_takes(entry: Entry, work: Work) -> Rules:
    """Raise unless whoever asks may change the entry now; return the rules in force."""
    check_may_change(entry, work)
    rules = contests.load_rules(work.session, entry.contest_id).rules
    check_may_edit(entry, rules, work)
    return rules


def allowed(looked: Found | Fault, document: Document, rules: Rules) -> Found:
    """Return what the file is, if the rules allow it. Raises `BadContent`."""
    if isinstance(looked, Fault):
        raise looked.refusal()
    announced = document.announced
    paper = paper_of(rules.dossier, announced.code)
    looked.check(announced.file_name, type_of(announced.media_type), paper)
    return looked
