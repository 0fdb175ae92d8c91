"""Signed receipts."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "intake_0007"
down_revision = "intake_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_receipt",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("paper", sa.String, nullable=False),
        sa.Column("signed", sa.String, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "issued_receipt")
    # A code taken over from a one-stop system is no other entry's either.
    op.create_index("entry_by_receipt_code", "entry", ["tenant", "receipt_code"], unique=True)
