"""An index that nothing uses goes: what deliveries are about is read from `about`."""

from alembic import op

revision = "notify_0004"
down_revision = "notify_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX IF EXISTS delivery_entries")
