"""Dossiers come whole from one-stop systems: pushed, supplemented, asked for, taken back."""

from typing import Any

from contracts import intake
from kernel.database import Work
from kernel.errors import Conflict, Refused, require
from kernel.messaging import command, query
from services.intake.domain.eligibility import clean
from services.intake.onegate import addresses
from services.intake.service.access import check_contest, check_scope
from services.intake.service.pushed import do, held, pending_of, view
from services.intake.store import entries, one_stop
from services.intake.store.tables import FetchRow, PushedRow


class DossierPushed(Conflict):
    """A dossier with this code was pushed before; send what is new as a supplement."""


class NoCode(Refused):
    """A pushed dossier needs its code in your system."""


class OneStop:
    """What a client may do with a dossier, each in one request."""

    draft_entry: Any
    attach_document: Any
    submit_entry: Any
    withdraw_entry: Any

    @command
    def push_dossier(self, asked: intake.PushDossier, work: Work) -> intake.PushedDossier:
        """Take a dossier in; it is handed in at once, or when the last of its files is here."""
        check_scope(asked, work)
        require(work.actor, "client")
        check_contest(asked.contest_id, work)
        if not (code := clean(asked.external_code)):
            raise NoCode
        if one_stop.is_known(work.session, work.actor.id, code):
            raise DossierPushed
        drafted = intake.DraftEntry(
            contest_id=asked.contest_id,
            kind=asked.kind,
            group=asked.group,
            title=asked.title,
            summary=asked.summary,
            area=asked.area,
            authors=asked.authors,
            channel="ONE_STOP",
            unit_id=asked.unit_id,
            external_code=code,
            enterprise=asked.enterprise,
        )
        entry_id: str = do(self, self.draft_entry, drafted, work)
        pushed = PushedRow(
            entry_id=entry_id,
            client_id=work.actor.id,
            external_code=code,
            declarations=list(asked.declarations),
            pushed_at=work.now,
            by_url=True,
            waits=True,
            problem="",
        )
        one_stop.add(work.session, pushed)
        return self.bring(pushed, asked.files, work)

    @command
    def supplement_dossier(
        self, asked: intake.SupplementDossier, work: Work
    ) -> intake.PushedDossier:
        """Add to a dossier that was returned, or that still waits for files."""
        check_scope(asked, work)
        pushed = held(asked.code, work)
        entry = entries.load_entry(work.session, pushed.entry_id)
        check_contest(entry.contest_id, work)
        entry.check_open()
        pushed.declarations = [*pushed.declarations, *asked.declarations]
        pushed.waits, pushed.problem = True, ""
        pushed.pushed_at, pushed.by_url = work.now, True
        return self.bring(pushed, asked.files, work)

    @command
    def withdraw_dossier(self, asked: intake.WithdrawDossier, work: Work) -> None:
        """Take a dossier back while nobody has decided on it."""
        check_scope(asked, work)
        pushed = held(asked.code, work)
        check_contest(entries.read_entry(work.session, pushed.entry_id).contest_id, work)
        pushed.waits = False
        withdrawn = intake.WithdrawEntry(entry_id=pushed.entry_id, reason=asked.reason)
        do(self, self.withdraw_entry, withdrawn, work)

    @query
    def show_dossier(self, asked: intake.ShowDossier, work: Work) -> intake.DossierView:
        """Show how a dossier stands; somebody else's is not there."""
        check_scope(asked, work)
        pushed = one_stop.find(work.session, work.actor.id, asked.code)
        entry = entries.read_entry(work.session, pushed.entry_id)
        check_contest(entry.contest_id, work)
        return view(pushed, entry, work)

    def bring(
        self, pushed: PushedRow, files: tuple[intake.DossierFile, ...], work: Work
    ) -> intake.PushedDossier:
        """Announce the files, and hand the dossier in if none has to be waited for."""
        uploads = tuple(self.announce(pushed, file, work) for file in files)
        work.session.flush()
        if pending := pending_of(pushed.entry_id, work):
            own = tuple(upload for upload in uploads if upload is not None)
            pushed.by_url = not any(not file.by_url for file in pending)
            return intake.PushedDossier(entry_id=pushed.entry_id, uploads=own, pending=pending)
        pushed.waits = False
        handed_in = intake.SubmitEntry(
            entry_id=pushed.entry_id, declarations=tuple(pushed.declarations)
        )
        receipt: intake.Submitted = do(self, self.submit_entry, handed_in, work)
        return intake.PushedDossier(entry_id=pushed.entry_id, receipt=receipt)

    def announce(
        self, pushed: PushedRow, file: intake.DossierFile, work: Work
    ) -> intake.FileUpload | None:
        """Announce a file; one with a URL is fetched, for another there is a place to upload."""
        attached = intake.AttachDocument(
            entry_id=pushed.entry_id,
            code=file.code,
            file_name=file.file_name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
        )
        place: intake.Upload = do(self, self.attach_document, attached, work)
        if file.url is None:
            return intake.FileUpload(
                code=file.code,
                file_name=file.file_name,
                document_id=place.document_id,
                url=place.url,
                expires_at=place.expires_at,
            )
        addresses.read(file.url)
        fetch = FetchRow(
            document_id=place.document_id, entry_id=pushed.entry_id, url=file.url,
            upload_url=place.url, state="QUEUED", attempts=0, due_at=work.now,
        )  # fmt: skip
        one_stop.add_fetch(work.session, fetch)
        return None
