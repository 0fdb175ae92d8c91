"""Certificates that may sign for an authority."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.awards.domain.signers import Binding
from services.awards.store.tables import SignerRow


class UnknownSigner(NotFound):
    """There is no such bound certificate."""


def save_signer(session: Session, row: SignerRow) -> None:
    """Keep a bound certificate."""
    session.add(row)


def lock_signer(session: Session, signer_id: str) -> SignerRow:
    """Read a bound certificate that is going to change; raises `UnknownSigner`."""
    query = select(SignerRow).where(SignerRow.signer_id == signer_id).with_for_update()
    row = session.scalar(query)
    if row is None:
        raise UnknownSigner
    return row


def load_signers(session: Session) -> list[SignerRow]:
    """Read every bound certificate of the tenant, by authority, role and first day."""
    order = (SignerRow.authority, SignerRow.role, SignerRow.since, SignerRow.signer_id)
    return list(session.scalars(select(SignerRow).order_by(*order)))


def load_bindings(session: Session, authority: str) -> list[Binding]:
    """Read what may sign for an authority, ended or not."""
    query = select(SignerRow).where(SignerRow.authority == authority)
    return [
        Binding(row.authority, row.role, row.sha256, row.since, row.until)
        for row in session.scalars(query)
    ]
