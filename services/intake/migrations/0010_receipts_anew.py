"""A version has another receipt once a late entry is admitted."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0010"
down_revision = "intake_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    issue = sa.Column("issue", sa.Integer, nullable=False, server_default="1")
    op.add_column("issued_receipt", issue)
    op.drop_constraint("issued_receipt_pkey", "issued_receipt")
    key = ["tenant", "entry_id", "version", "issue"]
    op.create_primary_key("issued_receipt_pkey", "issued_receipt", key)
