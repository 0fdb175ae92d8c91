"""The first tables of awards."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "awards_0001"
down_revision = None
branch_labels = ("awards",)
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contest",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
    )
    op.create_table(
        "round_table",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("round_id", sa.String, primary_key=True),
        sa.Column("lines", JSONB, nullable=False),
    )
    op.create_table(
        "entry",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("author_ids", JSONB, nullable=False),
        sa.Column("shares", JSONB),
        sa.Column("unit_id", sa.String),
        sa.Column("is_out", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("entry_contest", "entry", ["tenant", "contest_id"])
    op.create_table(
        "person",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, primary_key=True),
        sa.Column("full_name", sa.String, nullable=False),
        sa.Column("as_of", INSTANT, nullable=False),
    )
    op.create_table(
        "unit",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("as_of", INSTANT, nullable=False),
    )
    op.create_table(
        "prize_list",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("listed", JSONB, nullable=False),
        sa.Column("results", JSONB),
    )
    op.create_table(
        "series",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("body", sa.String, primary_key=True),
        sa.Column("book", sa.String, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_table(
        "paper",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("paper_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("paper", JSONB, nullable=False),
        sa.Column("author_ids", JSONB, nullable=False),
        sa.Column("files", JSONB, nullable=False),
    )
    isolate(
        op, "contest", "round_table", "entry", "person", "unit", "prize_list", "series", "paper"
    )


def downgrade() -> None:
    for table in (
        "paper",
        "series",
        "prize_list",
        "unit",
        "person",
        "entry",
        "round_table",
        "contest",
    ):
        op.drop_table(table)
