"""Copies of papers without what tells whose they are, and who judges what under which code."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT

from kernel.schema import isolate

revision = "intake_0012"
down_revision = "intake_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blind_copy",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("leftover", sa.String),
    )
    isolate(op, "blind_copy")
    op.create_index("blind_copy_by_state", "blind_copy", ["tenant", "contest_id", "state"])
    op.create_table(
        "judged_entry",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("round_id", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("judge_ids", ARRAY(TEXT), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "judged_entry")
    keys = ["tenant", "contest_id", "round_id", "code"]
    op.create_index("judged_entry_by_code", "judged_entry", keys)
