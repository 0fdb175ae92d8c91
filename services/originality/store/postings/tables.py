"""The tables of the inverted index; `services/originality/store/postings/__init__.py` says how.

A *key* is the part of a hash the index goes by. A text's number is its `text_id`.
"""

from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Identity, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from kernel.database import Row
from services.originality.store.tables import Table


class ManifestRow(Row, Table):
    """Which version of a tenant's index is in force, and the oldest one somebody may read."""

    __tablename__ = "posting_manifest"

    version: Mapped[int] = mapped_column(BigInteger)
    oldest: Mapped[int] = mapped_column(BigInteger)


class SegmentRow(Row, Table):
    """A set of texts whose postings are packed. In force from version `born` until `gone`.

    While it is being merged from `sources` it has no `born`, and `built` of `parts` are there.
    `buckets` and `width` are bits; `first` is the smallest text's number. What has a `seal` is in
    force or was, never changes, and is what no other segment of any database is called.
    """

    __tablename__ = "posting_segment"

    segment: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True)
    channel: Mapped[int] = mapped_column(SmallInteger)
    born: Mapped[int | None] = mapped_column(BigInteger)
    gone: Mapped[int | None] = mapped_column(BigInteger)
    buckets: Mapped[int] = mapped_column(SmallInteger)
    width: Mapped[int] = mapped_column(SmallInteger)
    first: Mapped[int] = mapped_column(BigInteger)
    texts: Mapped[int]
    length: Mapped[int] = mapped_column(BigInteger)
    postings: Mapped[int] = mapped_column(BigInteger)
    sources: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    parts: Mapped[int]
    built: Mapped[int]
    seal: Mapped[UUID | None]


class BucketRow(Row, Table):
    """The postings of neighbouring keys, packed, less than a page of the database."""

    __tablename__ = "posting_bucket"

    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    packed: Mapped[bytes]


class ListRow(Row, Table):
    """Some of the texts of a key that `texts` of the segment have, too many for a bucket."""

    __tablename__ = "posting_list"

    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    texts: Mapped[int]
    packed: Mapped[bytes]


class RosterRow(Row, Table):
    """Some of a segment's texts from the number `first` on: all numbers, then all lengths."""

    __tablename__ = "posting_roster"

    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    packed: Mapped[bytes]


class RemovedRow(Row, Table):
    """A text of a segment that counts no more; gone for good when the segment is merged."""

    __tablename__ = "posting_removed"

    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    length: Mapped[int]


class FreshTextRow(Row, Table):
    """A text not in a segment yet, with all its postings by key: see `keys.Postings.packed`.

    From version `moved` on a segment has it; it stays for those who read an older one.
    """

    __tablename__ = "posting_fresh_text"

    channel: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    text_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    length: Mapped[int]
    moved: Mapped[int | None] = mapped_column(BigInteger)
    packed: Mapped[bytes]
