"""Deliveries are counted as they change, not anew each time somebody looks."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "notify_0006"
down_revision = "notify_0005"
branch_labels = None
depends_on = None

NOTE = """
CREATE FUNCTION tally_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO delivery_tally (tenant, channel, state, change)
      SELECT tenant, channel, state, count(*) FROM come GROUP BY 1, 2, 3;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO delivery_tally (tenant, channel, state, change)
      SELECT tenant, channel, state, -count(*) FROM gone GROUP BY 1, 2, 3;
  ELSE
    INSERT INTO delivery_tally (tenant, channel, state, change)
      SELECT tenant, channel, state, sum(change) FROM (
        SELECT tenant, channel, state, 1 AS change FROM come
        UNION ALL SELECT tenant, channel, state, -1 FROM gone
      ) moved GROUP BY 1, 2, 3 HAVING sum(change) <> 0;
  END IF;
  RETURN NULL;
END $$
"""
TRIGGERS = {
    "INSERT": "REFERENCING NEW TABLE AS come",
    "UPDATE": "REFERENCING OLD TABLE AS gone NEW TABLE AS come",
    "DELETE": "REFERENCING OLD TABLE AS gone",
}


def upgrade() -> None:
    op.create_table(
        "delivery_tally",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
    )
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute(
        "INSERT INTO delivery_tally (tenant, channel, state, change)"
        " SELECT tenant, channel, state, count(*) FROM delivery GROUP BY 1, 2, 3"
    )
    op.execute("SELECT set_config('app.tenant', '', true)")
    isolate(op, "delivery_tally")
    op.execute(NOTE)
    for change, tables in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER tally_{change.lower()} AFTER {change} ON delivery {tables}"
            " FOR EACH STATEMENT EXECUTE FUNCTION tally_deliveries()"
        )
