"""A fresh text is one row with all its postings; a row for each posting is no more."""

from alembic import op

revision = "originality_0013"
down_revision = "originality_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # posting_fresh_text has held the same postings all along.
    op.drop_table("posting_fresh")
