"""The outbox, the inbox, the answered requests and the tenants."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "kernel_0001"
down_revision = None
branch_labels = ("kernel",)
depends_on = None

instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("sent_at", instant),
    )
    op.create_index(
        "outbox_unsent", "outbox", ["sequence"], postgresql_where=sa.text("sent_at IS NULL")
    )
    op.create_table(
        "inbox",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("handler", sa.String, primary_key=True),
        sa.Column("message_id", sa.String, primary_key=True),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("received_at", instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", instant),
        sa.Column("envelope", sa.LargeBinary),
        sa.Column("error", sa.Text),
        sa.CheckConstraint("state IN ('done', 'retry', 'dead')", name="inbox_state"),
    )
    op.create_index(
        "inbox_due", "inbox", ["next_try_at"], postgresql_where=sa.text("state = 'retry'")
    )
    op.create_index(
        "inbox_dead", "inbox", ["received_at"], postgresql_where=sa.text("state = 'dead'")
    )
    op.create_table(
        "request",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("reply", sa.LargeBinary),
        sa.Column("received_at", instant, nullable=False),
    )
    op.create_table("tenant", sa.Column("id", sa.String, primary_key=True))
    isolate(op, "outbox", "inbox", "request")
