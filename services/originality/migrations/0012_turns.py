"""Whose reports are to be made anew, asked every second of all tenants at once."""

import sqlalchemy as sa
from alembic import op

revision = "originality_0012"
down_revision = "originality_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("entry_stale", "entry", ["tenant"], postgresql_where=sa.text("is_stale"))
