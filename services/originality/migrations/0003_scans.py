"""Pages of texts, what of them is not compared, signs with their places; the queue of scans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "originality_0003"
down_revision = "originality_0002"
branch_labels = None
depends_on = None

NONE = sa.text("'[]'::jsonb")


def upgrade() -> None:
    op.add_column("entry", sa.Column("signs", JSONB, nullable=False, server_default=NONE))
    for name in ("pages", "masked"):
        op.add_column("text", sa.Column(name, JSONB, nullable=False, server_default=NONE))
    op.create_table(
        "scan",
        *(sa.Column(n, sa.Text, primary_key=True) for n in ("tenant", "entry_id", "digest")),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("documents", JSONB, nullable=False),
        sa.Column("is_awaited", sa.Boolean, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("scan_turn", "scan", ["tenant", sa.text("is_awaited DESC"), "asked_at"])
    isolate(op, "scan")
