"""Where a known initiative is known from, until when it was applied, and whose entry it was."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "originality_0005"
down_revision = "originality_0003"
branch_labels = None
depends_on = None

# A contest heard of before counted every initiative.
EVERY_SCOPE = '["OTHER_CONTEST", "OTHER_PROVINCE", "PROVINCE", "PUBLICATION", "UNIT"]'


def upgrade() -> None:
    every_scope = sa.Column("scopes", JSONB, nullable=False, server_default=EVERY_SCOPE)
    op.add_column("contest", every_scope)
    for name, before in (("scope", "PROVINCE"), ("summary", ""), ("sha256", "")):
        op.add_column("text", sa.Column(name, sa.Text, nullable=False, server_default=before))
    op.add_column("text", sa.Column("prints", sa.Integer, nullable=False, server_default="0"))
    op.add_column("text", sa.Column("applied_until", sa.Date))
    op.add_column("text", sa.Column("entry_id", sa.Text))
    count_fingerprints()


def count_fingerprints() -> None:
    # Row-level security is forced on the owner too; '*' sees every tenant.
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute(
        "UPDATE text SET prints = fresh.length FROM posting_fresh_text AS fresh"
        " WHERE fresh.tenant = text.tenant AND fresh.text_id = text.text_id AND channel = 1"
    )
    op.execute("SELECT set_config('app.tenant', '', true)")
