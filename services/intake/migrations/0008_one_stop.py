"""Counterparties of the one-stop shop and what was said to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kernel.schema import isolate

revision = "intake_0008"
down_revision = "intake_0007"
branch_labels = None
depends_on = None

instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    make_counterparties()
    make_pushes()
    make_pushed()
    isolate(op, "counterparty", "push", "reconciliation", "pushed", "linked_file")


def make_counterparties() -> None:
    op.create_table(
        "counterparty",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("setup", JSONB, nullable=False),
        sa.Column("password", sa.String, nullable=False),
        sa.Column("contest_ids", ARRAY(sa.Text), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("paused_until", instant),
        sa.Column("busy_until", instant),
        sa.Column("reconciled_at", instant),
    )
    op.create_table(
        "reconciliation",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("counterparty", sa.String, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("checked", sa.Integer, nullable=False),
        sa.Column("missing", sa.Integer, nullable=False),
        sa.Column("differing", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("differences", ARRAY(sa.Text), nullable=False),
    )


def make_pushes() -> None:
    op.create_table(
        "push",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("counterparty", sa.String, nullable=False),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("sent_at", instant),
        sa.Column("last_error", sa.String),
    )
    op.create_index("push_by_entry", "push", ["tenant", "counterparty", "entry_id", "sequence"])
    op.create_index(
        "push_waiting",
        "push",
        ["tenant", "counterparty", "due_at"],
        postgresql_where=sa.text("state = 'QUEUED'"),
    )


def make_pushed() -> None:
    op.create_table(
        "pushed",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("client_id", sa.String, nullable=False),
        sa.Column("external_code", sa.String, nullable=False),
        sa.Column("declarations", ARRAY(sa.Text), nullable=False),
        sa.Column("pushed_at", instant, nullable=False),
        sa.Column("by_url", sa.Boolean, nullable=False),
        sa.Column("waits", sa.Boolean, nullable=False),
        sa.Column("problem", sa.String, nullable=False),
        sa.UniqueConstraint("tenant", "client_id", "external_code", name="pushed_once"),
    )
    op.create_table(
        "linked_file",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("document_id", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("url", sa.String, nullable=False),
        sa.Column("upload_url", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("last_error", sa.String),
    )
    op.create_index("linked_file_by_entry", "linked_file", ["tenant", "entry_id"])
    op.create_index("pushed_waiting", "pushed", ["tenant"], postgresql_where=sa.text("waits"))
