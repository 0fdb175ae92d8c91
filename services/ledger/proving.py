"""What is answered about trees: heads, and proofs read off a few tiles."""

from datetime import datetime

from sqlalchemy.orm import Session

from contracts import ledger
from kernel.errors import Refused
from services.ledger import domain, store
from services.ledger.domain.leaves import instant
from services.ledger.domain.tree import consistency_ranges, inclusion_ranges

MOST = 1000  # heads of one answer


class NoSuchGrowth(Refused):
    """A tree grows from one of its sizes to a later one; name two that it has had."""


def said(head: domain.TreeHead, at: datetime, kid: str, signature: str) -> ledger.SignedHead:
    """Say a signed head in the words of the contract."""
    return ledger.SignedHead(
        tenant=head.tenant,
        contest_id=head.contest_id,
        size=head.size,
        root=head.root,
        at=at,
        milestone=head.milestone,
        kid=kid,
        signature=signature,
    )


def told(tenant: str, row: store.TreeHeadRow) -> ledger.SignedHead:
    """Say a head that is written down."""
    head = domain.TreeHead(
        tenant, row.contest_id, row.size, row.root, instant(row.at), row.milestone
    )
    return said(head, row.at, row.kid, row.signature)


def heads(session: Session, tenant: str, asked: ledger.ListHeads) -> ledger.Heads:
    """Read a contest's heads and the tenant's keys. Raises `UnknownTree`."""
    limit = max(1, min(asked.limit, MOST))
    rows = store.load_heads(session, asked.contest_id, limit, before=asked.before)
    if not rows and asked.before is None:
        raise store.UnknownTree
    keys = tuple(
        ledger.HeadKey(kid=row.kid, x=row.x, since=row.since) for row in store.load_keys(session)
    )
    return ledger.Heads(heads=tuple(told(tenant, row) for row in rows), keys=keys)


def inclusion(
    session: Session, tenant: str, asked: ledger.ProveInclusion
) -> ledger.InclusionProof:
    """Prove that an event is in its tree. Raises `EventNotRecorded`, `HeadNotSigned`."""
    leaf, recorded = store.find_leaf(session, asked.event_id)
    head = store.load_head_over(session, leaf.contest_id, leaf.number + 1, asked.size)
    wanted = domain.needed_for(inclusion_ranges(leaf.number, head.size))
    nodes = store.load_nodes(session, leaf.contest_id, wanted)
    path = domain.inclusion_path(leaf.number, head.size, nodes)
    planted = domain.leaf_of(recorded, domain.body_of(recorded), leaf.salt)
    return ledger.InclusionProof(
        event_id=planted.event_id,
        type=planted.type,
        occurred_at=planted.occurred_at,
        members=dict(planted.members),
        number=leaf.number,
        path=tuple(one.hex() for one in path),
        head=told(tenant, head),
    )


def growth(session: Session, asked: ledger.ProveConsistency) -> ledger.Growth:
    """Prove that a tree only grew. Raises `NoSuchGrowth`."""
    if not 0 < asked.before <= asked.size <= store.tree_size(session, asked.contest_id):
        raise NoSuchGrowth
    ranges = [*consistency_ranges(asked.before, asked.size), (0, asked.before), (0, asked.size)]
    nodes = store.load_nodes(session, asked.contest_id, domain.needed_for(ranges))
    path = domain.consistency_path(asked.before, asked.size, nodes)
    return ledger.Growth(
        contest_id=asked.contest_id,
        before=asked.before,
        before_root=domain.hash_of(0, asked.before, nodes).hex(),
        size=asked.size,
        root=domain.hash_of(0, asked.size, nodes).hex(),
        path=tuple(one.hex() for one in path),
    )
