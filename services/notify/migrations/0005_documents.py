"""Numbers of the documents that notices go out as over the exchange axis."""

import sqlalchemy as sa
from alembic import op

from kernel.schema import isolate

revision = "notify_0005"
down_revision = "notify_0004"
branch_labels = None
depends_on = None


def keys(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", *names)]


def upgrade() -> None:
    op.create_table(
        "document_series",
        *keys("notation"),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_table(
        "document",
        *keys("delivery_id"),
        sa.Column("notation", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("dated", sa.Date, nullable=False),
    )
    isolate(op, "document_series", "document")
