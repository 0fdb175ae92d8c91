"""Which words of a text count for nothing, kept beside it so as not to be worked out again."""

import sqlalchemy as sa
from alembic import op

revision = "originality_0010"
down_revision = "originality_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("text", sa.Column("left_out", sa.LargeBinary))
    # A few numbers; trying to compress them costs time at every read.
    op.execute("ALTER TABLE text ALTER COLUMN left_out SET STORAGE EXTERNAL")
