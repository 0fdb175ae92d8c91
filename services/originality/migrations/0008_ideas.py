"""Vectors of what texts mean."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "originality_0008"
down_revision = "originality_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea_vec",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("list_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("part", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_index("idea_vec_text", "idea_vec", ["tenant", "text_id"])
    # Whole numbers of either sign do not compress; trying costs time at every read.
    op.execute("ALTER TABLE idea_vec ALTER COLUMN vector SET STORAGE EXTERNAL")
    isolate(op, "idea_vec")
