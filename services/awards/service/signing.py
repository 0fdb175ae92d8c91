"""Sends papers to a person's signing agent and takes them back signed."""

from datetime import timedelta

from msgspec import convert, msgpack

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Conflict, require
from kernel.messaging import command
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.paper import file_name, full_number
from services.awards.domain.signers import Binding, require_bound
from services.awards.orders import Judged, Returned
from services.awards.service.days import today
from services.awards.service.issuing import MEDIA
from services.awards.settings import AwardsSettings
from services.awards.signing.refusals import BadSignedFile
from services.awards.store.tables import SigningRow


class SigningRevoked(Conflict):
    """The paper is revoked; nobody signs it any more."""


class NotApprovedFirst(Conflict):
    """The agency signs after the person with authority has; have the paper approved first."""


class Signing:
    """Signatures by people whose keys never leave their machines."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @command
    def ask_to_sign(self, asked: awards.AskToSign, work: Work) -> awards.SigningTask:
        """Give a paper out: the authority approves it, the records clerk issues it."""
        issued = store.load_paper(work.session, asked.paper_id)
        office = f"authority:{issued.paper.authority}"
        require(work.actor, *((office,) if asked.role == "approve" else (office, "secretary")))
        require_open(issued, asked.role)
        pdf = issued.file("pdf")
        ends_at = work.now + timedelta(minutes=self.settings.signing_minutes)
        row = SigningRow(
            session_id=work.new_id(),
            paper_id=asked.paper_id,
            role=asked.role,
            sha256=pdf.sha256,
            ends_at=ends_at,
        )
        store.save_signing(work.session, row)
        paper = issued.paper
        name = f"{file_name(paper.number, paper.symbol, paper.register)}.pdf"
        return awards.SigningTask(
            session_id=row.session_id,
            file_url=self.files.link(pdf.key, self.settings.signing_minutes, name),
            file_name=name,
            number=full_number(paper.number, paper.symbol),
            ends_at=ends_at,
        )

    @command
    def take_signed(self, asked: awards.TakeSigned, work: Work) -> awards.PaperSignature:
        """Accept the file if it is the one given out with one more signature that holds.

        Whoever knows the session may return it: the agent has no account.
        """
        session = store.take_signing(work.session, asked.session_id, work.now)
        row = store.lock_paper(work.session, session.paper_id)
        issued = store.read_paper(row)
        pdf = issued.file("pdf")
        if pdf.sha256 != session.sha256:
            raise BadSignedFile("The paper was signed by somebody else meanwhile; sign it again.")
        require_open(issued, session.role)
        judged = self.judged(self.files.get(pdf.key), asked.content, work)
        self.require_theirs(issued, session.role, judged, work)
        signature = convert(
            {
                "role": session.role,
                "by": judged.signer,
                "at": work.now,
                "certificate": judged.certificate,
                "is_bound": True,
                "stamped_at": judged.stamped_at,
                "is_withdrawn": judged.withdrawn,
            },
            awards.PaperSignature,
        )
        key = f"papers/{work.new_id()}"
        self.files.put(key, asked.content, MEDIA["pdf"])
        store.put_signed(row, issued, key, asked.content, signature)
        return signature

    def require_theirs(
        self, issued: store.IssuedPaper, role: str, judged: Judged, work: Work
    ) -> None:
        """Refuse a certificate that is not bound to whose paper it is, however good it is."""
        day = today(work, store.load_rules(work.session, issued.contest_id))
        authority = issued.paper.authority
        bindings = store.load_bindings(work.session, authority)
        wanted = Binding(authority, role, judged.certificate, day)
        require_bound(bindings, wanted, judged.signer, judged.serial, day)

    def judged(self, original: bytes, returned: bytes, work: Work) -> Judged:
        """Have a returned file checked in a child process; raises `BadSignedFile`."""
        order = Returned(
            original=original,
            returned=returned,
            roots=self.settings.trust_roots,
            at=work.now,
            asks=self.settings.ask_ca,
        )
        judged = msgpack.decode(self.press.call("judge", msgpack.encode(order)), type=Judged)
        if judged.template:
            raise BadSignedFile(judged.template, **judged.params)
        return judged


def require_open(issued: store.IssuedPaper, role: str) -> None:
    """Refuse to sign what no longer holds, or for the agency before the person has.

    The order is that of Nghị định 30/2020/NĐ-CP, Điều 14 to 18.
    """
    if issued.revoked_at is not None:
        raise SigningRevoked
    if role == "issue" and all(each.role != "approve" for each in issued.signatures):
        raise NotApprovedFirst
