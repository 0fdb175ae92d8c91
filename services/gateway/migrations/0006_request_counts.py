"""How many requests each caller has sent in the present minute."""

import sqlalchemy as sa
from alembic import op

from kernel import schema

revision = "gateway_0006"
down_revision = "gateway_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_count",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("caller", sa.String, primary_key=True),
        sa.Column("minute", sa.BigInteger, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    schema.isolate(op, "request_count")
