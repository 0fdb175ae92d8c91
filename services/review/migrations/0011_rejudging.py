"""Entries judged again after a petition."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0011"
down_revision = "review_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rejudging",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("petition_id", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("rejudging", JSONB, nullable=False),
    )
    op.create_index("rejudging_contest", "rejudging", ["tenant", "contest_id"])
    isolate(op, "rejudging")
