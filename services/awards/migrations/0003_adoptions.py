"""Which winners are put to use, from when, where and by which document."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "awards_0003"
down_revision = "awards_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adoption",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("adopted_on", sa.Date, nullable=False),
        sa.Column("adopted_at", sa.String, nullable=False),
        sa.Column("reach", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
    )
    isolate(op, "adoption")
