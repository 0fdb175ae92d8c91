"""The register's fingerprints under the keys of agreements, and a record of comparisons."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "originality_0007"
down_revision = "originality_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keyed_text",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("agreement", sa.Text, primary_key=True),
        sa.Column("text_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "keyed_fingerprint",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("agreement", sa.Text, primary_key=True),
        sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("text_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_index(
        "keyed_fingerprint_text", "keyed_fingerprint", ["tenant", "agreement", "text_id"]
    )
    op.create_table(
        "comparison",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("province", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("fingerprints", sa.Integer, nullable=False),
        sa.Column("band", sa.Text, nullable=False),
        sa.Column("entry_id", sa.Text),
    )
    op.create_index("comparison_at", "comparison", ["tenant", "way", "province", "at"])
    isolate(op, "keyed_text", "keyed_fingerprint", "comparison")
