"""What an entry says of itself: revisions, versions, declarations, indexes, confirmations."""

revision = "intake_0003"
down_revision = "intake_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
