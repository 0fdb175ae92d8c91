"""Instants that count, extensions, late entries, outages and checklists."""

revision = "intake_0005"
down_revision = "intake_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
