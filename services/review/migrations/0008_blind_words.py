"""Title and summary as judges of a blind round may read them."""

import sqlalchemy as sa
from alembic import op

revision = "review_0008"
down_revision = "review_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("blind_version", "blind_number"):
        op.add_column("entry", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    for name in ("blind_title", "blind_summary"):
        op.add_column("entry", sa.Column(name, sa.Text, nullable=False, server_default=""))
