"""Successions of agencies, their codes and nil returns."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "intake_0006"
down_revision = "intake_0005"
branch_labels = None
depends_on = None

NEW_COLUMNS = ("code_qcvn102", "code_qd20", "gso_code", "contact_email", "source")


def upgrade() -> None:
    op.add_column("agency", sa.Column("staff", sa.Integer))
    for name in NEW_COLUMNS:
        op.add_column("agency", sa.Column(name, sa.String))
    make_names()
    make_successions()
    make_nil_returns()
    isolate(op, "agency_name", "agency_succession", "nil_return")


def make_names() -> None:
    op.create_table(
        "agency_name",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, primary_key=True),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
    )
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute(
        "INSERT INTO agency_name (tenant, unit_id, since, name)"
        " SELECT tenant, unit_id, coalesce(valid_from, DATE '1900-01-01'), name FROM agency"
    )
    op.execute("SELECT set_config('app.tenant', '', true)")


def make_successions() -> None:
    op.create_table(
        "agency_succession",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("predecessor_id", sa.String, primary_key=True),
        sa.Column("successor_id", sa.String, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
    )


def make_nil_returns() -> None:
    op.create_table(
        "nil_return",
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("contest_id", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, primary_key=True),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("returned_by", sa.String, nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
    )
