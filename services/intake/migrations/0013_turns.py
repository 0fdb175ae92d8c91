"""Whose files are to be fetched, asked every second of all tenants at once."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0013"
down_revision = "intake_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_open = sa.text("state IN ('QUEUED', 'FETCHING')")
    op.create_index(
        "linked_file_due", "linked_file", ["tenant", "due_at"], postgresql_where=is_open
    )
