"""What a report went by, so that it can be made again; and whose ideas it lists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "originality_0012"
down_revision = "originality_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("seen", JSONB))
    op.add_column("report", sa.Column("ideas", JSONB, nullable=False, server_default="[]"))
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute(
        "UPDATE report SET ideas = (SELECT coalesce(jsonb_agg(idea -> 'source_id'), '[]')"
        " FROM jsonb_array_elements(content -> 'ideas') idea)"
        " WHERE jsonb_typeof(content -> 'ideas') = 'array'"
    )
    op.execute("SELECT set_config('app.tenant', '', true)")
