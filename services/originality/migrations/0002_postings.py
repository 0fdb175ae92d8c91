"""The inverted index: fresh postings a row each, the others packed into segments."""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "originality_0002"
down_revision = "originality_0001"
branch_labels = None
depends_on = None

TEXT, BIG, INT, SMALL, BYTES = sa.Text, sa.BigInteger, sa.Integer, sa.SmallInteger, sa.LargeBinary
PACKED = ("posting_bucket", "posting_list", "posting_roster")
FINGERPRINT = 1
WHOLE = (1 << 64) - 1


def keyed(**names: object) -> list[sa.Column]:
    """Return the columns of a primary key, the tenant first."""
    return [
        sa.Column(name, kind, primary_key=True, autoincrement=False)
        for name, kind in {"tenant": TEXT, **names}.items()
    ]


def some(name: str, of: object) -> sa.Column:
    return sa.Column(name, of, nullable=False)


def upgrade() -> None:
    op.create_table("posting_manifest", *keyed(), some("version", BIG), some("oldest", BIG))
    op.create_table(
        "posting_segment",
        *keyed(),
        sa.Column("segment", INT, sa.Identity(), primary_key=True),
        some("channel", SMALL),
        sa.Column("born", BIG),
        sa.Column("gone", BIG),
        some("buckets", SMALL),
        some("width", SMALL),
        some("first", BIG),
        some("texts", INT),
        some("length", BIG),
        some("postings", BIG),
        some("sources", sa.ARRAY(INT)),
        some("parts", INT),
        some("built", INT),
    )
    create_packed()
    op.create_table("posting_removed", *keyed(segment=INT, text_id=BIG), some("length", INT))
    create_fresh()
    op.create_table("reindexing", *keyed(scope=TEXT), some("reached", BIG), some("last", BIG))
    isolate(
        op, "posting_manifest", "posting_segment", *PACKED, "posting_removed",
        "posting_fresh_text", "posting_fresh", "reindexing",
    )  # fmt: skip
    move()
    op.drop_table("fingerprint")


def create_packed() -> None:
    op.create_table("posting_bucket", *keyed(segment=INT, bucket=INT), some("packed", BYTES))
    op.create_table(
        "posting_list",
        *keyed(segment=INT, key=BIG, part=INT),
        some("texts", INT),
        some("packed", BYTES),
    )
    op.create_table("posting_roster", *keyed(segment=INT, first=BIG), some("packed", BYTES))
    for table in PACKED:
        # In the row itself, as it is: whoever reads the row needs it, and it is packed already.
        op.execute(f"ALTER TABLE {table} ALTER packed SET STORAGE MAIN")
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = 8160)")


def create_fresh() -> None:
    op.create_table(
        "posting_fresh_text",
        *keyed(channel=SMALL, text_id=BIG),
        some("length", INT),
        sa.Column("moved", BIG),
        some("packed", BYTES),
    )
    op.execute("ALTER TABLE posting_fresh_text ALTER packed SET STORAGE EXTERNAL")
    key = ("tenant", "channel", "key", "text_id")
    op.create_table(
        "posting_fresh",
        some("tenant", TEXT),
        some("channel", SMALL),
        some("key", BIG),
        some("text_id", BIG),
        some("weight", INT),
        # A search reads nothing but this index.
        sa.PrimaryKeyConstraint(*key, postgresql_include=["weight"]),
    )


def move() -> None:
    """Take over the postings there are, as those of texts that came just now."""
    connection = op.get_bind()
    connection.execute(sa.text("SELECT set_config('app.tenant', '*', true)"))
    found = connection.execute(
        sa.text("SELECT tenant, text_id, hash FROM fingerprint ORDER BY tenant, text_id")
    )
    for (tenant, text_id), rows in groupby(found, key=lambda row: (row.tenant, row.text_id)):
        keys = sorted({key_of(row.hash) for row in rows})
        packed = b"".join((key << 16).to_bytes(8, "little") for key in keys)
        text = {"tenant": tenant, "channel": FINGERPRINT, "text_id": text_id}
        connection.execute(
            sa.text(
                "INSERT INTO posting_fresh_text (tenant, channel, text_id, length, packed)"
                " VALUES (:tenant, :channel, :text_id, :length, :packed)"
            ),
            text | {"length": len(keys), "packed": packed},
        )
        connection.execute(
            sa.text(
                "INSERT INTO posting_fresh (tenant, channel, key, text_id, weight)"
                " SELECT :tenant, :channel, unnest(:keys), :text_id, 0"
            ),
            text | {"keys": keys},
        )


def key_of(value: int) -> int:
    """Return the key of a hash, as `store/postings/keys.py` does."""
    mixed = value & WHOLE
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 & WHOLE
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & WHOLE
    return (mixed ^ (mixed >> 31)) >> 27
