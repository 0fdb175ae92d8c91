"""The chain's links and heads, and a lock on what is written."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "ledger_0001"
down_revision = None
branch_labels = ("ledger",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("body_digest", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.UniqueConstraint("tenant", "event_id"),
    )
    op.create_table(
        "head",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("chain", sa.Text, primary_key=True),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    isolate(op, "line", "head")
    # Holds for the owner too: whoever would rewrite history has to remove this first.
    op.execute(
        """
        CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'The ledger is only ever added to; % of "line" is refused.', TG_OP
                USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER no_rewriting BEFORE UPDATE OR DELETE ON line "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )
    op.execute(
        "CREATE TRIGGER no_emptying BEFORE TRUNCATE ON line "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
    )
