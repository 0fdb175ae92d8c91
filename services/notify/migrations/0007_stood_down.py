"""Who has stood down, and since when desks are as they are: events may overtake each other."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "notify_0007"
down_revision = "notify_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    names = ("tenant", "contest_id", "round_id", "entry_id", "judge_id")
    op.create_table(
        "stood_down",
        *(sa.Column(name, sa.Text, primary_key=True) for name in names),
        sa.Column("stood_down_at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "stood_down")
    # Empty of what was assigned before: older than anything.
    for table in ("assignment", "assigned_entry"):
        op.add_column(table, sa.Column("assigned_at", sa.DateTime(timezone=True)))
