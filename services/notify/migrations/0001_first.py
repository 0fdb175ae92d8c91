"""What notify knows, and its queue of deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kernel.schema import isolate

revision = "notify_0001"
down_revision = None
branch_labels = ("notify",)
depends_on = None

instant = sa.DateTime(timezone=True)
ids = ARRAY(sa.Text)


def keys(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", *names)]


def upgrade() -> None:
    op.create_table(
        "contest",
        *keys("contest_id"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
    )
    op.create_table(
        "person",
        *keys("person_id"),
        sa.Column("full_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("told_at", instant, nullable=False),
    )
    op.create_table(
        "entry",
        *keys("entry_id"),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("receipt_code", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("author_ids", ids, nullable=False),
        sa.Column("filed_by", sa.Text, nullable=False),
        sa.Column("filed_through", sa.Text, nullable=False),
        sa.Column("external_code", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Boolean, nullable=False),
        sa.Column("out", sa.Boolean, nullable=False),
    )
    op.create_index("entry_contest", "entry", ["contest_id"])
    op.create_table("round", *keys("contest_id", "round_id"), sa.Column("entry_ids", ids))
    op.create_table("assigned_entry", *keys("contest_id", "round_id", "entry_id"))
    op.create_table(
        "assignment",
        *keys("contest_id", "round_id", "entry_id", "judge_id"),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )
    op.create_table(
        "client",
        *keys("client_id"),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
    )
    op.create_table(
        "counterparty",
        *keys("name"),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("paused_until", instant, nullable=False),
    )
    op.create_table(
        "delivery",
        *keys("delivery_id"),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("counterparty", sa.Text, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("contest_id", sa.Text, nullable=False),
        sa.Column("entry_ids", ids, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("queued_at", instant, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", instant),
        sa.Column("last_error", sa.Text),
        # Everybody is told once of an event on a channel, whatever roles they have in it.
        sa.UniqueConstraint("tenant", "event_id", "recipient", "channel"),
        sa.CheckConstraint("state IN ('QUEUED', 'SENT', 'FAILED')", name="delivery_state"),
    )
    op.create_index(
        "delivery_due",
        "delivery",
        ["tenant", "counterparty", "due_at"],
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.create_index("delivery_contest", "delivery", ["tenant", "contest_id", "queued_at"])
    op.create_index("delivery_entries", "delivery", ["entry_ids"], postgresql_using="gin")
    isolate(
        op,
        *("contest", "person", "entry", "round", "assigned_entry", "assignment"),
        *("client", "counterparty", "delivery"),
    )
