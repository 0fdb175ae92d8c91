"""Defence days, in versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0007"
down_revision = "review_0006"
branch_labels = None
depends_on = None

TEXT = sa.Text


def upgrade() -> None:
    op.create_table(
        "defence",
        *(
            sa.Column(name, TEXT, primary_key=True)
            for name in ("tenant", "contest_id", "round_id")
        ),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", JSONB, nullable=False),
        sa.Column("changed", JSONB, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "defence")
