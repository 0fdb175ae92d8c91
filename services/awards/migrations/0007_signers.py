"""Certificates bound to the authorities they may sign for."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "awards_0007"
down_revision = "awards_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signer",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("signer_id", sa.String, primary_key=True),
        sa.Column("authority", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("issuer", sa.String, nullable=False),
        sa.Column("serial", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("bound_by", sa.String, nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "signer")
