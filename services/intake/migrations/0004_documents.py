"""Documents uploaded in parts, looked into, quarantined and shared."""

revision = "intake_0004"
down_revision = "intake_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
