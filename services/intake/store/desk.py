"""Paper dossiers as they came to the desk, kept and found again."""

from msgspec import convert, to_builtins
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.intake.domain.handover import Counted, Handover
from services.intake.store.tables import HandoverRow


def save_handover(session: Session, entry_id: str, handover: Handover) -> None:
    """Keep who handed a dossier over and what was in it, in place of what was said before."""
    session.merge(
        HandoverRow(
            tenant=current_tenant.get(),
            entry_id=entry_id,
            applicant=handover.applicant,
            phone=handover.phone,
            papers=to_builtins(handover.papers),
            recorded_by=handover.recorded_by,
            recorded_at=handover.recorded_at,
        )
    )


def find_handover(session: Session, entry_id: str) -> Handover | None:
    """Return who handed an entry over, if it came on paper and somebody has said so."""
    row = session.get(HandoverRow, (current_tenant.get(), entry_id))
    if row is None:
        return None
    papers = convert(row.papers, tuple[Counted, ...])
    return Handover(row.applicant, row.phone, papers, row.recorded_by, row.recorded_at)
