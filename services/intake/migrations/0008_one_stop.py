"""Counterparties of the one-stop shop and what was said to them."""

revision = "intake_0008"
down_revision = "intake_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
