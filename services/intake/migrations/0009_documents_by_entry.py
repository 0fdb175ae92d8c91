"""The documents of an entry are found without looking at those of all others."""

from alembic import op

revision = "intake_0009"
down_revision = "intake_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("document_by_entry", "document", ["tenant", "entry_id"])
