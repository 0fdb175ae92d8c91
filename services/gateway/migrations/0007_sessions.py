"""Where and when somebody signed in, and wrong secrets by login and by address."""

import sqlalchemy as sa
from alembic import op

from kernel import schema

revision = "gateway_0007"
down_revision = "gateway_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "wrong_try",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", moment),
        sa.Column("good_at", moment),
    )
    schema.isolate(op, "wrong_try")
    now = sa.func.now()
    op.add_column("sign_in", sa.Column("began_at", moment, nullable=False, server_default=now))
    op.add_column("sign_in", sa.Column("seen_at", moment, nullable=False, server_default=now))
    for name in ("address", "browser"):
        op.add_column("sign_in", sa.Column(name, sa.Text, nullable=False, server_default=""))
    way = sa.Column("way", sa.Text, nullable=False, server_default="password")
    op.add_column("sign_in", way)
    op.add_column("sign_in", sa.Column("waits_for", sa.Text))
    op.add_column("sign_in", sa.Column("hint", sa.Text))
    op.add_column("sign_in", sa.Column("seen_as", sa.Text))
    op.create_index("sign_in_account", "sign_in", ["tenant", "account_id"])
