"""When a unit or a person was last spoken of, so that older news does not undo newer."""

import sqlalchemy as sa
from alembic import op

revision = "review_0002"
down_revision = "review_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("unit", "person"):
        said_at = sa.Column(
            "said_at", sa.DateTime(timezone=True), nullable=False, server_default="epoch"
        )
        op.add_column(table, said_at)
