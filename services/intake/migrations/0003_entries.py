"""What an entry says of itself: revisions, versions, declarations, indexes, confirmations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kernel.schema import isolate

revision = "intake_0003"
down_revision = "intake_0002"
branch_labels = None
depends_on = None

instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    add_what_is_said()
    make_versions()
    make_words()
    isolate(op, "version", "edit", "declaration", "confirmation", "officer")


def add_what_is_said() -> None:
    op.add_column("entry", sa.Column("enterprise", JSONB))
    op.add_column("entry", sa.Column("improves", JSONB, nullable=False, server_default="[]"))
    op.add_column("entry", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.add_column("entry", sa.Column("working", JSONB))
    op.add_column("entry", sa.Column("handed_at", instant))


def make_versions() -> None:
    op.create_table(
        "version",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("handed_at", instant, nullable=False),
        sa.Column("handed_by", sa.String, nullable=False),
    )
    op.create_table(
        "edit",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("fields", ARRAY(sa.Text), nullable=False),
        sa.Column("saved_at", instant, nullable=False),
        sa.Column("saved_by", sa.String, nullable=False),
    )


def make_words() -> None:
    op.create_table(
        "declaration",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("for_version", sa.Integer, primary_key=True),
        sa.Column("text_version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
    )
    op.create_table(
        "confirmation",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("confirmation_id", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("said_at", instant, nullable=False),
        sa.Column("said_by", sa.String, nullable=False),
    )
    op.create_index("confirmation_by_entry", "confirmation", ["tenant", "entry_id", "version"])
    op.create_table(
        "officer",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("body", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, primary_key=True),
        sa.Column("named_at", instant, nullable=False),
        sa.Column("named_by", sa.String, nullable=False),
    )
