"""Segments in force are sealed, so that who has read one may keep it."""

import sqlalchemy as sa
from alembic import op

revision = "originality_0009"
down_revision = "originality_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posting_segment", sa.Column("seal", sa.Uuid))
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute("UPDATE posting_segment SET seal = gen_random_uuid() WHERE born IS NOT NULL")
    op.execute("SELECT set_config('app.tenant', '', true)")
