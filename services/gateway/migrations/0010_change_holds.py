"""Which things are being changed on a condition at this moment."""

import sqlalchemy as sa
from alembic import op

from kernel import schema

revision = "gateway_0010"
down_revision = "gateway_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_hold",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    schema.isolate(op, "change_hold")
