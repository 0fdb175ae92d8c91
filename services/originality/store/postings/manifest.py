"""Which segments are in force, version by version, and who still reads an older one.

Whoever reads pins the version in force until their transaction ends, by a lock the server lets
go of even if they crash. Whoever changes what segments there are holds the layout alone; whoever
removes a text shares it, so that a text cannot move while it is being removed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kernel.tables import current_tenant
from services.originality.engine.kernels.postings import KEY_BITS
from services.originality.store.postings.keys import Channel
from services.originality.store.postings.tables import ManifestRow, SegmentRow


@dataclass(frozen=True, slots=True)
class Segment:
    """What a reader must know of a segment; `texts` and `length` count removed ones too.

    What was put in force before there were seals has none.
    """

    segment: int
    channel: Channel
    buckets: int
    width: int
    first: int
    texts: int
    length: int
    postings: int
    seal: str | None = None

    @property
    def bytes_read(self) -> int:
        """Return about how many bytes come when all of it is read."""
        bits = KEY_BITS - self.buckets + self.width + self.channel.weight_bits
        return (self.postings * bits >> 3) + (_BYTES_A_ROW << self.buckets)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return the shape of its buckets, as the kernels take it."""
        return self.buckets, self.width, self.channel.weight_bits


@dataclass(frozen=True, slots=True)
class Manifest:
    """The segments of one version of the index. Version 0 has none."""

    version: int
    segments: tuple[Segment, ...] = ()

    def of(self, channel: Channel) -> tuple[Segment, ...]:
        """Return the segments of a channel, the largest first."""
        chosen = (each for each in self.segments if each.channel is channel)
        return tuple(sorted(chosen, key=lambda each: (-each.postings, each.segment)))


_BYTES_A_ROW = 80  # beside its postings
# Two statements, one trip: the second looks after the lock is there, the first before.
_PIN = text(
    "SELECT pg_advisory_xact_lock_shared(hashtextextended(:name || version, 0)),"
    " set_config('app.pinned', version::text, true) FROM"
    " (SELECT coalesce(max(version), 0) AS version FROM posting_manifest"
    " WHERE tenant = :tenant) m;"
    " SELECT current_setting('app.pinned')::bigint AS pinned, m.version,"
    " s.segment, s.channel, s.buckets, s.width, s.first, s.texts, s.length, s.postings,"
    " s.seal::text FROM (SELECT coalesce(max(version), 0) AS version FROM posting_manifest"
    " WHERE tenant = :tenant) m LEFT JOIN posting_segment s ON s.tenant = :tenant"
    " AND s.born IS NOT NULL AND s.gone IS NULL"
)
_UNPINNED = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name || :version, 0))")


def manifest(session: Session) -> Manifest:
    """Return the version in force, pinned: the whole transaction reads the same one."""
    pinned: tuple[object, Manifest] | None = session.info.get("manifest")
    if pinned is None or pinned[0] is not session.get_transaction():
        pinned = session.get_transaction(), _pin(session)
        session.info["manifest"] = pinned
    return pinned[1]


def _pin(session: Session) -> Manifest:
    """Pin the version in force; it may have gone by while we waited for the lock."""
    while True:
        rows = session.execute(_PIN, _names()).all()
        version = rows[0].version
        if rows[0].pinned == version:
            return Manifest(version, tuple(_segment(row) for row in rows if row.segment))


def _segment(row: Row[Any]) -> Segment:
    return Segment(
        row.segment,
        Channel(row.channel),
        row.buckets,
        row.width,
        row.first,
        row.texts,
        row.length,
        row.postings,
        row.seal,
    )


def _names() -> dict[str, str]:
    tenant = current_tenant.get()
    return {"tenant": tenant, "name": f"originality {tenant} postings pin "}


def put_in_force(session: Session, row: SegmentRow) -> int:
    """Let a segment that is whole be read from now on; return the version that has it.

    Nothing of it changes any more, which its seal promises to whoever keeps what they have read.
    Needs the layout alone.
    """
    row.born, row.seal = _next_version(session), uuid4()
    session.flush()
    return row.born


def _next_version(session: Session) -> int:
    """Put a new version of the index in force and return it."""
    added = insert(ManifestRow).values(version=1, oldest=0)
    raised = added.on_conflict_do_update(
        index_elements=["tenant"], set_={"version": ManifestRow.version + 1}
    )
    version: int = session.scalars(raised.returning(ManifestRow.version)).one()
    return version


def oldest_read(session: Session) -> int:
    """Return the oldest version anybody may be reading, after looking who has gone."""
    query = select(ManifestRow).where(ManifestRow.tenant == current_tenant.get())
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        return 0
    oldest, name = row.oldest, _names()["name"]
    while oldest < row.version and session.scalar(_UNPINNED, {"name": name, "version": oldest}):
        oldest += 1
    row.oldest = oldest
    session.flush()
    return oldest


def share_layout(session: Session) -> None:
    """Keep segments from coming and going until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock_shared(_lock("layout"))))


def hold_layout(session: Session) -> None:
    """Wait to be the only one to change what segments there are."""
    session.execute(select(func.pg_advisory_xact_lock(_lock("layout"))))


def try_layout(session: Session) -> bool:
    """Say whether we are the only one to change what segments there are, without waiting."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_lock("layout")))))


def try_channel(session: Session, channel: Channel) -> bool:
    """Say whether we are the only one to merge a channel, without waiting."""
    lock = func.pg_try_advisory_xact_lock(_lock(f"merge {channel}"))
    return bool(session.scalar(select(lock)))


def _lock(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return func.hashtextextended(f"originality {current_tenant.get()} postings {name}", 0)
