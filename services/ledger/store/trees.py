"""Trees, their tiles and leaves, the heads signed of them and the keys. No arithmetic here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row, Work
from kernel.errors import NotFound
from services.ledger.domain import Growing, Recorded
from services.ledger.domain.tree import At, edge, packed
from services.ledger.store.lines import BATCH, OURS, HeadRow, LineRow, Table


class UnknownTree(NotFound):
    """The ledger has heard nothing of this contest."""


class TreeRow(Row, Table):
    """One row per contest, and one, with an empty id, for events of none.

    `reached` is the last link of the tenant's chain that was looked at, kept in the row with the
    empty id alone. `closes` is when entries are no longer taken, by the newest rules.
    """

    __tablename__ = "tree"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    signed: Mapped[int] = mapped_column(BigInteger, default=0)
    reached: Mapped[int] = mapped_column(BigInteger, default=0)
    closes: Mapped[datetime | None] = mapped_column(default=None)
    closed: Mapped[bool] = mapped_column(default=False)


class TileRow(Row, Table):
    """Up to 256 hashes of one height, and those above them; see `domain.tree.packed`."""

    __tablename__ = "tile"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    hashes: Mapped[bytes]


class LeafRow(Row, Table):
    """Which link of the tenant's chain a leaf is, and the salt its members are closed with."""

    __tablename__ = "leaf"

    contest_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    salt: Mapped[bytes]


@dataclass(frozen=True, slots=True)
class Planted:
    """A leaf as it is written down."""

    contest_id: str
    number: int
    sequence: int
    salt: bytes


def whose_lines_wait(work: Work) -> Iterable[str]:
    """Name tenants with links in no tree yet, leaves under no head, or a window just closed."""
    reached = select(TreeRow.reached).where(
        TreeRow.tenant == HeadRow.tenant, TreeRow.contest_id == ""
    )
    waiting = select(HeadRow.tenant).where(
        HeadRow.length > func.coalesce(reached.scalar_subquery(), 0)
    )
    is_over = TreeRow.closes.is_not(None) & (TreeRow.closes <= work.now) & ~TreeRow.closed
    unsigned = select(TreeRow.tenant).where(or_(TreeRow.size > TreeRow.signed, is_over))
    return work.session.scalars(waiting.union(unsigned))


def lock_tree(session: Session, contest_id: str) -> TreeRow:
    """Take a tree to grow it; made if there is none."""
    fresh = {"contest_id": contest_id, "size": 0, "signed": 0, "reached": 0, "closed": False}
    session.execute(upsert(TreeRow).values(fresh).on_conflict_do_nothing())
    found = (
        select(TreeRow)
        .where(TreeRow.tenant == OURS, TreeRow.contest_id == contest_id)
        .with_for_update()
    )
    return session.scalars(found).one()


def read_new_lines(session: Session, after: int, most: int) -> Sequence[tuple[int, Recorded]]:
    """Read the next links of the tenant's chain, with their numbers."""
    columns = (
        LineRow.sequence,
        LineRow.event_id,
        LineRow.type,
        LineRow.occurred_at,
        LineRow.body,
        LineRow.body_digest,
    )
    rows = (
        select(*columns)
        .where(LineRow.tenant == OURS, LineRow.sequence > after)
        .order_by(LineRow.sequence)
        .limit(most)
    )
    return [
        (sequence, Recorded(event_id, type_, at, body, digest))
        for sequence, event_id, type_, at, body, digest in session.execute(rows)
    ]


def plant(session: Session, leaves: Collection[Planted]) -> None:
    """Write leaves down."""
    if leaves:
        rows = [
            {
                "contest_id": leaf.contest_id,
                "number": leaf.number,
                "sequence": leaf.sequence,
                "salt": leaf.salt,
            }
            for leaf in leaves
        ]
        session.execute(insert(LeafRow), rows)


def load_tiles(session: Session, contest_id: str, wanted: Collection[At]) -> dict[At, bytes]:
    """Read the tiles named; those that are not there are left out."""
    if not wanted:
        return {}
    levels: dict[int, list[int]] = {}
    for level, number in sorted(wanted):
        levels.setdefault(level, []).append(number)
    places = [
        (TileRow.level == level) & TileRow.number.in_(numbers) for level, numbers in levels.items()
    ]
    rows = select(TileRow.level, TileRow.number, TileRow.hashes).where(
        TileRow.tenant == OURS, TileRow.contest_id == contest_id, or_(*places)
    )
    return {(level, number): bytes(hashes) for level, number, hashes in session.execute(rows)}


def load_edge(session: Session, contest_id: str, size: int) -> Growing:
    """Read what a tree of so many leaves goes on from."""
    return Growing.from_edge(size, load_tiles(session, contest_id, edge(size)))


def save_growth(session: Session, contest_id: str, growing: Growing) -> None:
    """Write the tiles that changed, and how many leaves there are now."""
    rows = [
        {
            "contest_id": contest_id,
            "level": level,
            "number": number,
            "hashes": packed(bytes(growing.tiles[level, number])),
        }
        for level, number in sorted(growing.changed)
    ]
    if rows:
        new = upsert(TileRow)
        keys = ["tenant", "contest_id", "level", "number"]
        session.execute(
            new.on_conflict_do_update(index_elements=keys, set_={"hashes": new.excluded.hashes}),
            rows,
        )
    session.execute(
        update(TreeRow)
        .where(TreeRow.tenant == OURS, TreeRow.contest_id == contest_id)
        .values(size=growing.size)
    )


def trees_to_sign(session: Session, now: datetime) -> Sequence[TreeRow]:
    """Read the trees with leaves under no head, or whose window has closed meanwhile."""
    is_over = TreeRow.closes.is_not(None) & (TreeRow.closes <= now) & ~TreeRow.closed
    wanted = select(TreeRow).where(
        TreeRow.tenant == OURS, or_(TreeRow.size > TreeRow.signed, is_over)
    )
    return session.scalars(wanted.order_by(TreeRow.contest_id).with_for_update()).all()


def tree_size(session: Session, contest_id: str) -> int:
    """Return how many leaves a tree has; 0 if there is none."""
    return (
        session.scalar(
            select(TreeRow.size).where(TreeRow.tenant == OURS, TreeRow.contest_id == contest_id)
        )
        or 0
    )


def read_leaves(
    session: Session, contest_id: str, size: int
) -> Iterator[tuple[LeafRow, Recorded]]:
    """Read the first leaves of a tree with their events, in order, a batch at a time."""
    rows = (
        select(LeafRow, LineRow)
        .join(LineRow, (LineRow.sequence == LeafRow.sequence) & (LineRow.tenant == LeafRow.tenant))
        .where(LeafRow.tenant == OURS, LeafRow.contest_id == contest_id, LeafRow.number < size)
        .order_by(LeafRow.number)
    )
    for leaf, line in session.execute(rows.execution_options(yield_per=BATCH)):
        recorded = Recorded(
            line.event_id, line.type, line.occurred_at, line.body, line.body_digest
        )
        yield leaf, recorded
