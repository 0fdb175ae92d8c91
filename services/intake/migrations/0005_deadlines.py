"""Instants that count, extensions, late entries, outages and checklists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kernel.schema import isolate

revision = "intake_0005"
down_revision = "intake_0004"
branch_labels = None
depends_on = None


instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    add_what_counts()
    make_extensions()
    make_outages()
    make_answers()
    make_handovers()
    isolate(op, "extension", "beat", "proposal", "check_answer", "handover")


def add_what_counts() -> None:
    op.add_column("entry", sa.Column("posted_at", sa.Date))
    op.add_column("entry", sa.Column("counted_at", instant))
    op.add_column("entry", sa.Column("counting_rule", sa.String))
    # Until now an entry counted when it was received, and none that was late was taken.
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute("UPDATE entry SET counted_at = received_at")
    op.execute("SELECT set_config('app.tenant', '', true)")


def make_extensions() -> None:
    op.create_table(
        "extension",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("extension_id", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, nullable=False),
        sa.Column("entry_id", sa.String),
        sa.Column("person_id", sa.String),
        sa.Column("until", instant, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("granted_at", instant, nullable=False),
        sa.Column("granted_by", sa.String, nullable=False),
        sa.Column("true_id", sa.String, nullable=False),
    )
    op.create_index("extension_by_contest", "extension", ["tenant", "contest_id"])


def make_outages() -> None:
    op.add_column("contest", sa.Column("watched_from", instant))
    op.create_table(
        "beat",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("begun_at", instant, primary_key=True),
        sa.Column("ended_at", instant, nullable=False),
    )
    op.create_table(
        "proposal",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("proposed_at", instant, nullable=False),
        sa.Column("closes", instant, nullable=False),
        sa.Column("until", instant, nullable=False),
        sa.Column("missed_minutes", sa.Integer, nullable=False),
        sa.Column("gaps", JSONB, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("decided_at", instant),
        sa.Column("decided_by", sa.String),
        sa.Column("true_id", sa.String),
    )


def make_answers() -> None:
    op.create_table(
        "check_answer",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("ok", sa.Boolean, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("answered_by", sa.String, nullable=False),
        sa.Column("answered_at", instant, nullable=False),
    )
    op.create_index("check_answer_by_entry", "check_answer", ["tenant", "entry_id", "version"])


def make_handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("applicant", sa.String, nullable=False),
        sa.Column("phone", sa.String),
        sa.Column("papers", JSONB, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
    )
