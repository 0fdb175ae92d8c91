"""A key of each person's own, sealed under their password and under each sign-in's token."""

import sqlalchemy as sa
from alembic import op

from kernel import schema

revision = "gateway_0004"
down_revision = "gateway_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_box",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("under_password", sa.LargeBinary, nullable=False),
    )
    schema.isolate(op, "own_box")
    op.add_column("sign_in", sa.Column("box", sa.LargeBinary))
