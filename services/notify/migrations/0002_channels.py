"""More channels, every try kept, breakers, held and pointless deliveries, order per entry."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.schema import isolate

revision = "notify_0002"
down_revision = "notify_0001"
branch_labels = None
depends_on = None

instant = sa.DateTime(timezone=True)
no_ids = sa.text("'{}'::text[]")
STATES = "'QUEUED', 'HELD', 'SENT', 'FAILED', 'EXPIRED', 'DROPPED'"


def keys(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", *names)]


def upgrade() -> None:
    op.execute("SELECT set_config('app.tenant', '*', true)")
    widen_deliveries()
    make_about()
    make_attempts()
    widen_counterparties()
    op.add_column("client", sa.Column("previous_secret", sa.Text))
    op.add_column("client", sa.Column("previous_until", instant))
    op.add_column("person", sa.Column("phone", sa.Text))
    op.add_column("person", sa.Column("bounced_email", sa.Text))
    op.create_table(
        "provider_token",
        *keys("provider"),
        sa.Column("access", sa.Text, nullable=False),
        sa.Column("access_until", instant, nullable=False),
        sa.Column("refresh", sa.Text, nullable=False),
        sa.Column("given", sa.Text, nullable=False),
    )
    isolate(op, "about", "attempt", "provider_token")
    op.execute("SELECT set_config('app.tenant', '', true)")


def widen_deliveries() -> None:
    for column in (
        sa.Column("sequence", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("expires_at", instant),
        sa.Column("fallback", ARRAY(sa.Text), nullable=False, server_default=no_ids),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("accepted_by", sa.Text),
        sa.Column("response", sa.Text),
        sa.Column("opened_at", instant),
        sa.Column("instead_of", sa.Text),
    ):
        op.add_column("delivery", column)
    op.execute("UPDATE delivery SET tries = attempts")
    op.drop_constraint("delivery_state", "delivery")
    op.create_check_constraint("delivery_state", "delivery", f"state IN ({STATES})")
    op.drop_index("delivery_due", "delivery")
    op.create_index(
        "delivery_due",
        "delivery",
        ["tenant", "counterparty", "due_at", "sequence"],
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.create_index(
        "delivery_expiring",
        "delivery",
        ["tenant", "expires_at"],
        postgresql_where=sa.text("state IN ('QUEUED', 'HELD') AND expires_at IS NOT NULL"),
    )
    op.create_index("delivery_recipient", "delivery", ["tenant", "recipient", "queued_at"])


def make_about() -> None:
    op.create_table(
        "about",
        *keys("entry_id", "delivery_id"),
        sa.Column("counterparty", sa.Text, nullable=False),
        sa.Column("queued_at", instant, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("waiting", sa.Boolean, nullable=False),
    )
    op.create_index(
        "about_waiting",
        "about",
        ["tenant", "counterparty", "entry_id", "queued_at", "sequence"],
        postgresql_where=sa.text("waiting"),
    )
    op.create_index("about_delivery", "about", ["tenant", "delivery_id"])
    op.execute(
        "INSERT INTO about SELECT tenant, unnest(entry_ids), delivery_id, counterparty, queued_at,"
        " sequence, channel = 'WEBHOOK' AND state = 'QUEUED' FROM delivery ON CONFLICT DO NOTHING"
    )


def make_attempts() -> None:
    op.create_table(
        "attempt",
        *keys("delivery_id"),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("counterparty", sa.Text, nullable=False),
        sa.Column("began_at", instant, nullable=False),
        sa.Column("ended_at", instant),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("accepted_by", sa.Text, nullable=False),
        sa.Column("response", sa.Text, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('ACCEPTED', 'REFUSED', 'UNREACHED', 'BOUNCED', 'UNKNOWN')",
            name="attempt_outcome",
        ),
    )


def widen_counterparties() -> None:
    op.add_column(
        "counterparty", sa.Column("strikes", sa.Integer, nullable=False, server_default="0")
    )
    op.alter_column("counterparty", "paused_until", nullable=True)
    op.execute(
        "INSERT INTO counterparty (tenant, name, failures)"
        " SELECT DISTINCT tenant, counterparty, 0 FROM delivery ON CONFLICT DO NOTHING"
    )
