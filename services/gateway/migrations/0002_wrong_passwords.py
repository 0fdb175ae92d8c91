"""Wrong passwords are counted."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0002"
down_revision = "gateway_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counted = sa.Column("failures", sa.Integer, nullable=False, server_default="0")
    op.add_column("account", counted)
    op.add_column("account", sa.Column("failed_at", sa.DateTime(timezone=True)))
