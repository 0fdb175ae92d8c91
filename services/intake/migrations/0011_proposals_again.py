"""A contest may be proposed an extension again, after another outage."""

from alembic import op

revision = "intake_0011"
down_revision = "intake_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint("proposal_pkey", "proposal")
    op.create_primary_key("proposal_pkey", "proposal", ["tenant", "contest_id", "proposed_at"])
