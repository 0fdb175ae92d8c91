"""Which of the seated mark entries: they read no dossier, whatever else they are."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0002"
down_revision = "intake_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seat", sa.Column("marks", sa.Boolean, nullable=False, server_default="false"))
