"""How trees catch up with their tenant's chain, and heads are signed. Start with `catch_up`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.ledger import store
from services.ledger.domain import (
    OWN,
    Growing,
    Recorded,
    TreeHead,
    body_of,
    leaf_hash,
    leaf_of,
    milestone_of,
    tree_of,
)
from services.ledger.domain.leaves import SALT, instant
from services.ledger.signing import Key

BATCH = 1000  # links taken at once
BATCHES = 100  # of one transaction

CLOSED = "intake closed"


@dataclass(slots=True)
class Grove:
    """The trees of a tenant that are growing in this transaction."""

    session: Session
    tenant: str
    key: Key
    now: datetime
    trees: dict[str, Growing] = field(default_factory=dict)

    def tree(self, contest_id: str) -> Growing:
        """Return a tree to put leaves on."""
        if contest_id not in self.trees:
            size = store.lock_tree(self.session, contest_id).size
            self.trees[contest_id] = store.load_edge(self.session, contest_id, size)
        return self.trees[contest_id]

    def sign(self, contest_id: str, milestone: str) -> tuple[TreeHead, str]:
        """Sign the head of a tree as it is now, write it down, return it with the signature."""
        growing = self.tree(contest_id)
        at, root = instant(self.now), growing.root().hex()
        head = TreeHead(self.tenant, contest_id, growing.size, root, at, milestone)
        signature = self.key.sign(head)
        store.keep_head(
            self.session,
            store.TreeHeadRow(
                contest_id=contest_id,
                size=head.size,
                at=self.now,
                root=head.root,
                milestone=milestone,
                kid=self.key.kid,
                signature=signature,
            ),
        )
        store.lock_tree(self.session, contest_id).signed = head.size
        return head, signature


def catch_up(grove: Grove, chance: Callable[[int], bytes]) -> Iterator[tuple[TreeHead, str]]:
    """Plant every link that is in no tree yet and sign what grew; return heads and signatures.

    `chance` makes salts of so many bytes.
    """
    own = store.lock_tree(grove.session, OWN)
    store.keep_key(grove.session, grove.key.kid, grove.key.x, grove.now)
    for _ in range(BATCHES):
        lines = store.read_new_lines(grove.session, own.reached, BATCH)
        if not lines:
            break
        yield from plant(grove, lines, chance)
        own.reached = lines[-1][0]
    for row in store.trees_to_sign(grove.session, grove.now):
        is_over = row.closes is not None and row.closes <= grove.now and not row.closed
        yield grove.sign(row.contest_id, CLOSED if is_over else "")
        row.closed = row.closed or is_over


def plant(
    grove: Grove, lines: Sequence[tuple[int, Recorded]], chance: Callable[[int], bytes]
) -> Iterator[tuple[TreeHead, str]]:
    """Put links on their trees; sign a head after each that is a milestone."""
    planted = []
    grown = set()
    for sequence, recorded in lines:
        body = body_of(recorded)
        contest_id = tree_of(body)
        growing, salt = grove.tree(contest_id), chance(SALT)
        planted.append(store.Planted(contest_id, growing.size, sequence, salt))
        growing.add(leaf_hash(leaf_of(recorded, body, salt).data()))
        grown.add(contest_id)
        if body is not None and (milestone := milestone_of(recorded.type)):
            note_window(grove.session, contest_id, body)
            store.save_growth(grove.session, contest_id, growing)
            growing.settle()
            yield grove.sign(contest_id, milestone)
    store.plant(grove.session, planted)
    for contest_id in sorted(grown):
        store.save_growth(grove.session, contest_id, grove.trees[contest_id])
        grove.trees[contest_id].settle()


def note_window(session: Session, contest_id: str, body: Mapping[str, Any]) -> None:
    """Note until when the newest rules take entries."""
    with suppress(KeyError, TypeError, ValueError):
        closes = datetime.fromisoformat(body["rules"]["intake"]["closes"])
        row = store.lock_tree(session, contest_id)
        row.closes, row.closed = closes, False
