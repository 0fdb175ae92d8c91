"""Who adopts which winner and how far; entries as they are counted; drafts of the report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "awards_0006"
down_revision = "awards_0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "adoption_plan",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("plan_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("plan", JSONB, nullable=False),
    )
    op.create_index("adoption_plan_contest", "adoption_plan", ["tenant", "contest_id"])
    op.create_table(
        "adoption_reading",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("plan_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("actual", sa.Numeric, nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "adoption_reminder",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("plan_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("due_on", sa.Date, primary_key=True),
        sa.Column("days", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("over_at", INSTANT, nullable=False),
    )
    op.create_table(
        "counted_entry",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("received_at", INSTANT),
        sa.Column("area", sa.String),
        sa.Column("unit_id", sa.String),
        sa.Column("kind", sa.String),
        sa.Column("group", sa.String),
        sa.Column("channel", sa.String),
        sa.Column("state", sa.String),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("counted_entry_contest", "counted_entry", ["tenant", "contest_id"])
    op.create_table(
        "report_draft",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("drafted_by", sa.String, nullable=False),
        sa.Column("authority", sa.String, nullable=False),
        sa.Column("assessment", JSONB, nullable=False),
        sa.Column("proposals", JSONB, nullable=False),
        sa.Column("files", JSONB, nullable=False),
    )
    isolate(
        op,
        "adoption_plan",
        "adoption_reading",
        "adoption_reminder",
        "counted_entry",
        "report_draft",
    )
