"""Binds certificates to the authorities they may sign for."""

from msgspec import convert, msgpack

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.awards import store
from services.awards.domain.signers import SignerOver, check_days
from services.awards.orders import Identified
from services.awards.service.documents import ORGANISERS, UnknownBody
from services.awards.signing.refusals import BadCertificate
from services.awards.store.tables import SignerRow


class Signers:
    """Who may sign. An operator says so: an organiser must not make themselves the chairman."""

    press: Crunch

    @command
    def bind_signer(self, asked: awards.BindSigner, work: Work) -> awards.Signer:
        """Bind a certificate to an authority, for one kind of signature."""
        require(work.actor, "operator")
        check_days(asked.since, asked.until)
        require_named(asked.authority, work)
        read = msgpack.decode(
            self.press.call("identified", asked.certificate.encode()), type=Identified
        )
        if read.template:
            raise BadCertificate(read.template, **read.params)
        row = SignerRow(
            signer_id=work.new_id(),
            authority=asked.authority,
            role=asked.role,
            subject=read.subject,
            issuer=read.issuer,
            serial=read.serial,
            sha256=read.sha256,
            since=asked.since,
            until=asked.until,
            bound_by=work.actor.id,
            bound_at=work.now,
        )
        store.save_signer(work.session, row)
        work.announce(
            awards.SignerBound(
                signer_id=row.signer_id,
                authority=asked.authority,
                role=asked.role,
                sha256=read.sha256,
                since=asked.since,
                until=asked.until,
            )
        )
        return shown(row)

    @command
    def end_signer(self, asked: awards.EndSigner, work: Work) -> awards.Signer:
        """Name the last day on which a certificate may sign, earlier than the one there was."""
        require(work.actor, "operator")
        row = store.lock_signer(work.session, asked.signer_id)
        if row.until is not None and row.until <= asked.until:
            raise SignerOver
        row.until = asked.until
        ended = shown(row)
        work.announce(
            awards.SignerEnded(
                signer_id=row.signer_id,
                authority=row.authority,
                role=ended.role,
                until=asked.until,
                reason=asked.reason,
            )
        )
        return ended

    @query
    def list_signers(self, _asked: awards.ListSigners, work: Work) -> tuple[awards.Signer, ...]:
        """List who may sign, who could and who will."""
        require(work.actor, "operator", "organiser", "secretary")
        return tuple(map(shown, store.load_signers(work.session)))


def require_named(authority: str, work: Work) -> None:
    """Refuse a code that no contest's rules name: nobody could ever sign for it."""
    rules = store.load_all_rules(work.session, ())
    if authority not in {ORGANISERS, *(one.code for each in rules for one in each.authorities)}:
        raise UnknownBody


def shown(row: SignerRow) -> awards.Signer:
    """Return a bound certificate as it is shown."""
    return convert(
        {name: getattr(row, name) for name in awards.Signer.__struct_fields__}, awards.Signer
    )
