"""Papers of every kind: printed later, signed, revoked; and words a tenant has changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "awards_0004"
down_revision = "awards_0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("model", JSONB),
        sa.Column("revoked_at", INSTANT),
        sa.Column("revoked_by", sa.String),
        sa.Column("signatures", JSONB, nullable=False, server_default="[]"),
    ):
        op.add_column("paper", column)
    op.create_index("paper_contest", "paper", ["tenant", "contest_id"])
    # What waits to be printed is looked for twice a second.
    waiting = sa.text("files = '{}'::jsonb")
    op.create_index("paper_waiting", "paper", ["tenant"], postgresql_where=waiting)
    op.create_table(
        "wording",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("profile", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("changes", JSONB, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("changed_by", sa.String, nullable=False),
    )
    op.create_table(
        "signing",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("session_id", sa.String, primary_key=True),
        sa.Column("paper_id", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )
    isolate(op, "wording", "signing")
