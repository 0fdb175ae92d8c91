"""Other providers of sign-ins, who is who there, and roles in one contest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel import schema

revision = "gateway_0009"
down_revision = "gateway_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "provider",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("described", JSONB, nullable=False),
    )
    op.create_table(
        "identity",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("linked_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["tenant", "account_id"], ["account.tenant", "account.id"]),
    )
    op.create_table(
        "passage",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("state_digest", sa.Text, primary_key=True),
        sa.Column("provider_id", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text),
        sa.Column("expires_at", moment, nullable=False),
    )
    op.create_table(
        "contest_grant",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, primary_key=True),
    )
    schema.isolate(op, "provider", "identity", "passage", "contest_grant")
