"""What a proof is read off: an event with its leaf, and slices of tiles. A statement for each."""

from collections.abc import Collection

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.ledger.domain import Node, Recorded
from services.ledger.domain.tree import BUNCH, FULL, SIZE, place_of, subtree
from services.ledger.store.heads import HeadNotSigned
from services.ledger.store.lines import OURS, EventNotRecorded, LineRow
from services.ledger.store.trees import LeafRow, Planted

# One statement for all, and of a tile, kept uncompressed, only the few hashes that are wanted; of
# a full one those over 16 each, see `domain.tree.packed`. Tiles of earlier have none of these.
NODES = text(
    "SELECT wanted.height, wanted.index, CASE"
    " WHEN wanted.many >= :bunch AND octet_length(tile.hashes) > :full THEN substring(tile.hashes,"
    " :full + wanted.first / :bunch * :size + 1, wanted.many / :bunch * :size)"
    " ELSE substring(tile.hashes, wanted.first * :size + 1, wanted.many * :size) END"
    " FROM unnest(CAST(:heights AS int[]), CAST(:indexes AS bigint[]), CAST(:levels AS int[]),"
    " CAST(:numbers AS bigint[]), CAST(:firsts AS int[]), CAST(:many AS int[]))"
    " AS wanted(height, index, level, number, first, many)"
    " JOIN tile ON tile.tenant = current_setting('app.tenant') AND tile.contest_id = :contest_id"
    " AND tile.level = wanted.level AND tile.number = wanted.number"
)


def load_nodes(session: Session, contest_id: str, wanted: Collection[Node]) -> dict[Node, bytes]:
    """Read the hashes of complete subtrees, worked out from a slice of a tile each."""
    places = [(node, *place_of(node)) for node in wanted]
    asked = {
        "contest_id": contest_id,
        "heights": [height for (height, _), _, _, _ in places],
        "indexes": [index for (_, index), _, _, _ in places],
        "levels": [level for _, (level, _), _, _ in places],
        "numbers": [number for _, (_, number), _, _ in places],
        "firsts": [first for _, _, first, _ in places],
        "many": [many for _, _, _, many in places],
        "bunch": BUNCH,
        "full": FULL,
        "size": SIZE,
    }
    rows = session.execute(NODES, asked)
    return {(height, index): subtree(bytes(hashes)) for height, index, hashes in rows}


def find_leaf(session: Session, event_id: str) -> tuple[Planted, Recorded]:
    """Read an event's leaf and the event. Raises `EventNotRecorded`, `HeadNotSigned`."""
    found = session.execute(
        select(
            LineRow.type,
            LineRow.occurred_at,
            LineRow.body,
            LineRow.body_digest,
            LeafRow.contest_id,
            LeafRow.number,
            LeafRow.sequence,
            LeafRow.salt,
        )
        .outerjoin(
            LeafRow, (LeafRow.tenant == LineRow.tenant) & (LeafRow.sequence == LineRow.sequence)
        )
        .where(LineRow.tenant == OURS, LineRow.event_id == event_id)
    ).first()
    if found is None:
        raise EventNotRecorded("The ledger has no event {event_id}.", event_id=event_id)
    if found.number is None:
        raise HeadNotSigned
    recorded = Recorded(event_id, found.type, found.occurred_at, found.body, found.body_digest)
    return Planted(found.contest_id, found.number, found.sequence, bytes(found.salt)), recorded
