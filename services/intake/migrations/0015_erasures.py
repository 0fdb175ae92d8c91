"""Which contests' entrants were forgotten."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "intake_0015"
down_revision = "intake_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by", sa.String, nullable=False),
        sa.Column("minutes", sa.String, nullable=False),
    )
    isolate(op, "erasure")
