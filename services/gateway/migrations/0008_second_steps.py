"""Second steps, recovery codes, links to a new password, and what a tenant asks of whom."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from kernel import schema

revision = "gateway_0008"
down_revision = "gateway_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "second_step",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("sealed_seed", sa.LargeBinary, nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("last_step", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("recovery", ARRAY(sa.String), nullable=False, server_default="{}"),
    )
    op.create_table(
        "password_reset",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("token_digest", sa.Text, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
    )
    op.create_table(
        "house_rule",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("second_step_roles", ARRAY(sa.String), nullable=False),
    )
    schema.isolate(op, "second_step", "password_reset", "house_rule")
