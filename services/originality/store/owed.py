"""Which later entries may owe a text a new report: here, those whose idea may be the same."""

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.domain import Entry
from services.originality.ideas.alike import Alike
from services.originality.store.kept import Idea, Kind
from services.originality.store.likeness import LISTED, ideas_alike
from services.originality.store.tables import TextRow
from services.originality.store.wanted import among, one_of

# By words A may be less like B than B like A. Whom it may concern is looked at again.
NEAR = 0.99  # of random pairs of texts are less alike


def later_ideas_alike(session: Session, idea: Idea, after: Entry) -> list[str]:
    """Return the entries of a contest filed later whose idea may be that of an entry."""
    later = and_(
        TextRow.tenant == current_tenant.get(),
        TextRow.kind == Kind.ENTRY,
        TextRow.contest_id == after.contest_id,
        tuple_(TextRow.filed_at, TextRow.source_id) > (after.filed_at, after.entry_id),
    )
    if not session.scalar(select(func.count()).select_from(TextRow).where(later)):
        return []
    near = {
        found.text_id
        for found in ideas_alike(session, idea, among(session, later), 2 * LISTED)
        if _likelier(found) >= NEAR
    }
    query = select(TextRow.source_id).where(*one_of(near))
    return sorted(session.scalars(query))


def _likelier(found: Alike) -> float:
    """Return the percentile of the list that finds a text more alike; 1 where it is not known."""
    said = [one.percentile for one in (found.words, found.meaning) if one is not None]
    return max(1.0 if share is None else share for share in said)
