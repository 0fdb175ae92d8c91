"""Accounts and sign-ins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kernel import schema

revision = "gateway_0001"
down_revision = None
branch_labels = ("gateway",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("secret_hash", sa.String, nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String), nullable=False),
        sa.Column("unit_id", sa.String),
        sa.UniqueConstraint("tenant", "kind", "login"),
    )
    op.create_table(
        "sign_in",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("token_digest", sa.String, primary_key=True),
        sa.Column("account_id", sa.String, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant", "account_id"], ["account.tenant", "account.id"]),
    )
    schema.isolate(op, "account", "sign_in")
