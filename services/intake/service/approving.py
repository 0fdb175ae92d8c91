"""Copies for judges are looked at by a person, who gives them out or holds them back."""

from dataclasses import replace

from minio.commonconfig import CopySource

from contracts import intake
from kernel.database import Work
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.intake.domain.copies import WORDS, CopyState, NoReasonToWithhold, NoSuchCopy
from services.intake.domain.eligibility import clean
from services.intake.service import copying
from services.intake.service.checked import checked_entry, lines, looked_at, shown, tell_words
from services.intake.store import copies, documents, entries

LINK_MINUTES = 15


class Approving:
    """What the secretariat does with copies; a judge of the contest does none of it."""

    files: Bucket

    @command
    def approve_copy(self, asked: intake.ApproveCopy, work: Work) -> None:
        """Let judges read a copy, under a key and of an instant of its own."""
        _, copy = looked_at(asked, work)
        copy.check_approvable(looked=asked.looked)
        if copy.state is CopyState.APPROVED:
            return
        key = ""
        if copy.key:
            key = f"{copying.PREFIX}/{work.new_id()}"
            self.files.call("copy_object", key, CopySource(self.files.name, copy.key))
        copy = replace(
            copy,
            state=CopyState.APPROVED,
            shown_key=key,
            reason="",
            decided_by=work.actor.id,
            decided_at=work.now,
        )
        copies.save_copy(work.session, copy)
        if copy.place == WORDS:
            tell_words(copy, work)

    @command
    def withhold_copy(self, asked: intake.WithholdCopy, work: Work) -> None:
        """Let no judge have a paper, or its title and summary; why is for the secretariat."""
        _, copy = looked_at(asked, work)
        if not (reason := clean(asked.reason)):
            raise NoReasonToWithhold
        copy = replace(copy, reason=reason, decided_by=work.actor.id, decided_at=work.now)
        hidden = copies.take_back(work.session, copy, CopyState.WITHHELD)
        if copy.place == WORDS:
            tell_words(hidden, work)

    @query
    def list_copies(self, asked: intake.ListCopies, work: Work) -> tuple[intake.CopiesLine, ...]:
        """List the entries with copies, those first that wait for somebody."""
        return lines(asked.contest_id, work)

    @query
    def show_copies(self, asked: intake.ShowCopies, work: Work) -> tuple[intake.CopyView, ...]:
        """Show what was taken out of an entry's papers, and where."""
        entry = checked_entry(entries.read_entry(work.session, asked.entry_id), work)
        held = {
            one.document_id: one for one in documents.load_documents(work.session, entry.entry_id)
        }
        return tuple(
            shown(copy, held.get(copy.document_id), work)
            for copy in copies.load_copies(work.session, entry.entry_id, entry.version)
        )

    @query
    def link_copy(self, asked: intake.LinkCopy, work: Work) -> str:
        """Return a link to a copy for who checks it."""
        entry = checked_entry(entries.read_entry(work.session, asked.entry_id), work)
        copy = copies.load_copy(work.session, entry.entry_id, entry.version, asked.place)
        copy.check_is(asked.number)
        if not copy.key:
            raise NoSuchCopy
        return self.files.link(copy.key, LINK_MINUTES)
