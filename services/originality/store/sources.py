"""Which texts may be a source of an entry's, and which of them are worth aligning.

Every query names the tenant besides row-level security, so that it can use the table's index.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.domain import Entry, Policy
from services.originality.store import postings
from services.originality.store.kept import PRINTED, Kind, Prints
from services.originality.store.postings import Channel, Extent, Keep, Manifest, Sought
from services.originality.store.tables import TextRow
from services.originality.store.wanted import among, counting, one_of

TRIPLES_PART = 2  # for so many texts found by fingerprints, one found by triples alone


@dataclass(frozen=True, slots=True)
class Candidates:
    """Texts worth aligning, and how to find them again: which version of the index was read.

    `extent` is how much there was; `candidates` takes it back, for an appeal. `keep` tells which
    texts might have been among them.
    """

    text_ids: list[int]
    manifest: Manifest
    extent: Extent
    keep: Keep
    found_by: dict[int, tuple[Channel, ...]] = field(default_factory=dict)


def candidates(  # noqa: PLR0913  # what may be seen depends on all of them
    session: Session,
    entry: Entry,
    prints: Prints,
    policy: Policy,
    most: int,
    *,
    extent: Extent | None = None,
) -> Candidates:
    """Return the texts most like an entry's among those that were there before it.

    These are the initiatives that count by the rules, and the entries of the same contest filed
    earlier. A hash that many texts have says little. The best `most` by fingerprints come first,
    then half as many that only their triples give away. With an `extent`, what came after it
    counts for nothing, as in the report that was made then.
    """
    known = counting(policy, entry.entry_id)
    earlier = and_(
        TextRow.kind == Kind.ENTRY,
        TextRow.contest_id == entry.contest_id,
        tuple_(TextRow.filed_at, TextRow.source_id) < (entry.filed_at, entry.entry_id),
    )
    return likely(session, prints, or_(known, earlier), most, extent)


def likely(
    session: Session,
    prints: Prints,
    wanted: ColumnElement[bool],
    most: int,
    extent: Extent | None = None,
) -> Candidates:
    """Return the texts most like these prints among the wanted ones; see `candidates`."""
    seen = extent or postings.extent(session)
    there = and_(wanted, TextRow.text_id <= seen.newest)
    keep = among(session, there, seen.texts)
    found: dict[int, tuple[Channel, ...]] = {}
    sought = {
        channel: Sought(prints.asked(channel), limit)
        for channel, limit in zip(PRINTED, (most, most // TRIPLES_PART), strict=True)
    }
    for channel, scored in postings.search_each(session, sought, keep=keep, extent=extent).items():
        for each in scored:
            found[each.text_id] = (*found.get(each.text_id, ()), channel)
    return Candidates(list(found), postings.manifest(session), seen, keep, found)


def later_entries_alike(
    session: Session, texts: Iterable[Prints], after: Entry | None = None
) -> list[str]:
    """Return the entries that share hashes with these texts and may owe them something.

    With `after`, only entries of its contest filed later than it.
    """
    wanted = and_(TextRow.tenant == current_tenant.get(), TextRow.kind == Kind.ENTRY)
    if after is not None:
        wanted = and_(
            wanted,
            TextRow.contest_id == after.contest_id,
            tuple_(TextRow.filed_at, TextRow.source_id) > (after.filed_at, after.entry_id),
        )
    most = session.scalar(select(func.count()).select_from(TextRow).where(wanted)) or 0
    if not most:
        return []
    keep = among(session, wanted)
    alike = {
        scored.text_id
        for prints in texts
        for found in postings.search_each(
            session,
            {channel: Sought(prints.asked(channel), most) for channel in PRINTED},
            keep=keep,
        ).values()
        for scored in found
    }
    query = select(TextRow.source_id).where(*one_of(alike))
    return sorted(set(session.scalars(query)))
