"""More time given to a draft, or to a person, is kept even where its draft is heard of later."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "notify_0008"
down_revision = "notify_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "more_time",
        *(
            sa.Column(name, sa.Text, primary_key=True)
            for name in ("tenant", "contest_id", "given_to")
        ),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "more_time")
