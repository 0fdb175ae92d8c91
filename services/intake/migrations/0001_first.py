"""Contests and their rules, agencies, people, entries, documents, receipts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kernel.schema import isolate

revision = "intake_0001"
down_revision = None
branch_labels = ("intake",)
depends_on = None

instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    make_contests()
    make_people()
    make_entries()
    isolate(op, "contest", "rules", "agency", "person", "seat")
    isolate(op, "entry", "author", "document", "timeline", "receipt_sequence")


def make_contests() -> None:
    op.create_table(
        "contest",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("opens", instant, nullable=False),
        sa.Column("closes", instant, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("opened_at", instant, nullable=False),
    )
    op.create_table(
        "rules",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("frozen_at", instant, nullable=False),
    )
    op.create_table(
        "receipt_sequence",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def make_people() -> None:
    op.create_table(
        "agency",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("short_name", sa.String),
        sa.Column("parent_id", sa.String),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
    )
    op.create_table(
        "person",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, primary_key=True),
        sa.Column("full_name", sa.String, nullable=False),
        sa.Column("email", sa.String),
        sa.Column("email_key", sa.String),
        sa.Column("phone", sa.String),
        sa.Column("unit_id", sa.String),
        sa.Column("registered_at", instant, nullable=False),
    )
    op.create_index("person_by_email", "person", ["tenant", "email_key"])
    op.create_table(
        "seat",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, primary_key=True),
    )


def make_entries() -> None:
    op.create_table(
        "entry",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("group", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        sa.Column("area", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("filed_by", sa.String, nullable=False),
        sa.Column("unit_id", sa.String),
        sa.Column("external_code", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("returns", sa.Integer, nullable=False),
        sa.Column("declarations", ARRAY(sa.Text), nullable=False),
        sa.Column("receipt_code", sa.String),
        sa.Column("received_at", instant),
        sa.Column("due_at", instant),
        sa.Column("drafted_at", instant, nullable=False),
        sa.UniqueConstraint("tenant", "receipt_code", name="entry_receipt_code"),
    )
    op.create_index("entry_by_contest", "entry", ["tenant", "contest_id", "state"])
    op.create_index("entry_by_filer", "entry", ["tenant", "filed_by"])
    op.create_table(
        "author",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("full_name", sa.String, nullable=False),
        sa.Column("email", sa.String),
        sa.Column("phone", sa.String),
        sa.Column("unit_id", sa.String),
        sa.Column("position", sa.String),
        sa.Column("share", sa.Numeric, nullable=False),
    )
    op.create_index("author_by_person", "author", ["tenant", "person_id"])
    op.create_table(
        "document",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("document_id", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("file_name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("stored_at", instant),
        sa.UniqueConstraint("tenant", "entry_id", "code", "version", name="document_version"),
    )
    op.create_table(
        "timeline",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )
    op.create_index("timeline_by_entry", "timeline", ["tenant", "entry_id", "at"])
