"""Since when results are public: from then on authors read what judges wrote to them."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "review_0012"
down_revision = "review_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("contest_id", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "publication")
