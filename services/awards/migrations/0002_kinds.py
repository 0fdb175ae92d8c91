"""The kind of an entry, which decides its class."""

import sqlalchemy as sa
from alembic import op

revision = "awards_0002"
down_revision = "awards_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("kind", sa.String))
