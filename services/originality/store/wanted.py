"""Conditions on texts: which may be a source of an entry's, and which of some are wanted."""

from collections.abc import Collection

import numpy as np
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    LargeBinary,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.domain import Policy
from services.originality.store.kept import Kind
from services.originality.store.postings import Keep
from services.originality.store.tables import TextRow

FEW = 3_000  # texts


def counting(policy: Policy, entry_id: str) -> ColumnElement[bool]:
    """Select the known initiatives an entry may not repeat: `domain.counts`, told to PostgreSQL.

    What an entry has become is no source of that entry.
    """
    return and_(
        TextRow.kind == Kind.KNOWN_INITIATIVE,
        TextRow.scope.in_(sorted(policy.scopes)),
        or_(TextRow.applied_on.is_(None), TextRow.applied_on <= policy.cutoff),
        or_(TextRow.entry_id.is_(None), TextRow.entry_id != entry_id),
    )


def among(session: Session, wanted: ColumnElement[bool], texts: int | None = None) -> Keep:
    """Return what tells which of some texts are wanted.

    Where there are few `texts` in all, every wanted one is asked for once, whoever asks how often.
    """
    if texts is not None and texts <= FEW:
        numbers = func.string_agg(func.int8send(TextRow.text_id), literal(b"", LargeBinary))
        every = session.scalar(
            select(numbers).where(TextRow.tenant == current_tenant.get(), wanted)
        )
        return set(np.frombuffer(every or b"", ">i8").tolist()).intersection

    def keep(text_ids: Collection[int]) -> list[int]:
        return list(session.scalars(select(TextRow.text_id).where(*one_of(text_ids), wanted)))

    return keep


def one_of(text_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition to be one of these texts."""
    chosen = literal(sorted(text_ids), ARRAY(BigInteger))
    return TextRow.tenant == current_tenant.get(), TextRow.text_id == any_(chosen)
