"""A tree per contest, signed heads, and salts that may be removed."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "ledger_0002"
down_revision = "ledger_0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "tree",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("signed", sa.BigInteger, nullable=False),
        sa.Column("reached", sa.BigInteger, nullable=False),
        sa.Column("closes", INSTANT),
        sa.Column("closed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "tile",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, primary_key=True),
        sa.Column("level", sa.Integer, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    # Digests do not compress; trying to would cost more than the hashing.
    op.execute("ALTER TABLE tile ALTER COLUMN hashes SET STORAGE EXTERNAL")
    op.create_table(
        "leaf",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("tenant", "sequence"),
    )
    op.create_table(
        "tree_head",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, primary_key=True),
        sa.Column("at", INSTANT, primary_key=True),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("milestone", sa.Text, nullable=False),
        sa.Column("kid", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
    )
    op.create_table(
        "head_key",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("kid", sa.Text, primary_key=True),
        sa.Column("x", sa.Text, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
    )
    op.create_table(
        "salt",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
    )
    isolate(op, "tree", "tile", "leaf", "tree_head", "head_key", "salt")
