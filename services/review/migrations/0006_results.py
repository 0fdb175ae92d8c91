"""What results rest on beside marks: the council's votes, entries' kinds, judges' severity."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "review_0006"
down_revision = "review_0005"
branch_labels = None
depends_on = None

TEXT = sa.Text


def upgrade() -> None:
    op.add_column("entry", sa.Column("kind", TEXT))
    op.add_column("round", sa.Column("severities", JSONB))
    op.create_table(
        "vote",
        *(sa.Column(name, TEXT, primary_key=True) for name in ("tenant", "contest_id")),
        sa.Column("round_id", TEXT, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry_ids", JSONB, nullable=False),
        sa.Column("minutes", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    isolate(op, "vote")
