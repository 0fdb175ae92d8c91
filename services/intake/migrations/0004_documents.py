"""Documents uploaded in parts, looked into, quarantined and shared."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kernel.schema import isolate

revision = "intake_0004"
down_revision = "intake_0003"
branch_labels = None
depends_on = None


instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    begun = sa.Column("begun_at", instant, nullable=False, server_default=sa.func.now())
    op.add_column("document", begun)
    for name, default in (("state", "UPLOADING"), ("sent_name", ""), ("upload_id", "")):
        column = sa.Column(name, sa.String, nullable=False, server_default=default)
        op.add_column("document", column)
    none = sa.text("'{}'")
    parts = sa.Column("parts", ARRAY(sa.Text), nullable=False, server_default=none)
    op.add_column("document", parts)
    op.add_column("document", sa.Column("kind", sa.String))
    op.add_column("document", sa.Column("pages", sa.Integer))
    op.add_column("document", sa.Column("minutes", sa.Numeric))
    op.add_column("document", sa.Column("fault", JSONB))
    op.add_column("document", sa.Column("leftover", sa.String))
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute("UPDATE document SET state = 'STORED' WHERE stored_at IS NOT NULL")
    op.execute("UPDATE document SET sent_name = file_name")
    op.execute("SELECT set_config('app.tenant', '', true)")
    make_shares()


def make_shares() -> None:
    op.create_table(
        "share",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("share_id", sa.String, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("document_id", sa.String, nullable=False),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("shared_by", sa.String, nullable=False),
        sa.Column("shared_at", instant, nullable=False),
        sa.Column("until", instant, nullable=False),
        sa.Column("revoked_at", instant),
        sa.UniqueConstraint("tenant", "digest", name="share_digest"),
    )
    op.create_index("share_by_entry", "share", ["tenant", "entry_id"])
    isolate(op, "share")
