"""The newest head of each contest's record that awards has heard of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "awards_0009"
down_revision = "awards_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_head",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("head", JSONB, nullable=False),
    )
    isolate(op, "ledger_head")
