"""Scans of known initiatives: they wait to be recognised, and are remembered afterwards."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "originality_0011"
down_revision = "originality_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper",
        *(sa.Column(n, sa.Text, primary_key=True) for n in ("tenant", "register", "code")),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("text", sa.Text),
        sa.Column("problem", sa.Text),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
    waiting = sa.text("content IS NOT NULL")
    op.create_index("paper_turn", "paper", ["tenant", "asked_at"], postgresql_where=waiting)
    isolate(op, "paper")
