"""Successions of agencies, their codes and nil returns."""

revision = "intake_0006"
down_revision = "intake_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
