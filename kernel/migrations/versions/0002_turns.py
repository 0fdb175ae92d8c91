"""An index of what waits in the inbox: by handler, tenant and tries, the oldest first."""

import sqlalchemy as sa
from alembic import op

revision = "kernel_0002"
down_revision = "kernel_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "inbox_turns",
        "inbox",
        ["handler", "tenant", "attempts", "next_try_at"],
        postgresql_where=sa.text("state = 'retry'"),
    )
