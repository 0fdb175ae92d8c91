"""Documents come in: announced, and uploaded in parts. `confirming` goes on."""

from collections.abc import Mapping
from contextlib import suppress

from contracts import intake
from kernel.database import Work
from kernel.messaging import command, every, query
from kernel.objects import Bucket, ObjectMissing
from services.intake import uploads
from services.intake.domain import names
from services.intake.domain.documents import (
    ABANDONED_AFTER,
    PART_BYTES,
    Announced,
    Document,
    DocumentState,
)
from services.intake.service.access import check_may_change, check_scope
from services.intake.service.counting import check_may_edit
from services.intake.store import contests, copies, documents, entries


class Uploading:
    """How files get into a dossier."""

    files: Bucket

    @command
    def attach_document(self, asked: intake.AttachDocument, work: Work) -> intake.Upload:
        """Offer a place to upload to, in parts; the same one while it is not finished."""
        check_scope(asked, work)
        entry = entries.load_entry(work.session, asked.entry_id)
        check_may_change(entry, work)
        rules = contests.load_rules(work.session, entry.contest_id).rules
        check_may_edit(entry, rules, work)
        announced = Announced(
            code=asked.code,
            file_name=names.shown(asked.file_name),
            media_type=asked.media_type.partition(";")[0].strip().lower(),
            size=asked.size,
            sha256=asked.sha256.lower(),
            parts=tuple(part.lower() for part in asked.parts),
            sent_name=asked.file_name,
        )
        announced.check(rules.dossier)
        document = documents.find_unfinished(work.session, entry.entry_id, announced)
        if document is None:
            key = work.new_id()
            upload_id = uploads.begin(self.files, key, announced.media_type)
            document = Document(work.new_id(), announced, work.now, key, upload_id=upload_id)
            documents.add_document(work.session, entry.entry_id, document)
        parts = self.parts_of(document, {})
        return intake.Upload(
            document_id=document.document_id,
            url=parts[0].url,
            expires_at=work.now + uploads.URL_TIME,
            part_size=PART_BYTES,
            parts=parts,
        )

    @query
    def show_upload(self, asked: intake.ShowUpload, work: Work) -> intake.UploadView:
        """Say which parts are there, with fresh URLs for all, to whoever may change the entry."""
        check_scope(asked, work)
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_change(entry, work)
        document = documents.load_document(work.session, entry.entry_id, asked.document_id)
        parts: tuple[intake.UploadPart, ...] = ()
        if document.state is DocumentState.UPLOADING:
            with suppress(ObjectMissing):  # finished by a confirmation that was cut off
                parts = self.parts_of(document, uploads.sizes(self.files, document))
        return intake.UploadView(
            document_id=document.document_id,
            state=document.state,
            part_size=PART_BYTES,
            parts=parts,
            expires_at=work.now + uploads.URL_TIME,
        )

    @every(seconds=60)
    def sweep_uploads(self, work: Work) -> None:
        """Give up uploads that nobody finished; remove what refused documents and copies left."""
        for document in documents.abandon(work.session, work.now - ABANDONED_AFTER):
            uploads.give_up(self.files, document.key, document.upload_id)
            uploads.remove(self.files, document.key)
        for key in documents.take_leftovers(work.session):
            uploads.remove(self.files, key)
        for key in copies.take_leftovers(work.session):
            uploads.remove(self.files, key)

    def parts_of(
        self, document: Document, there: Mapping[int, int]
    ) -> tuple[intake.UploadPart, ...]:
        """Return the parts of an upload; `there` are the sizes of those at the store."""
        return tuple(
            intake.UploadPart(
                number=number,
                size=size,
                url=uploads.part_url(self.files, document, number),
                there=there.get(number) == size,
            )
            for number, size in enumerate(document.announced.part_sizes(), 1)
        )
