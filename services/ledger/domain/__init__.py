"""How events are chained, planted in trees and signed for. Pure arithmetic.

`chain` is the one list of all a tenant's events, `leaves` says what a contest's tree is made of,
`tree` grows it and proves, `heads` says what is signed.
"""

from services.ledger.domain.chain import (
    Broken,
    Head,
    Intact,
    Line,
    Recorded,
    Verdict,
    Why,
    canonical,
    digest_of,
    link_digest,
    verify,
)
from services.ledger.domain.heads import MILESTONES, TreeHead, head_bytes, milestone_of
from services.ledger.domain.leaves import OWN, SALT, Leaf, body_of, disclosed, leaf_of, tree_of
from services.ledger.domain.tree import (
    Growing,
    Node,
    consistency_path,
    empty_root,
    hash_of,
    inclusion_path,
    leaf_hash,
    needed_for,
    root_of,
    tiles_of,
)

__all__ = [
    "MILESTONES",
    "OWN",
    "SALT",
    "Broken",
    "Growing",
    "Head",
    "Intact",
    "Leaf",
    "Line",
    "Node",
    "Recorded",
    "TreeHead",
    "Verdict",
    "Why",
    "body_of",
    "canonical",
    "consistency_path",
    "digest_of",
    "disclosed",
    "empty_root",
    "hash_of",
    "head_bytes",
    "inclusion_path",
    "leaf_hash",
    "leaf_of",
    "link_digest",
    "milestone_of",
    "needed_for",
    "root_of",
    "tiles_of",
    "tree_of",
    "verify",
]
