"""The whole rules that a round opened under; of older rounds nobody kept them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "review_0010"
down_revision = "review_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("contest_rules", JSONB))
